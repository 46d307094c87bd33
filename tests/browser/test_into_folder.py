"""Results that go into a folder as they are made. Chosen is a real folder, without its dialogue."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from offcut_browser import OffcutBrowser
from PIL import Image
from row_editing import edit, go_back, is_white_behind, offered, what
from waiting import until
from workbench_page import choose, erase, open_workbench, press, save, states

# Folders of a person's are handles of the same kind as those of the page's own storage.
CHOOSE_TARGET = """const done = arguments[0];
    navigator.storage.getDirectory()
        .then((root) => root.getDirectoryHandle('target', { create: true }))
        .then((target) => { globalThis.showDirectoryPicker = async () => target; })
        .then(done);"""
IN_TARGET = """const done = arguments[0];
    navigator.storage.getDirectory()
        .then((root) => root.getDirectoryHandle('target'))
        .then(async (target) => { done(await Array.fromAsync(target.keys())); })
        .catch(() => done([]));"""

TARGET_FILE = """const done = arguments[0];
    navigator.storage.getDirectory()
        .then((root) => root.getDirectoryHandle('target'))
        .then(async (target) => (await Array.fromAsync(target.values()))[0].getFile())
        .then(async (file) => done((await file.bytes()).toBase64()));"""
REMOVE_TARGET = """const done = arguments[0];
    navigator.storage.getDirectory()
        .then((root) => root.removeEntry('target', { recursive: true }))
        .then(done, done);"""


@pytest.fixture
def workbench(browser: OffcutBrowser) -> Iterator[OffcutBrowser]:
    open_workbench(browser)
    yield browser
    browser.driver.execute_async_script(REMOVE_TARGET)
    if states(browser):
        erase(browser)


def in_target(browser: OffcutBrowser) -> list[str]:
    return browser.driver.execute_async_script(IN_TARGET)


def test_what_comes_after_the_list_was_cleared_goes_into_no_folder(
    workbench: OffcutBrowser, portrait: Image.Image, tmp_path: Path
) -> None:
    choose(workbench, save(portrait, tmp_path / "first.png"))
    workbench.wait_state("done")
    workbench.driver.execute_async_script(CHOOSE_TARGET)
    workbench.click("into-folder")
    until(lambda: in_target(workbench) == ["first-cutout.png"], "the result in the folder")
    workbench.wait_state("saved")
    erase_all_but_target(workbench)
    choose(workbench, save(portrait, tmp_path / "second.png"))
    workbench.wait_state("done")
    assert states(workbench) == {"second.png": "done"}
    assert "second-cutout.png" not in in_target(workbench)


@pytest.mark.weights
def test_what_lies_in_the_folder_can_still_be_edited_and_downloaded(
    workbench: OffcutBrowser, portrait: Image.Image, tmp_path: Path
) -> None:
    choose(workbench, save(portrait, tmp_path / "first.png", (200, 200)))
    workbench.wait_state("done")
    workbench.driver.execute_async_script(CHOOSE_TARGET)
    workbench.click("into-folder")
    workbench.wait_state("saved")
    assert what(workbench).endswith("saved into the folder")
    assert offered(workbench) == ["download", "open", "remove"]
    former = target_file(workbench)
    downloaded = workbench.saved_by(lambda: press(workbench, "first.png", "download"))
    assert downloaded.read_bytes() == former
    edit(workbench, "first.png").set("background-color")
    go_back(workbench)
    until(lambda: what(workbench).endswith("edited · saved into the folder"), "the edited one")
    assert in_target(workbench) == ["first-cutout.png"], "in place of the former one"
    with Image.open(io.BytesIO(target_file(workbench))) as picture:
        assert is_white_behind(picture)
    workbench.close_results()


def target_file(browser: OffcutBrowser) -> bytes:
    """The bytes of the one file in the folder."""
    return base64.b64decode(browser.driver.execute_async_script(TARGET_FILE))


def erase_all_but_target(browser: OffcutBrowser) -> None:
    browser.click("erase")
    until(lambda: browser.state() == "empty", "the empty workbench")
