"""Pictures that are pasted or dropped into the page of another picture."""

from __future__ import annotations

import base64
from pathlib import Path

from editor_page import EditorPage
from mouse import Mouse
from offcut_browser import OffcutBrowser
from popup_page import SEND_FILE
from right_clicks import press_in_prompt
from site_proxy import Answer, Site
from waiting import until

PASTE_TEXT = """const carrier = new DataTransfer();
    carrier.setData('text/plain', arguments[0]);
    const event = { clipboardData: carrier, bubbles: true };
    document.dispatchEvent(new ClipboardEvent('paste', event));"""


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
    browser.driver.execute_script(PASTE_TEXT, "just words")
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
    screen_browser.driver.execute_script(PASTE_TEXT, address)
    screen_browser.new_results(before)
    assert screen_browser.wait_over() == "failed"
    assert "pasted.test" in screen_browser.text("failure-text")
    mouse.click(screen_browser, "#allow")
    press_in_prompt(mouse, "Tab Return")
    assert screen_browser.wait_state("done") == "done"
    # Nothing of the failure is left anywhere.
    screen_browser.open_popup()
    assert {state for _, state in screen_browser.job_states()} == {"done"}
    screen_browser.close_results()
