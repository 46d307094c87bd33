"""Pictures that are pasted or dropped into the page of another picture."""

from __future__ import annotations

import base64
import os
from pathlib import Path

from editor_page import EditorPage
from mouse import Mouse
from offcut_browser import OffcutBrowser
from pasting import PASTE
from popup_page import SEND_FILE
from right_clicks import ALLOW, press_in_prompt
from selenium.webdriver import ActionChains
from site_proxy import Answer, Site
from waiting import until

OWN_TAB = "The new picture has a tab of its own."


def photograph(browser: OffcutBrowser, name: str) -> None:
    """Keep what is seen where somebody wants to look at it."""
    if folder := os.environ.get("OFFCUT_PHOTOGRAPHS"):
        browser.driver.save_screenshot(f"{folder}/{name}.png")


def drag(browser: OffcutBrowser, kind: str, place: tuple[float, float], picture: Path) -> None:
    """Have a file dragged into the page by the browser itself; the place is in shares of it."""
    width, height = browser.driver.execute_script("return [innerWidth, innerHeight]")
    data = {"items": [], "files": [str(picture)], "dragOperationsMask": 1}
    where = {"x": place[0] * width, "y": place[1] * height, "data": data}
    browser.driver.execute_cdp_cmd("Input.dispatchDragEvent", {"type": kind, **where})


def drop(browser: OffcutBrowser, place: tuple[float, float], picture: Path, photo: str) -> None:
    for kind in ("dragEnter", "dragOver"):
        drag(browser, kind, place, picture)
    until(lambda: browser.element("drop-places").is_displayed(), "the places to drop it")
    photograph(browser, photo)
    drag(browser, "dragOver", place, picture)  # over the place now, as the browser repeats it
    drag(browser, "drop", place, picture)
    until(lambda: not browser.element("drop-places").is_displayed(), "the places to go")


def test_a_picture_dropped_on_the_editor_is_asked_what_it_shall_be(
    editor: EditorPage, photos: dict[str, Path]
) -> None:
    browser = editor.browser
    former = browser.driver.current_window_handle
    before = browser.result_tabs()
    drop(browser, (0.25, 0.5), photos["small"], "drop-places")
    browser.new_results(before)
    assert browser.wait_over() == "done"
    browser.driver.switch_to.window(former)
    assert editor.asked()["options"]["background"] == "transparent"
    until(lambda: browser.text("said") == OWN_TAB, "what has become of it")
    photograph(browser, "own-tab")
    drop(browser, (0.75, 0.5), photos["small"], "drop-places-again")
    until(lambda: editor.asked()["options"]["background"] == "picture", "the background")
    assert len(browser.result_tabs()) == len(before) + 1


def test_a_file_that_only_passes_over_the_page_leaves_nothing(
    editor: EditorPage, photos: dict[str, Path]
) -> None:
    browser = editor.browser
    drag(browser, "dragEnter", (0.5, 0.5), photos["small"])
    drag(browser, "dragOver", (0.5, 0.5), photos["small"])
    until(lambda: browser.element("drop-places").is_displayed(), "the places")
    drag(browser, "dragCancel", (0.5, 0.5), photos["small"])
    ActionChains(browser.driver).move_to_element(browser.element("title")).perform()
    until(lambda: not browser.element("drop-places").is_displayed(), "nothing of them")


def test_a_new_picture_is_chosen_beside_a_result(
    editor: EditorPage, photos: dict[str, Path]
) -> None:
    browser = editor.browser
    before = browser.result_tabs()
    assert browser.element("new-picture").is_displayed()
    browser.element("new-file").send_keys(str(photos["small"]))
    browser.new_results(before)
    assert browser.wait_over() == "done"


def test_a_background_that_is_no_picture_is_told_so_and_another_is_offered(
    editor: EditorPage, tmp_path: Path
) -> None:
    browser = editor.browser
    words = tmp_path / "words.png"
    words.write_bytes(b"just words")
    browser.element("background-file").send_keys(str(words))
    until(lambda: "no picture that can be read" in browser.text("trouble"), "the reason")
    assert "preview" not in browser.text("trouble")
    assert browser.text("trouble-retry") == "Choose a picture"
    photograph(browser, "bad-background")


def send(browser: OffcutBrowser, kind: str, picture: Path) -> None:
    encoded = base64.b64encode(picture.read_bytes()).decode()
    browser.driver.execute_script(f"{SEND_FILE}('{kind}', '{encoded}')")


def test_a_picture_pasted_over_a_result_gets_a_page_of_its_own(
    editor: EditorPage, photos: dict[str, Path]
) -> None:
    browser = editor.browser
    former = browser.driver.current_window_handle
    before = browser.result_tabs()
    send(browser, "paste", photos["small"])
    browser.new_results(before)
    assert browser.wait_over() == "done"
    assert browser.text("title") == "holiday"
    browser.driver.switch_to.window(former)
    assert browser.state() == "done"
    until(lambda: browser.text("said") == OWN_TAB, "what has become of it")
    browser.driver.execute_script(PASTE, "just words")
    until(lambda: "no picture" in browser.text("said"), "the sentence about it")


def test_a_picture_dropped_on_a_failure_gets_a_page_of_its_own(
    browser: OffcutBrowser, photos: dict[str, Path], tmp_path: Path
) -> None:
    words = tmp_path / "words.png"
    words.write_bytes(b"just words")
    browser.close_results()
    assert browser.cut_out(words) == "failed"
    before = browser.result_tabs()
    send(browser, "drop", photos["small"])
    browser.new_results(before)
    assert browser.wait_over() == "done"


def test_an_address_pasted_over_a_result_is_fetched_once_it_is_allowed(
    screen_browser: OffcutBrowser, mouse: Mouse, site: Site, photos: dict[str, Path]
) -> None:
    address = "http://pasted.test/cat.jpg"
    site.put(address, Answer(photos["small"].read_bytes(), "image/jpeg"))
    assert screen_browser.cut_out(photos["small"]) == "done"
    before = screen_browser.result_tabs()
    screen_browser.driver.execute_script(PASTE, address)
    screen_browser.new_results(before)
    assert screen_browser.wait_over() == "failed"
    assert "pasted.test" in screen_browser.text("failure-text")
    mouse.click(screen_browser, "#allow")
    press_in_prompt(screen_browser, mouse, ALLOW)
    assert screen_browser.wait_state("done") == "done"
    # Nothing of the failure is left anywhere.
    screen_browser.open_popup()
    assert {state for _, state in screen_browser.job_states()} == {"done"}
    screen_browser.close_results()
