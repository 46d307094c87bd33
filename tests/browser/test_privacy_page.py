"""The privacy policy: its page, its contact, and that it is kept without a connection."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from launch import open_browser
from offcut_browser import OffcutBrowser
from selenium.webdriver.common.by import By
from site_proxy import Site
from waiting import until

POLICY = "/privacy/privacy.html"
HOME = "https://forge.test/somebody/offcut"


def open_policy(browser: OffcutBrowser) -> None:
    browser.open(POLICY)
    browser.wait_state("ready")


def link(browser: OffcutBrowser) -> str:
    """Where the page's link to the policy leads; it is shown."""
    found = browser.driver.find_element(By.CSS_SELECTOR, 'a[href$="privacy.html"]')
    until(found.is_displayed, "the link to the policy")
    return str(found.get_attribute("href")).removeprefix(browser.origin)


def test_it_is_reached_from_where_pictures_and_settings_are(
    browser: OffcutBrowser, photos: dict[str, Path]
) -> None:
    browser.open_popup()
    assert link(browser) == POLICY
    browser.open_settings()
    assert link(browser) == POLICY
    assert browser.cut_out(photos["small"]) == "done"
    assert link(browser) == POLICY
    open_policy(browser)
    addresses = [
        str(each.get_attribute("href")).removeprefix(browser.origin)
        for each in browser.driver.find_elements(By.TAG_NAME, "a")
    ]
    assert {"/privacy/requests.html", "/options/options.html#kept"} <= set(addresses)


def test_it_is_dated_and_has_no_contact_that_does_not_exist(browser: OffcutBrowser) -> None:
    open_policy(browser)
    assert browser.text("dated").startswith("Last changed on ")
    assert not browser.element("contact").is_displayed()


def test_whoever_packs_it_sets_the_contact_in_one_place(
    extension: Path, site: Site, tmp_path: Path
) -> None:
    copy = tmp_path / "extension"
    shutil.copytree(extension, copy)
    manifest = json.loads((copy / "manifest.json").read_text(encoding="utf-8"))
    (copy / "manifest.json").write_text(json.dumps({**manifest, "homepage_url": HOME}))
    with open_browser(copy, site, tmp_path) as browser:
        open_policy(browser)
        assert browser.text("contact-address") == HOME
        assert site.asked() == []


class Unplugged:
    """A network of which nothing is there: nobody listens at its proxy."""

    address = "127.0.0.1:9"


def test_it_works_without_a_connection(
    extension: Path, photos: dict[str, Path], tmp_path: Path
) -> None:
    with open_browser(extension, Unplugged(), tmp_path) as browser:
        assert browser.cut_out(photos["small"]) == "done"
