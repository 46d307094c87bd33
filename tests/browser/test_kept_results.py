"""What is said of keeping is so: a finished picture outlasts its tab, and can be opened again."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from editor_page import EditorPage
from offcut_browser import OffcutBrowser
from PIL import Image
from popup_page import remove_jobs, row, wait_row
from selenium.webdriver.common.by import By
from waiting import until

pytestmark = pytest.mark.weights
NAME = "Seaside with all the children and dogs IMG_20260714_153012.jpg"
# Whether the end of a name is seen whole, however little room there is.
END_SEEN = """const name = arguments[0].querySelector('.name');
    const end = name.lastElementChild;
    const right = end.getBoundingClientRect().right;
    return right <= name.getBoundingClientRect().right + 1 && end.textContent"""


CORNER = """const [image] = arguments[0].getElementsByTagName('img');
    if (!image.complete || !image.naturalWidth) return null;
    const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0);
    return [...context.getImageData(0, 0, 1, 1).data];"""


def corner_of(browser: OffcutBrowser, job: str) -> list[int] | None:
    """The first pixel of the small picture of a job in the popup."""
    return browser.driver.execute_script(CORNER, row(browser, job))


def photograph(browser: OffcutBrowser, name: str) -> None:
    """Keep what is seen where somebody wants to look at it."""
    if folder := os.environ.get("OFFCUT_PHOTOGRAPHS"):
        browser.driver.save_screenshot(f"{folder}/{name}.png")


@pytest.fixture(autouse=True)
def _empty_list(browser: OffcutBrowser) -> Iterator[None]:
    yield
    browser.close_results()
    remove_jobs(browser)


def test_a_picture_whose_tab_is_closed_is_opened_again_with_what_was_changed(
    browser: OffcutBrowser, photos: dict[str, Path]
) -> None:
    assert browser.cut_out(photos["small"]) == "done"
    editor = EditorPage(browser)
    promise = browser.driver.find_element(By.CLASS_NAME, "promise").get_attribute("textContent")
    assert "popup" in str(promise)
    editor.set("background-color")
    editor.wait_shown()
    browser.close_results()
    browser.open_popup()
    assert "after their tab is closed" in browser.text("kept")
    job = wait_row(browser, "done")
    # The popup shows and saves what was seen last, too.
    white = [255, 255, 255, 255]
    until(lambda: corner_of(browser, job) == white, "the small picture as it was edited")
    photograph(browser, "popup-edited")
    with Image.open(browser.saved_by(lambda: browser.press(job, "download"))) as picture:
        assert picture.convert("RGBA").getpixel((0, 0)) == (255, 255, 255, 255)
    before = browser.result_tabs()
    browser.press(job, "open")
    browser.new_results(before)
    assert browser.wait_over() == "done"
    again = EditorPage(browser)
    assert again.asked()["options"]["background"] == "#ffffff"
    again.undo()
    again.wait_shown()
    assert again.asked()["options"]["background"] == "transparent"


def test_an_open_popup_follows_the_editor_beside_it(
    browser: OffcutBrowser, photos: dict[str, Path]
) -> None:
    assert browser.cut_out(photos["small"]) == "done"
    editor = EditorPage(browser)
    tab = browser.driver.current_window_handle
    browser.open_popup()
    job = wait_row(browser, "done")
    until(lambda: corner_of(browser, job) is not None, "the small picture")
    browser.driver.switch_to.window(tab)
    editor.set("background-color")
    editor.wait_shown()
    browser.driver.switch_to.window(browser.home)
    white = [255, 255, 255, 255]
    until(lambda: corner_of(browser, job) == white, "the small picture as it was edited")
    with Image.open(browser.saved_by(lambda: browser.press(job, "download"))) as picture:
        assert picture.convert("RGBA").getpixel((0, 0)) == (255, 255, 255, 255)


def test_the_end_of_a_long_name_is_seen_in_the_popup(
    browser: OffcutBrowser, photos: dict[str, Path], tmp_path: Path
) -> None:
    picture = tmp_path / NAME
    picture.write_bytes(photos["small"].read_bytes())
    browser.open_popup()
    browser.element("file-input").send_keys(str(picture))
    job = wait_row(browser, "done")
    end = browser.driver.execute_script(END_SEEN, row(browser, job))
    assert end == "153012.jpg"
    name = row(browser, job).find_element(By.CLASS_NAME, "name")
    assert name.get_attribute("title") == NAME
