"""The toolbar popup: its list, and a job that outlives it."""

from __future__ import annotations

import base64
import io
from pathlib import Path

import pytest
from clipboard import Clipboard
from mouse import Mouse
from offcut_browser import OffcutBrowser
from PIL import Image
from popup_page import SEND_FILE, button, popups, real_popup, row, wait_row
from selenium.webdriver.common.by import By
from waiting import until

pytestmark = pytest.mark.usefixtures("no_jobs_left")


def test_jobs_outlive_the_real_popup_and_are_listed_in_the_next(
    screen_browser: OffcutBrowser, photos: dict[str, Path]
) -> None:
    devtools = screen_browser.devtools
    screen_browser.open("about:blank")
    popup = real_popup(screen_browser)
    encoded = base64.b64encode(photos["small"].read_bytes()).decode()
    devtools.evaluate(popup, f"{SEND_FILE}('paste', '{encoded}', 3)")
    count = "document.querySelectorAll('.job').length"
    until(lambda: devtools.evaluate(popup, count) == 3, "three jobs in the popup")
    devtools.close_target(popup)
    until(lambda: not popups(screen_browser), "the popup to close")
    screen_browser.open_popup()
    for position in range(3):
        job = wait_row(screen_browser, "done", position=position)
        assert "holiday" in row(screen_browser, job).text


def test_looking_at_the_popup_does_not_start_the_engine(screen_browser: OffcutBrowser) -> None:
    devtools = screen_browser.devtools
    for page in devtools.targets("background_page"):
        devtools.close_target(page["targetId"])
    until(lambda: not devtools.targets("background_page"), "the engine's end")
    screen_browser.open_popup()
    assert screen_browser.dataset()["jobs"] == "0"
    assert not devtools.targets("background_page")


def test_a_finished_job_is_downloaded_copied_and_opened(
    screen_browser: OffcutBrowser, mouse: Mouse, photos: dict[str, Path]
) -> None:
    screen_browser.open_popup()
    before = screen_browser.result_tabs()
    screen_browser.element("file-input").send_keys(str(photos["small"]))
    job = wait_row(screen_browser, "done")
    assert row(screen_browser, job).find_element(By.TAG_NAME, "img").is_displayed()
    saved = screen_browser.saved_by(lambda: screen_browser.press(job, "download"))
    assert saved.name == "astronaut-cutout.png"
    with Image.open(saved) as cutout:
        assert cutout.size == (512, 512)
    mouse.click(screen_browser, f'[data-job="{job}"] [data-act="copy"]')
    until(lambda: "clipboard" in row(screen_browser, job).text, "the copy")
    with Image.open(io.BytesIO(Clipboard(mouse).take())) as picture:
        assert picture.size == (512, 512)
        assert picture.convert("RGBA").getpixel((480, 20))[3] == 0  # pyright: ignore
    screen_browser.press(job, "open")
    screen_browser.new_results(before)
    assert screen_browser.wait_over() == "done"
    saved.unlink()


def test_a_failed_job_says_why(screen_browser: OffcutBrowser, tmp_path: Path) -> None:
    empty, odd = tmp_path / "empty.png", tmp_path / "words.png"
    empty.write_bytes(b"")
    odd.write_bytes(b"just words")
    screen_browser.open_popup()
    screen_browser.element("file-input").send_keys(str(odd))
    job = wait_row(screen_browser, "failed")
    assert "not a picture" in row(screen_browser, job).text
    assert not button(screen_browser, job, "retry").is_displayed()


def test_a_cancelled_job_is_tried_again(
    screen_browser: OffcutBrowser, photos: dict[str, Path]
) -> None:
    screen_browser.open_popup()
    screen_browser.element("file-input").send_keys(str(photos["large"]))
    at_work = "find('.job .what')?.textContent.includes('Finding')"
    screen_browser.press_when(at_work, "find('.job [data-act=cancel]')")
    job = wait_row(screen_browser, "cancelled")
    screen_browser.press(job, "retry")
    again = wait_row(screen_browser, "done")
    assert again != job
    assert screen_browser.job_states() == [(again, "done")]


def test_a_page_of_the_browser_itself_is_explained(
    screen_browser: OffcutBrowser, mouse: Mouse
) -> None:
    screen_browser.open(screen_browser.devtools.own_picture)
    before = screen_browser.result_tabs()
    until(
        lambda: screen_browser.driver.execute_script("return document.images.length > 0"),
        "the logo",
    )
    mouse.open_menu(screen_browser, "img")
    mouse.press(*screen_browser.devtools.to_our_entry, "Return")
    screen_browser.new_results(before)
    assert screen_browser.wait_over() == "failed"
    assert screen_browser.failure()["code"] == "PAGE_FORBIDDEN"
    assert "choose its file" in screen_browser.text("failure-text")
