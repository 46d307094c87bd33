"""The workbench, as a person works with it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import cast

import numpy as np
from offcut_browser import OVER, OffcutBrowser
from PIL import Image
from selenium.webdriver.common.by import By
from waiting import until

PAGE = "/batch/batch.html"
STATES = """return [...document.querySelectorAll('.item')].map((row) =>
    [row.querySelector('.name').textContent, row.dataset.state])"""
# What lies in the extension's storage, as paths. A folder that is erased meanwhile cannot be
# walked to its end: then it is looked at again, and in the end the error is what is found.
STORED = """const done = arguments[0];
const walk = async (folder, path, found) => {
    for await (const [name, handle] of folder.entries()) {
        if (handle.kind === 'directory') await walk(handle, path + name + '/', found);
        else found.push(path + name);
    }
    return found;
};
const look = async () => walk(await navigator.storage.getDirectory(), '', []);
look().catch(look).then(done, (error) => done([String(error)]));"""


def save(portrait: Image.Image, path: Path, size: tuple[int, int] = (96, 96)) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    portrait.resize(size).save(path)
    return path


def open_workbench(browser: OffcutBrowser) -> None:
    browser.open(PAGE)
    until(lambda: browser.state() not in ("", "starting"), "the workbench")


def choose(browser: OffcutBrowser, *paths: Path) -> None:
    if paths[0].is_dir():
        browser.devtools.choose_folder(browser.element("folder-input"), paths[0])
    else:
        browser.element("file-input").send_keys("\n".join(map(str, paths)))


def states(browser: OffcutBrowser) -> dict[str, str]:
    return dict(browser.driver.execute_script(STATES))


def stored(browser: OffcutBrowser) -> list[str]:
    return cast("list[str]", browser.driver.execute_async_script(STORED))


def erase(browser: OffcutBrowser) -> None:
    browser.click("erase")
    if browser.element("erase-dialog").get_attribute("open"):
        browser.driver.find_element(By.CSS_SELECTOR, "#erase-dialog [value=erase]").click()
    until(lambda: browser.state() == "empty", "the empty workbench")
    until(lambda: stored(browser) == [], "the storage to be empty, too")


def press(browser: OffcutBrowser, name: str, act: str) -> None:
    """Press a button of a picture, wherever it stands in the list."""
    row = list(states(browser)).index(name) + 1
    browser.press_shown(f".item:nth-child({row}) [data-act={act}]")


def await_all(browser: OffcutBrowser, count: int) -> None:
    """Wait for the end of so many pictures; each of them has the whole deadline."""
    for number in range(1, count + 1):
        until(lambda least=number: over(browser) >= least, f"{number} of {count} pictures")


def over(browser: OffcutBrowser) -> int:
    """How many pictures of the list are over."""
    return sum(state in OVER for state in states(browser).values())


def opened(path: Path) -> dict[str, Image.Image]:
    """The pictures of an archive, which is sound, by their names."""
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: Image.open(io.BytesIO(archive.read(name))) for name in archive.namelist()}


def is_cut_out(picture: Image.Image) -> bool:
    alpha = np.asarray(picture.convert("RGBA"))[..., 3]
    return bool(alpha.min() == 0 and alpha.max() == 255)
