"""Results that take no focus: in tabs behind the page, and in the browser's side panel."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from mouse import Mouse
from offcut_browser import OffcutBrowser
from picture_pages import PAGE
from right_clicks import HAS_ENTRY, press_in_menu, show
from selenium.webdriver.support.select import Select
from site_proxy import Answer, Site
from waiting import until

PANEL = "/popup/popup.html?panel"
DONE = """[...document.querySelectorAll('.job[data-state=done]')]
    .filter((row) => row.textContent.includes('aside')).length"""


@pytest.fixture(autouse=True)
def _no_tabs_left(screen_browser: OffcutBrowser) -> Iterator[None]:
    yield
    screen_browser.close_results()


def choose_action(browser: OffcutBrowser, mouse: Mouse, action: str) -> None:
    """Choose in the settings what a click does: by hand, since a right may be asked for."""
    browser.open_settings()
    values = [
        option.get_attribute("value") for option in Select(browser.element("click-action")).options
    ]
    before = mouse.windows()
    mouse.click(browser, "#click-action")
    until(lambda: mouse.windows() - before, "the list of the settings")
    mouse.press("Home", *["Down"] * values.index(action), "Return")
    until(
        lambda: browser.driver.execute_async_script(HAS_ENTRY, f"{action} need"),
        "the entry in the menu",
    )


def show_picture(browser: OffcutBrowser, site: Site, photo: Path, name: str) -> None:
    url = site.put(f"{PAGE}{name}.jpg", Answer(photo.read_bytes(), "image/jpeg"))
    show(browser, site, f'<img src="{url}">')


def is_in_front(browser: OffcutBrowser) -> bool:
    """Whether the page of the first tab is what the person sees."""
    browser.driver.switch_to.window(browser.home)
    return bool(browser.driver.execute_script("return document.visibilityState === 'visible'"))


def test_three_clicks_in_a_row_open_three_tabs_behind_the_page(
    screen_browser: OffcutBrowser, mouse: Mouse, site: Site, photos: dict[str, Path]
) -> None:
    browser = screen_browser
    choose_action(browser, mouse, "background")
    show_picture(browser, site, photos["small"], "behind")
    for count in (1, 2, 3):
        mouse.open_menu(browser, "img")
        press_in_menu(browser, mouse, "Return")
        until(lambda count=count: len(browser.result_tabs()) == count, f"{count} tabs behind")
        assert is_in_front(browser)
    for tab in browser.result_tabs():
        browser.driver.switch_to.window(tab)
        assert browser.wait_over() == "done"


def test_results_gather_in_the_side_panel(
    screen_browser: OffcutBrowser, mouse: Mouse, site: Site, photos: dict[str, Path]
) -> None:
    browser, devtools = screen_browser, screen_browser.devtools
    choose_action(browser, mouse, "panel")
    show_picture(browser, site, photos["small"], "aside")

    def panels() -> list[str]:
        address = f"{browser.origin}{PANEL}"
        kinds = ("page", "other", "webview")
        found = [target for kind in kinds for target in devtools.targets(kind)]
        return [str(target["targetId"]) for target in found if target["url"] == address]

    for count in (1, 2):
        mouse.open_menu(browser, "img")
        press_in_menu(browser, mouse, "Return")
        panel = until(panels, "the side panel")[0]
        until(
            lambda count=count, panel=panel: devtools.evaluate(panel, DONE) == count,
            f"{count} results in the panel",
        )
        assert is_in_front(browser)
        assert browser.result_tabs() == []
    hidden = "document.getElementById('capture').hidden && document.getElementById('gather').hidden"
    assert devtools.evaluate(panels()[0], hidden), "no click gave the right to the page"
