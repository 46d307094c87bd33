"""The first minute of a new user: the package is installed, its start page opens and is of use."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from launch import open_browser
from native import native_cutout
from offcut_browser import OffcutBrowser
from PIL import Image
from site_proxy import Site
from start_page import WELCOME, open_welcome, welcome_tabs
from waiting import until

FOLDER = Path(__file__).parents[2] / "extension" / "welcome"
HOME = "https://forge.test/somebody/offcut"


def test_a_driven_browser_is_spared_it(browser: OffcutBrowser) -> None:
    browser.open_popup()
    assert welcome_tabs(browser) == []


def test_it_names_the_shortcuts_that_are_set(browser: OffcutBrowser) -> None:
    open_welcome(browser)
    assert "Alt+Shift+O" in browser.text("shortcut-way")
    assert "Alt+Shift+U" in browser.text("popup-way")
    # The icon of this browser is pinned already.
    assert not browser.element("pin").is_displayed()


def test_the_popup_tells_of_the_right_click_until_a_cutout_was_made(
    extension: Path, site: Site, photos: dict[str, Path], tmp_path: Path
) -> None:
    with open_browser(extension, site, tmp_path) as browser:
        browser.open_popup()
        assert "right-click" in browser.text("click-hint")
        assert browser.cut_out(photos["small"]) == "done"
        browser.open_popup()
        assert not browser.element("click-hint").is_displayed()


@pytest.mark.parametrize("page", ["/popup/popup.html", "/options/options.html"])
def test_it_is_reached_later_as_well(browser: OffcutBrowser, page: str) -> None:
    browser.open(page)
    browser.wait_state("ready")
    link = browser.driver.find_element("css selector", 'a[href$="welcome.html"]')
    assert link.is_displayed()
    assert link.text == "First steps"


def test_about_says_what_this_is_and_leads_to_its_licences(
    extension: Path, browser: OffcutBrowser
) -> None:
    browser.open(f"{WELCOME}#about")
    browser.wait_state("ready")
    version = json.loads((extension / "manifest.json").read_text(encoding="utf-8"))["version"]
    assert browser.text("version") == f"Version {version}"
    assert browser.driver.switch_to.active_element.get_attribute("id") == "about-title"
    assert not browser.element("report").is_displayed()
    for address in ("/vendor/NOTICES.txt", "/LICENSE.txt"):
        open_welcome(browser)
        browser.driver.find_element("css selector", f'a[href="..{address}"]').click()
        wanted = browser.origin + address
        until(lambda wanted=wanted: browser.driver.current_url == wanted, "its page")
        assert "Licen" in browser.driver.find_element("tag name", "body").text


def test_whoever_packs_it_says_where_faults_are_reported(
    extension: Path, site: Site, tmp_path: Path
) -> None:
    copy = tmp_path / "extension"
    shutil.copytree(extension, copy)
    manifest = json.loads((copy / "manifest.json").read_text(encoding="utf-8"))
    (copy / "manifest.json").write_text(json.dumps({**manifest, "homepage_url": HOME}))
    with open_browser(copy, site, tmp_path) as browser:
        open_welcome(browser)
        link = browser.element("report").find_element("tag name", "a")
        assert (link.get_attribute("href"), link.text) == (HOME, HOME)


def test_the_drawings_are_what_offcut_makes() -> None:
    ours = native_cutout((FOLDER / "coffee.jpg").read_bytes())
    with Image.open(FOLDER / "coffee-cutout.webp") as shown:
        difference = np.asarray(shown.convert("RGBA")).astype(int)[..., 3]
    difference -= np.asarray(ours)[..., 3]
    assert (np.abs(difference) <= 2).mean() > 0.999
