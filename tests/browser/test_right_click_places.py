"""Real right-clicks where pages put their pictures: in dialogues, in fullscreen, in sandboxes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from clicks import collected, stop_worker
from mouse import Mouse
from offcut_browser import OffcutBrowser
from page_panels import panels, place_of, said
from right_clicks import PAGE, press_in_menu, setting
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from site_proxy import Answer, Site
from waiting import until

PHOTO = f"{PAGE}photo.jpg"
REPLACE = ("Right", "Down", "Down", "Down", "Return")
SHOWN = "return document.getElementById('target').currentSrc"


@pytest.fixture(autouse=True)
def _no_tabs_left(screen_browser: OffcutBrowser) -> Iterator[None]:
    yield
    screen_browser.close_results()


@pytest.fixture(scope="module")
def photo(site: Site, photos: dict[str, Path]) -> bytes:
    """Serve a real photo, in which there is a subject."""
    body = photos["small"].read_bytes()
    site.put(PHOTO, Answer(body, "image/jpeg"))
    return body


def open_page(browser: OffcutBrowser, site: Site, html: str, opening: str = "") -> None:
    """Show a page, and open what is to be opened in it as if a person had."""
    ready = "<script>onload = () => { document.title = 'ready'; }</script>"
    site.page(PAGE, html + ready)
    browser.open(PAGE)
    until(lambda: browser.driver.title == "ready", "the page")
    how = {"expression": opening, "userGesture": True, "awaitPromise": True}
    browser.driver.execute_cdp_cmd("Runtime.evaluate", how)


IMG = '<img id="target" src="/photo.jpg" width=300 height=300>'
PLACES = {
    "a modal dialogue": (f"<dialog id=a>{IMG}</dialog>", "a.showModal()"),
    "fullscreen": (f"<div id=a>{IMG}</div>", "a.requestFullscreen()"),
    "a popover": (f"<div popover id=a>{IMG}</div>", "a.showPopover()"),
}


@pytest.mark.usefixtures("photo")
@pytest.mark.parametrize("place", PLACES)
def test_a_real_click_on_undo_puts_the_picture_back_in(
    screen_browser: OffcutBrowser, mouse: Mouse, site: Site, place: str
) -> None:
    driver = screen_browser.driver
    with setting(screen_browser, "submenu"):
        open_page(screen_browser, site, *PLACES[place])
        mouse.open_menu(screen_browser, "#target")
        press_in_menu(screen_browser, mouse, *REPLACE)
        until(lambda: driver.execute_script(SHOWN).startswith("blob:"), "the cut-out")
        until(lambda: "Undo" in said(screen_browser), "the panel")
        mouse.click_at(screen_browser, *place_of(screen_browser, "Undo"))
        until(lambda: driver.execute_script(SHOWN) == PHOTO, "the former picture")
        until(lambda: panels(screen_browser) == 0, "the panel to go")
        driver.execute_script("if (document.fullscreenElement) return document.exitFullscreen()")


SIZE = 'width="200" height="200"'
FRAMES = {
    "a sandbox": f'<iframe id="f" sandbox {SIZE} srcdoc="<img src=/photo.jpg width=160>"></iframe>',
    "a sandbox with scripts": f'<iframe id="f" sandbox="allow-scripts" {SIZE} '
    'srcdoc="<img src=/photo.jpg width=160 height=160>"></iframe>',
    "a sandbox of an address": f'<iframe id="f" sandbox {SIZE} src="/inner.html"></iframe>',
    "a data: frame": f'<iframe id="f" {SIZE} '
    f'src="data:text/html,<img src={PHOTO} width=160 height=160>"></iframe>',
    "a frame that a script has written": f'<iframe id="f" {SIZE}></iframe><script>'
    "f.contentDocument.body.innerHTML = '<img src=/photo.jpg width=160 height=160>'</script>",
    "a frame of another site": f'<iframe id="f" {SIZE} src="http://other.test/"></iframe>',
}


@pytest.mark.parametrize("frame", FRAMES)
def test_a_picture_is_had_without_any_question_in(
    screen_browser: OffcutBrowser, mouse: Mouse, site: Site, photo: bytes, frame: str
) -> None:
    site.page(f"{PAGE}inner.html", '<img src="/photo.jpg" width=160 height=160>')
    site.page("http://other.test/", f'<img src="{PHOTO}" width=160 height=160>')
    open_page(screen_browser, site, FRAMES[frame])
    before = screen_browser.result_tabs()
    mouse.open_menu(screen_browser, "#f")
    press_in_menu(screen_browser, mouse, "Return")
    screen_browser.new_results(before)
    got = collected(screen_browser)
    assert got.failure is None
    assert got.data == photo


def submenu_height(browser: OffcutBrowser, mouse: Mouse, selector: str) -> int:
    """Open our submenu on a picture, measure it, and close it again."""
    before = mouse.windows()
    mouse.open_menu(browser, selector)
    menu = mouse.windows()
    press_in_menu(browser, mouse, "Right")
    opened = until(lambda: mouse.windows() - menu, "the submenu")
    heights = mouse.heights(opened)
    mouse.press("Escape", "Escape", "Escape")
    until(lambda: mouse.windows() <= before, "the menus to close")
    return heights[0]


@pytest.mark.usefixtures("photo")
def test_putting_back_is_offered_where_a_picture_was_replaced_and_nowhere_else(
    screen_browser: OffcutBrowser, mouse: Mouse, site: Site
) -> None:
    driver = screen_browser.driver
    with setting(screen_browser, "submenu"):
        open_page(screen_browser, site, IMG)
        without = submenu_height(screen_browser, mouse, "#target")
        mouse.open_menu(screen_browser, "#target")
        press_in_menu(screen_browser, mouse, *REPLACE)
        until(lambda: "Undo" in said(screen_browser), "the panel")
        measure = lambda: submenu_height(screen_browser, mouse, "#target")  # noqa: E731
        until(lambda: measure() > without, "the further entry")
        # It outlives the service worker, and is put to use from the menu.
        stop_worker(screen_browser)
        assert measure() > without
        mouse.open_menu(screen_browser, "#target")
        press_in_menu(screen_browser, mouse, "Right", "Up", "Return")
        until(lambda: driver.execute_script(SHOWN) == PHOTO, "the former picture")
        until(lambda: measure() == without, "the entry to go")


@pytest.mark.usefixtures("photo")
def test_putting_back_is_offered_no_more_on_a_page_that_was_loaded_anew(
    screen_browser: OffcutBrowser, mouse: Mouse, site: Site
) -> None:
    with setting(screen_browser, "submenu"):
        open_page(screen_browser, site, IMG)
        without = submenu_height(screen_browser, mouse, "#target")
        mouse.open_menu(screen_browser, "#target")
        press_in_menu(screen_browser, mouse, *REPLACE)
        until(lambda: "Undo" in said(screen_browser), "the panel")
        measure = lambda: submenu_height(screen_browser, mouse, "#target")  # noqa: E731
        until(lambda: measure() > without, "the further entry")
        stop_worker(screen_browser)
        screen_browser.driver.refresh()
        until(lambda: measure() == without, "the entry to go")
        ActionChains(screen_browser.driver).send_keys(Keys.ESCAPE).perform()
