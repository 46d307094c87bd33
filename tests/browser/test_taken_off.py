"""A slip of the hand in the workbench costs nobody their work: what was done can be taken back."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from editor_page import EditorPage
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
    what,
)
from waiting import until
from workbench_page import choose, open_workbench, press, states, stored

pytestmark = [pytest.mark.usefixtures("empty_workbench"), pytest.mark.weights]


LISTED = """const done = arguments[0];
(async () => {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle('batch');
    const file = await (await folder.getFileHandle('queue.json')).getFile();
    return JSON.parse(await file.text()).items.map(({ fileName }) => fileName);
})().then(done, () => done(null));"""


IS_UNDONE = """const done = arguments[0];
import('/platform/batch_files.js').then(({ readQueue }) => readQueue())
    .then(({ items }) => done(items[0].undone !== null), (error) => done(String(error)));"""
LATE_FILE = """const done = arguments[0];
(async () => {
    const { existingFolder, readFile, readQueue } = await import('/platform/batch_files.js');
    const { putRowEdit } = await import('/platform/row_edits.js');
    const { id, editJob, editStep, undone } = (await readQueue()).items[0];
    const file = await readFile(await existingFolder(), `${id}.edited`);
    const { edit, edited } = undone;
    await putRowEdit({ id, jobId: editJob, step: editStep, edit, made: edited }, { file });
})().then(done, (error) => done(String(error)));"""
"""The editor's file of an edit comes again, after the edit was undone."""
LEFT = """const done = arguments[0];
navigator.storage.getDirectory().then((root) => root.getDirectoryHandle('edits'))
    .then((folder) => Array.fromAsync(folder.keys())).then(done);"""
"""What editors have left and nobody has taken and used yet."""


def listed(browser: OffcutBrowser) -> list[str] | None:
    """Names of the pictures that the stored list has."""
    return browser.driver.execute_async_script(LISTED)


def photograph(browser: OffcutBrowser, name: str) -> None:
    """Keep what is seen where somebody wants to look at it."""
    if folder := os.environ.get("OFFCUT_PHOTOGRAPHS"):
        browser.driver.save_screenshot(f"{folder}/{name}.png")


def test_an_edited_row_that_was_taken_off_comes_back_as_it_was(
    browser: OffcutBrowser, portrait: Image.Image, tmp_path: Path
) -> None:
    begin_edited(browser, portrait, tmp_path)
    press(browser, "a.png", "remove")
    press(browser, "b.png", "remove")
    until(lambda: states(browser) == {}, "an empty list")
    assert browser.text("taken-off-text") == "Taken off the list: b.png"
    photograph(browser, "taken-off-empty")
    browser.click("put-back")
    until(lambda: states(browser) == {"b.png": "done"}, "the last one to come back first")
    assert browser.text("taken-off-text") == "Taken off the list: a.png"
    photograph(browser, "taken-off")
    browser.click("put-back")
    until(lambda: list(states(browser)) == ["a.png", "b.png"], "both in their places")
    assert not browser.element("taken-off").is_displayed()
    assert is_edited(browser)
    pictures = archived(browser)
    assert is_white_behind(pictures["a-cutout.png"])
    assert not is_white_behind(pictures["b-cutout.png"])


def test_what_is_edited_while_its_row_is_off_is_in_the_row_that_comes_back(
    browser: OffcutBrowser, portrait: Image.Image, tmp_path: Path
) -> None:
    begin(browser, portrait, tmp_path)
    editor = edit(browser, "a.png")
    tab = browser.driver.current_window_handle
    go_back(browser)
    press(browser, "a.png", "remove")
    until(lambda: states(browser) == {"b.png": "done"}, "the row to be off")
    browser.driver.switch_to.window(tab)
    editor.set("background-color")
    until(lambda: browser.element("file-size").get_attribute("data-state") == "ready", "the file")
    go_back(browser)
    browser.click("put-back")
    until(lambda: is_edited(browser), "the edit")
    assert is_white_behind(archived(browser)["a-cutout.png"])


def test_what_was_taken_off_is_gone_for_good_with_its_note_or_with_the_page(
    browser: OffcutBrowser, portrait: Image.Image, tmp_path: Path
) -> None:
    begin(browser, portrait, tmp_path)
    until(lambda: len(stored(browser)) == 6, "two pictures, two results, the list and its copy")
    press(browser, "a.png", "remove")
    browser.click("taken-off-close")
    until(lambda: len(stored(browser)) == 4, "one picture, its result, the list and its copy")
    assert not browser.element("taken-off").is_displayed()
    press(browser, "b.png", "remove")
    until(lambda: browser.element("taken-off").is_displayed(), "the note")
    until(lambda: listed(browser) == [], "the stored list to know it")
    open_workbench(browser)
    assert browser.state() == "empty"
    until(lambda: stored(browser) == [], "nothing to be left")


def test_an_edit_that_was_undone_in_the_list_can_be_had_again(
    browser: OffcutBrowser, portrait: Image.Image, tmp_path: Path
) -> None:
    begin(browser, portrait, tmp_path)
    edit(browser, "a.png").set("background-color")
    # Otherwise the page still has the file of the edit to bring, after the undoing.
    until(lambda: browser.element("file-size").get_attribute("data-state") == "ready", "the file")
    go_back(browser)
    until(lambda: is_edited(browser), "the edit")
    press(browser, "a.png", "undo")
    until(lambda: "edited" not in what(browser), "the first result")
    assert "redo" in offered(browser)
    photograph(browser, "undone")
    press(browser, "a.png", "redo")
    until(lambda: is_edited(browser), "the edit again")
    assert "redo" not in offered(browser)
    assert is_white_behind(archived(browser)["a-cutout.png"])


def test_the_file_of_an_edit_that_was_undone_on_its_way_brings_nothing_back(
    browser: OffcutBrowser, portrait: Image.Image, tmp_path: Path
) -> None:
    begin_edited(browser, portrait, tmp_path)
    press(browser, "a.png", "undo")
    until(lambda: "redo" in offered(browser), "the first result")
    until(lambda: browser.driver.execute_async_script(IS_UNDONE), "the stored list to know it")
    assert browser.driver.execute_async_script(LATE_FILE) is None
    until(lambda: browser.driver.execute_async_script(LEFT) == [], "it to be taken")
    assert "edited" not in what(browser)
    press(browser, "a.png", "redo")
    until(lambda: is_edited(browser), "the edit again")
    assert is_white_behind(archived(browser)["a-cutout.png"])


def test_a_row_without_a_subject_has_the_brush_that_it_names(
    browser: OffcutBrowser, tmp_path: Path
) -> None:
    flat = tmp_path / "flat.png"
    Image.new("RGB", (200, 200), (90, 120, 160)).save(flat)
    open_workbench(browser)
    choose(browser, flat)
    until(lambda: states(browser) == {"flat.png": "failed"}, "no subject")
    assert "Edit" in what(browser)
    assert "model" not in what(browser), "there is no button for one"
    assert offered(browser) == ["open", "remove"]
    photograph(browser, "no-subject-row")
    editor: EditorPage = edit(browser, "flat.png")
    until(lambda: browser.element("tool-keep").is_selected(), "the brush")
    editor.take("paint")
    editor.drag((0.45, 0.5), (0.55, 0.5))
    go_back(browser)
    browser.wait_state("done")
    until(lambda: is_edited(browser), "the picture to be made")
    assert states(browser) == {"flat.png": "done"}
    alpha = np.asarray(archived(browser)["flat-cutout.png"].convert("RGBA"))[..., 3]
    assert alpha.max() == 255
    assert alpha.min() == 0
    press(browser, "flat.png", "undo")
    until(lambda: states(browser) == {"flat.png": "failed"}, "no subject again")
    assert "redo" in offered(browser)
