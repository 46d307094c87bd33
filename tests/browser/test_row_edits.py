"""Editing a picture of the batch changes it there: its row, its thumbnail, its file in the ZIP."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import numpy as np
import pytest
from offcut_browser import OffcutBrowser
from PIL import Image
from row_editing import (
    archived,
    begin,
    begin_edited,
    edit,
    go_back,
    is_edited,
    is_white_behind,
    offered,
    thumbnail,
    what,
)
from selenium.webdriver.common.by import By
from selenium.webdriver.support.select import Select
from tapping import Taps
from waiting import until
from workbench_page import choose, is_cut_out, open_workbench, press, save, states

StartBrowser = Callable[[Path], AbstractContextManager[OffcutBrowser]]
pytestmark = [pytest.mark.usefixtures("empty_workbench"), pytest.mark.weights]


def test_an_edited_picture_takes_the_place_of_the_first_one_and_can_be_undone(
    browser: OffcutBrowser, portrait: Image.Image, tmp_path: Path
) -> None:
    begin(browser, portrait, tmp_path)
    until(lambda: thumbnail(browser), "the first thumbnail")
    former, size = thumbnail(browser), what(browser)
    editor = edit(browser, "a.png")
    assert "batch" in browser.driver.find_element(By.CLASS_NAME, "promise").text
    editor.set("background-color")
    go_back(browser)
    until(lambda: is_edited(browser), "the row to say so")
    until(lambda: thumbnail(browser) not in ("", former), "another thumbnail")
    assert what(browser) != size
    pictures = archived(browser)
    assert is_white_behind(pictures["a-cutout.png"])
    assert is_cut_out(pictures["b-cutout.png"])
    browser.wait_state("saved")

    press(browser, "a.png", "undo")
    until(lambda: what(browser) == size, "the first size")
    assert browser.state() == "done", "which is not saved"
    assert is_cut_out(archived(browser)["a-cutout.png"])


def test_an_edit_whose_editor_is_closed_at_once_is_made_by_the_batch(
    browser: OffcutBrowser, portrait: Image.Image, tmp_path: Path
) -> None:
    begin(browser, portrait, tmp_path)
    editor = edit(browser, "a.png")
    editor.take("erase")
    editor.drag((0.4, 0.5), (0.6, 0.5))
    go_back(browser)
    until(lambda: "edit" in what(browser), "the row to know of it")
    browser.close_results()
    # Whether the picture is made by then or not.
    erased = np.asarray(archived(browser)["a-cutout.png"].convert("RGBA"))[100, 100, 3]
    assert erased == 0, "the middle of the portrait"


def test_a_tap_in_the_editor_of_a_row_is_in_the_file_of_the_batch(
    browser: OffcutBrowser, portrait: Image.Image, tmp_path: Path
) -> None:
    begin(browser, portrait, tmp_path)
    taps = Taps(edit(browser, "a.png"), (200, 200))
    taps.tap((23.6, 70.5))
    taps.wait_said("Added.")
    go_back(browser)
    until(lambda: is_edited(browser), "the row to say so")
    pictures = archived(browser)
    flag = [np.asarray(pictures[f"{name}-cutout.png"].convert("RGBA"))[70, 23, 3] for name in "ab"]
    assert flag[0] > 200 and flag[1] < 60


def test_saving_the_batch_does_not_wait_for_an_editor_that_is_open(
    browser: OffcutBrowser, portrait: Image.Image, tmp_path: Path
) -> None:
    begin(browser, portrait, tmp_path)
    editor = edit(browser, "a.png")
    editor.set("background-color")
    go_back(browser)
    until(lambda: "edit" in what(browser), "the row to know of it")
    assert is_white_behind(archived(browser)["a-cutout.png"])


def test_edits_outlast_the_workbench_and_the_browser(
    start_browser: StartBrowser, portrait: Image.Image, tmp_path: Path
) -> None:
    with start_browser(tmp_path) as first:
        begin(first, portrait, tmp_path)
        editor = edit(first, "a.png")
        tab = first.driver.current_window_handle
        first.open("/options/options.html")  # where the workbench was
        first.driver.switch_to.window(tab)
        editor.set("background-color")
        until(lambda: first.element("file-size").get_attribute("data-state") == "ready", "the file")
        go_back(first)
        open_workbench(first)
        until(lambda: is_edited(first), "the edit to have come")
    with start_browser(tmp_path) as second:
        open_workbench(second)
        # A browser that ends at once has what the editor left, and takes it now.
        until(lambda: is_edited(second), "the edit")
        # The editor goes on with it, and its first step back is the first result.
        editor = edit(second, "a.png")
        assert editor.asked()["options"]["background"] == "#ffffff"
        editor.undo()
        go_back(second)
        until(lambda: "edited" not in what(second), "the first result")
        assert is_cut_out(archived(second)["a-cutout.png"])


def test_settings_for_all_leave_edited_pictures_alone(
    browser: OffcutBrowser, portrait: Image.Image, tmp_path: Path
) -> None:
    begin_edited(browser, portrait, tmp_path)
    browser.driver.find_element(By.TAG_NAME, "summary").click()
    Select(browser.element("making-format")).select_by_value("jpeg")
    browser.click("apply")
    browser.wait_state("done")
    assert set(archived(browser)) == {"a-cutout.png", "b-cutout.jpg"}


def test_only_what_is_made_can_be_edited(
    browser: OffcutBrowser, portrait: Image.Image, tmp_path: Path
) -> None:
    document = tmp_path / "offer.pdf"
    document.write_bytes(b"%PDF-1.7\n" + b"words " * 40)
    open_workbench(browser)
    choose(browser, save(portrait, tmp_path / "a.png"), document)
    until(lambda: set(states(browser).values()) == {"done", "failed"}, "both to be over")
    assert "open" in offered(browser, 1)
    assert offered(browser, 2) == ["remove"]
    assert not browser.element("retry-all").is_displayed(), "another try gives the same"
