"""The toolbar popup: paste, drop, and a job that outlives it."""

from __future__ import annotations

import base64
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from offcut_browser import Mouse, OffcutBrowser, until
from PIL import Image

# Makes an event that carries a file, as the browser makes it when a person drops or pastes.
SEND_FILE = """((kind, encoded, count = 1) => {
    const bytes = Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0));
    const carrier = new DataTransfer();
    for (let each = 0; each < count; each++) {
        carrier.items.add(new File([bytes], 'holiday.jpg', { type: 'image/jpeg' }));
    }
    const Kind = kind === 'drop' ? DragEvent : ClipboardEvent;
    const name = kind === 'drop' ? 'dataTransfer' : 'clipboardData';
    document.dispatchEvent(new Kind(kind, { [name]: carrier, bubbles: true }));
})"""


@pytest.fixture(autouse=True)
def _no_tabs_left(screen_browser: OffcutBrowser) -> Iterator[None]:
    yield
    screen_browser.close_results()


@pytest.mark.parametrize("count", [1, 3])
def test_every_job_outlives_the_real_popup(
    screen_browser: OffcutBrowser, photos: dict[str, Path], count: int
) -> None:
    devtools = screen_browser.devtools
    screen_browser.open("about:blank")
    before = screen_browser.result_tabs()
    worker = devtools.targets("service_worker")[0]["targetId"]
    devtools.evaluate(worker, "chrome.action.openPopup()")

    def popups() -> list[str]:
        address = f"{screen_browser.origin}/popup/popup.html"
        pages = devtools.targets("page")
        return [page["targetId"] for page in pages if page["url"] == address]

    popup = until(popups, "the popup")[0]
    encoded = base64.b64encode(photos["small"].read_bytes()).decode()
    devtools.evaluate(popup, f"{SEND_FILE}('paste', '{encoded}', {count})")
    tabs = screen_browser.new_results(before, count)
    until(lambda: not popups(), "the popup to close")
    for tab in tabs:
        screen_browser.driver.switch_to.window(tab)
        assert screen_browser.wait_over() == "done"
        assert screen_browser.text("title") == "holiday"


def test_a_picture_is_pasted_with_the_keyboard(
    screen_browser: OffcutBrowser, mouse: Mouse, photos: dict[str, Path], tmp_path: Path
) -> None:
    path = tmp_path / "copied.png"
    with Image.open(photos["small"]) as photo:
        photo.save(path)
    command = ["xclip", "-selection", "clipboard", "-target", "image/png", "-in", str(path)]
    subprocess.run(command, env={**os.environ, **mouse.environment}, check=True)
    screen_browser.open("/popup/popup.html")
    before = screen_browser.result_tabs()
    mouse.click(screen_browser, "h1")
    mouse.press("ctrl+v")
    screen_browser.new_results(before)
    assert screen_browser.wait_over() == "done"


def test_a_picture_is_dropped(screen_browser: OffcutBrowser, photos: dict[str, Path]) -> None:
    screen_browser.open("/popup/popup.html")
    before = screen_browser.result_tabs()
    encoded = base64.b64encode(photos["small"].read_bytes()).decode()
    screen_browser.driver.execute_script(f"{SEND_FILE}('drop', '{encoded}')")
    screen_browser.new_results(before)
    assert screen_browser.wait_over() == "done"


def test_pasting_text_says_that_it_is_no_picture(
    screen_browser: OffcutBrowser, mouse: Mouse
) -> None:
    command = ["xclip", "-selection", "clipboard", "-in"]
    environment = {**os.environ, **mouse.environment}
    subprocess.run(command, env=environment, check=True, input=b"just words")
    screen_browser.open("/popup/popup.html")
    mouse.click(screen_browser, "h1")
    mouse.press("ctrl+v")
    until(lambda: "no picture" in screen_browser.text("problem"), "the sentence about it")
    assert not screen_browser.result_tabs()


def test_a_page_of_the_browser_itself_is_explained(
    screen_browser: OffcutBrowser, mouse: Mouse
) -> None:
    screen_browser.open("chrome://version/")
    before = screen_browser.result_tabs()
    until(
        lambda: screen_browser.driver.execute_script("return document.images.length > 0"),
        "the logo",
    )
    mouse.open_menu(screen_browser, "img")
    mouse.press("Up", "Up", "Return")
    screen_browser.new_results(before)
    assert screen_browser.wait_over() == "failed"
    assert screen_browser.failure()["code"] == "PAGE_FORBIDDEN"
    assert "popup" in screen_browser.text("failure-text")
