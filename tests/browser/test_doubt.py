"""A cut-out that may be the wrong thing is told to be one, with ways on from there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from clouds import save_clouds
from editor_page import EditorPage
from offcut_browser import OffcutBrowser
from selenium.webdriver.common.by import By
from waiting import until
from workbench_page import choose, open_workbench

pytestmark = pytest.mark.weights


@pytest.fixture
def clouds(tmp_path: Path) -> Path:
    """A picture whose cut-out is unsure, in either quality."""
    return save_clouds(tmp_path / "clouds.png")


def ways(browser: OffcutBrowser) -> list[str]:
    """Ids of the buttons that a person sees beside "not sure"."""
    buttons = browser.driver.find_elements(By.CSS_SELECTOR, "#doubt button")
    return [str(each.get_attribute("id")) for each in buttons if each.is_displayed()]


def photograph(browser: OffcutBrowser, name: str) -> None:
    """Keep what is seen where somebody wants to look at it."""
    if folder := os.environ.get("OFFCUT_PHOTOGRAPHS"):
        browser.driver.save_screenshot(f"{folder}/{name}.png")


def test_an_unsure_cutout_offers_the_better_look_then_a_model_and_always_the_brush(
    browser: OffcutBrowser, clouds: Path
) -> None:
    assert browser.cut_out(clouds) == "done"
    editor = EditorPage(browser)
    until(lambda: browser.element("doubt").is_displayed(), "the doubt")
    assert "Not sure about this one." in browser.text("doubt")
    assert "UNSURE" not in browser.text("notices")
    assert ways(browser) == ["doubt-tap", "doubt-brush", "doubt-best", "doubt-close"]
    photograph(browser, "doubt-fast")
    browser.click("doubt-best")
    assert browser.element("quality-best").is_selected()
    until(lambda: "doubt-models" in ways(browser), "the doubt about the better look")
    assert ways(browser) == ["doubt-tap", "doubt-brush", "doubt-models", "doubt-close"]
    photograph(browser, "doubt-best")
    browser.click("doubt-brush")
    assert browser.element("tool-keep").is_selected()
    assert not browser.element("doubt").is_displayed()
    editor.drag((0.4, 0.5), (0.6, 0.5))
    editor.wait_shown()
    file_is_ready = "return document.getElementById('file-bar').dataset.file === 'ready'"
    until(lambda: browser.driver.execute_script(file_is_ready), "the file")
    assert not browser.element("doubt").is_displayed(), "what a person has corrected is right"


def test_a_doubt_that_was_closed_stays_closed(browser: OffcutBrowser, clouds: Path) -> None:
    assert browser.cut_out(clouds) == "done"
    editor = EditorPage(browser)
    until(lambda: browser.element("doubt").is_displayed(), "the doubt")
    browser.click("doubt-close")
    editor.set("is-hard")
    editor.wait_shown()
    file_is_ready = "return document.getElementById('file-bar').dataset.file === 'ready'"
    until(lambda: browser.driver.execute_script(file_is_ready), "the file")
    assert not browser.element("doubt").is_displayed()


def test_a_clear_portrait_raises_no_doubt(browser: OffcutBrowser, photos: dict[str, Path]) -> None:
    assert browser.cut_out(photos["small"]) == "done"
    EditorPage(browser)
    assert not browser.element("doubt").is_displayed()


@pytest.mark.usefixtures("empty_workbench")
def test_rows_of_the_workbench_tell_which_results_are_unsure(
    browser: OffcutBrowser, clouds: Path, photos: dict[str, Path]
) -> None:
    open_workbench(browser)
    choose(browser, clouds, photos["small"])
    browser.wait_state("done")
    rows = [row.text for row in browser.driver.find_elements(By.CSS_SELECTOR, ".item .what")]
    assert ["not sure" in row for row in rows] == [True, False]
    photograph(browser, "doubt-rows")


def test_a_doubt_leads_to_the_tap(browser: OffcutBrowser, clouds: Path) -> None:
    assert browser.cut_out(clouds) == "done"
    until(lambda: browser.element("doubt").is_displayed(), "the doubt")
    browser.click("doubt-tap")
    assert browser.element("tool-tap").is_selected()
    assert not browser.element("doubt").is_displayed()


PLACES = """const box = (id) => document.getElementById(id).getBoundingClientRect().toJSON();
    const buttons = [...document.querySelectorAll('#doubt button')]
        .filter((each) => each.checkVisibility());
    return { doubt: box('doubt'), stage: box('stage'),
        rows: new Set(buttons.map((each) => each.getBoundingClientRect().bottom)).size };"""


def await_layout(browser: OffcutBrowser, height: int) -> None:
    """Wait until the page has the size of its window, and nothing in it moves any more."""
    is_sized = f"return outerHeight === {height}"
    until(lambda: browser.driver.execute_script(is_sized), "the size of the window")
    seen: list[object] = []

    def is_still() -> bool:
        browser.driver.execute_script("return new Promise(requestAnimationFrame)")
        seen.append(browser.driver.execute_script(PLACES))
        return len(seen) > 2 and seen[-1] == seen[-2] == seen[-3]

    until(is_still, "a page that is still")


def test_a_doubt_covers_nothing_goes_with_the_first_touch_and_moves_nothing(
    browser: OffcutBrowser, clouds: Path
) -> None:
    assert browser.cut_out(clouds) == "done"
    until(lambda: browser.element("doubt").is_displayed(), "the doubt")
    browser.driver.set_window_size(1200, 800)
    await_layout(browser, 800)
    before = browser.driver.execute_script(PLACES)
    photograph(browser, "doubt-row")
    assert before["doubt"]["bottom"] <= before["stage"]["top"], "it lies beside the picture"
    assert before["doubt"]["height"] < 56, "in one row"
    editor = EditorPage(browser)
    editor.take("tap")
    x, y = editor.middle()
    press = {"type": "mousePressed", "x": x, "y": y, "button": "left", "clickCount": 1}
    browser.driver.execute_cdp_cmd("Input.dispatchMouseEvent", press)
    # At once: what the engine makes of the tap is still to come.
    assert not browser.element("doubt").is_displayed()
    browser.driver.execute_cdp_cmd("Input.dispatchMouseEvent", press | {"type": "mouseReleased"})
    assert browser.driver.execute_script(PLACES)["stage"] == before["stage"]
    photograph(browser, "doubt-gone")


def test_a_doubt_goes_with_the_first_edit_of_any_kind_and_stays_away(
    browser: OffcutBrowser, clouds: Path
) -> None:
    assert browser.cut_out(clouds) == "done"
    until(lambda: browser.element("doubt").is_displayed(), "the doubt")
    editor = EditorPage(browser)
    editor.set("background-color")
    assert not browser.element("doubt").is_displayed()
    file_is_ready = "return document.getElementById('file-bar').dataset.file === 'ready'"
    until(lambda: browser.driver.execute_script(file_is_ready), "the file")
    assert not browser.element("doubt").is_displayed()
