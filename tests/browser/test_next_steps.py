"""After a failure there is a next step, and it leads somewhere."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from editor_page import EditorPage
from files import saved
from offcut_browser import OffcutBrowser
from PIL import Image
from selenium.webdriver.common.by import By
from subjects import disc, photo_of
from waiting import until


@pytest.fixture
def flat(tmp_path: Path) -> Path:
    """A picture in which nothing stands out."""
    path = tmp_path / "flat.png"
    Image.new("RGB", (300, 200), (120, 130, 140)).save(path)
    return path


def offered(browser: OffcutBrowser) -> list[str]:
    """Ids of the buttons of a failure, as a person sees them, the first one emphasised."""
    buttons = browser.driver.find_elements(By.CSS_SELECTOR, "#failed button")
    return [str(each.get_attribute("id")) for each in buttons if each.is_displayed()]


def test_a_picture_without_a_subject_goes_on_with_the_brushes(
    browser: OffcutBrowser, flat: Path
) -> None:
    assert browser.cut_out(flat) == "failed"
    assert browser.failure()["code"] == "NO_SUBJECT"
    assert offered(browser) == ["by-hand", "try-best", "own-picture", "copy-details"]
    browser.click("by-hand")
    until(lambda: browser.state() == "done", "the editor")
    editor = EditorPage(browser)
    assert browser.element("tool-keep").is_selected()
    # Nothing of it is kept at first, and the picture is seen all the same.
    assert not editor.rgba()[..., 3].any()
    assert editor.pixel(0.5, 0.5)[3] > 0
    editor.take("paint")
    editor.drag((0.45, 0.5), (0.55, 0.5))
    editor.wait_shown()
    assert editor.rgba()[..., 3].any()


def test_a_better_look_is_taken_and_then_a_model_is_offered(
    browser: OffcutBrowser, flat: Path
) -> None:
    assert browser.cut_out(flat) == "failed"
    browser.click("try-best")
    until(lambda: "add-model" in offered(browser), "the other failure")
    assert browser.failure()["code"] == "NO_SUBJECT"
    assert offered(browser) == ["by-hand", "add-model", "own-picture", "copy-details"]
    browser.click("add-model")
    until(lambda: browser.driver.current_url.endswith("options.html#models"), "the models")


def test_a_picture_that_is_too_small_is_told_so(browser: OffcutBrowser, tmp_path: Path) -> None:
    small = tmp_path / "small.png"
    Image.new("RGB", (7, 5), (120, 130, 140)).save(small)
    assert browser.cut_out(small) == "failed"
    assert "7 \N{MULTIPLICATION SIGN} 5" in browser.text("failure-text")
    assert offered(browser)[0] == "by-hand"


def test_a_brush_finds_the_edge_of_what_the_model_did_not_see(
    browser: OffcutBrowser, flat: Path
) -> None:
    truth = disc(200, 300, radius=60)
    pixels = photo_of(truth) // 40 + 110  # faint, so that no model sees it
    flat.write_bytes(saved(pixels, "PNG"))
    if browser.cut_out(flat) == "done":
        pytest.skip("the model sees it")
    browser.click("by-hand")
    until(lambda: browser.state() == "done", "the editor")
    editor = EditorPage(browser)
    editor.drag((0.47, 0.47), (0.53, 0.53))
    editor.wait_shown()
    assert np.count_nonzero(editor.rgba()[..., 3]) > 1000


def test_a_bad_background_leads_back_to_the_chooser(editor: EditorPage, tmp_path: Path) -> None:
    words = tmp_path / "words.png"
    words.write_bytes(b"just words")
    browser = editor.browser
    browser.driver.execute_script(
        """window.opened = 0;
        document.getElementById('background-file').addEventListener('click', (event) => {
            event.preventDefault();
            window.opened += 1;
        });"""
    )
    browser.element("background-file").send_keys(str(words))
    until(editor.trouble, "the sentence about it")
    assert browser.text("trouble-retry") == "Choose a picture"
    browser.click("trouble-retry")
    assert browser.driver.execute_script("return window.opened") == 1
    assert not editor.trouble()
