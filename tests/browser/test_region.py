"""A region of the visible tab: drawn over the page, taken at the screen's own pixels."""

from __future__ import annotations

import io
from collections.abc import Iterator

import numpy as np
import pytest
from clicks import collected
from mouse import Mouse
from offcut_browser import OffcutBrowser
from page_panels import panels
from PIL import Image
from popup_page import popups
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from site_proxy import Site
from waiting import until

ADDRESS = "http://shown.test/"
BOXES = (
    '<body style="margin:0;background:#0a0">'
    '<div id="box" style="position:absolute;left:100px;top:100px;width:200px;height:120px;'
    'background:#c00"></div>'
)


@pytest.fixture
def drawing(screen_browser: OffcutBrowser, mouse: Mouse, site: Site) -> Iterator[OffcutBrowser]:
    """The page with the question over it, asked by the real popup."""
    browser, devtools = screen_browser, screen_browser.devtools
    browser.open(site.page(ADDRESS, BOXES))
    mouse.click(browser, "#box")
    mouse.press("alt+shift+u")  # as a click on the toolbar icon, this gives the right to the tab
    popup = until(lambda: popups(browser), "the popup")[0]
    ready = "document.documentElement?.dataset.state === 'ready'"
    until(lambda: devtools.evaluate(popup, ready), "the popup's actions")
    devtools.evaluate(popup, "document.getElementById('region').click()")
    until(lambda: panels(browser) == 1, "the frame over the page")
    yield browser
    browser.close_results()


def drag(browser: OffcutBrowser, *places: tuple[float, float]) -> None:
    """Press at the first place of the window, move, and let go at the last."""
    kinds = ["mousePressed", *["mouseMoved"] * (len(places) - 1), "mouseReleased"]
    for kind, (x, y) in zip(kinds, [*places, places[-1]], strict=True):
        event = {"type": kind, "x": x, "y": y, "button": "left", "buttons": 1, "clickCount": 1}
        browser.driver.execute_cdp_cmd("Input.dispatchMouseEvent", event)


def taken(browser: OffcutBrowser, before: list[str]) -> np.ndarray:
    """RGB of what the job of the new page was given."""
    browser.new_results(before)
    with Image.open(io.BytesIO(collected(browser).data)) as picture:
        return np.asarray(picture.convert("RGB"))


def test_what_the_person_draws_is_taken_and_nothing_of_ours(drawing: OffcutBrowser) -> None:
    before = drawing.result_tabs()
    scale = drawing.driver.execute_script("return devicePixelRatio")
    drag(drawing, (300, 220), (200, 150), (80, 90))  # from the right below to the left above
    pixels = taken(drawing, before)
    assert pixels.shape[:2] == (130 * scale, 220 * scale)
    expected = np.full_like(pixels, (0, 0xAA, 0))
    expected[round(10 * scale) :, round(20 * scale) :] = (0xCC, 0, 0)
    assert np.array_equal(pixels, expected)
    drawing.driver.switch_to.window(drawing.home)
    assert panels(drawing) == 0


def test_the_keyboard_moves_the_frame_and_takes_it(drawing: OffcutBrowser) -> None:
    before = drawing.result_tabs()
    drawing.driver.switch_to.window(drawing.home)
    width, height = drawing.driver.execute_script("return [innerWidth, innerHeight]")
    keys = ActionChains(drawing.driver).send_keys(Keys.ARROW_RIGHT, Keys.ARROW_DOWN)
    keys.key_down(Keys.SHIFT).send_keys(Keys.ARROW_LEFT).key_up(Keys.SHIFT)
    keys.send_keys(Keys.ENTER).perform()
    pixels = taken(drawing, before)
    assert abs(pixels.shape[1] - (width / 2 - 10)) <= 1
    assert abs(pixels.shape[0] - height / 2) <= 1


def test_escape_or_a_slip_of_the_hand_takes_nothing(drawing: OffcutBrowser) -> None:
    drag(drawing, (150, 150), (152, 151))
    assert panels(drawing) == 1, "too small to be meant"
    ActionChains(drawing.driver).send_keys(Keys.ESCAPE).perform()
    until(lambda: panels(drawing) == 0, "the frame to go")
    assert not drawing.result_tabs()
