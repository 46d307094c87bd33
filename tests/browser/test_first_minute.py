"""The first minute of a new user: the package is installed, its start page opens and is of use."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from dev.packaging.package import make_extension
from dev.packaging.source_state import read_state
from dev.terminal import SetupError
from launch import open_browser, run_browser
from mouse import Mouse
from native import native_cutout
from offcut_browser import OffcutBrowser
from PIL import Image
from right_clicks import await_menu
from site_proxy import Site
from waiting import until

WELCOME = "/welcome/welcome.html"
FOLDER = Path(__file__).parents[2] / "extension" / "welcome"
HOME = "https://forge.test/somebody/offcut"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is in the package for Chrome, unpacked: no more and no less."""
    try:
        made = make_extension(read_state(), "chrome", None)
    except SetupError as error:
        pytest.skip(str(error))
    (packed,) = (content for name, content in made.items() if name.endswith(".zip"))
    folder = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        archive.extractall(folder)
    return folder


@pytest.fixture(scope="module")
def newcomer(
    installed: Path, site: Site, display: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OffcutBrowser]:
    """A visible browser with a new profile, in which the package has just been installed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DISPLAY", display)
        folder = tmp_path_factory.mktemp("newcomer")
        with contextmanager(run_browser)(installed, site, folder, headless=False) as browser:
            await_menu(browser)
            look_at_welcome(browser)
            yield browser


def welcome_tabs(browser: OffcutBrowser) -> list[str]:
    """Window handles of the start pages that are open."""
    return [
        page["targetId"]
        for page in browser.devtools.targets("page")
        if page["url"].startswith(browser.origin + WELCOME)
    ]


def look_at_welcome(browser: OffcutBrowser) -> None:
    """Wait for the start page, and look at it."""
    (tab,) = until(lambda: welcome_tabs(browser), "the start page")
    until(lambda: tab in browser.driver.window_handles, "the driver to know it")
    browser.driver.switch_to.window(tab)
    browser.wait_state("ready")


def open_welcome(browser: OffcutBrowser) -> None:
    browser.open(WELCOME)
    browser.wait_state("ready")


def test_the_start_page_opens_and_tries_itself_in_one_click(
    newcomer: OffcutBrowser, mouse: Mouse
) -> None:
    look_at_welcome(newcomer)
    before = newcomer.result_tabs()
    mouse.click(newcomer, "#try-button")
    newcomer.new_results(before)
    assert newcomer.wait_over() == "done"
    assert newcomer.download().name == "Coffee cup-cutout.png"
    newcomer.close_results()


def test_the_cup_is_there_to_be_right_clicked(newcomer: OffcutBrowser, mouse: Mouse) -> None:
    look_at_welcome(newcomer)
    before = newcomer.result_tabs()
    mouse.open_menu(newcomer, "#sample")
    mouse.press("Up", "Up", "Return")
    newcomer.new_results(before)
    assert newcomer.wait_over() == "done"
    assert newcomer.download().name == "coffee-cutout.png"
    newcomer.close_results()


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
        assert browser.driver.current_url == browser.origin + address
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
