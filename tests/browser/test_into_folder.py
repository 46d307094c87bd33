"""Results that go into a folder as they are made. Chosen is a real folder, without its dialogue."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from offcut_browser import OffcutBrowser
from PIL import Image
from waiting import until
from workbench_page import choose, erase, open_workbench, save, states

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


def erase_all_but_target(browser: OffcutBrowser) -> None:
    browser.click("erase")
    until(lambda: browser.state() == "empty", "the empty workbench")
