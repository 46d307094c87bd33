"""Rows of the workbench whose pictures are edited, as a person does it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from editor_page import EditorPage
from offcut_browser import OffcutBrowser
from PIL import Image
from selenium.webdriver.common.by import By
from waiting import until
from workbench_page import choose, open_workbench, opened, press, save

WHAT = ".item:nth-child({}) .what"


def begin(browser: OffcutBrowser, portrait: Image.Image, folder: Path) -> None:
    open_workbench(browser)
    choose(browser, *[save(portrait, folder / f"{name}.png", (200, 200)) for name in ("a", "b")])
    browser.wait_state("done")


def edit(browser: OffcutBrowser, name: str) -> EditorPage:
    """Press "Edit" of a row, and wait for the editor."""
    before = browser.result_tabs()
    press(browser, name, "open")
    browser.new_results(before)
    assert browser.wait_over() == "done"
    return EditorPage(browser)


def go_back(browser: OffcutBrowser) -> None:
    browser.driver.switch_to.window(browser.home)


def what(browser: OffcutBrowser, number: int = 1) -> str:
    return browser.driver.find_element(By.CSS_SELECTOR, WHAT.format(number)).text


def is_edited(browser: OffcutBrowser, number: int = 1) -> bool:
    """Whether a row has the file of its edit; one that is "being edited" has not."""
    return "edited" in what(browser, number).split(" · ")


def begin_edited(browser: OffcutBrowser, portrait: Image.Image, folder: Path) -> None:
    """Begin, the first of the two with a white background."""
    begin(browser, portrait, folder)
    edit(browser, "a.png").set("background-color")
    go_back(browser)
    until(lambda: is_edited(browser), "the edit")


def thumbnail(browser: OffcutBrowser, number: int = 1) -> str:
    image = browser.driver.find_element(
        By.CSS_SELECTOR, f".item:nth-child({number}) .checkerboard img"
    )
    return image.get_attribute("src") or ""


def archived(browser: OffcutBrowser) -> dict[str, Image.Image]:
    archive = browser.saved_by(lambda: browser.click("save-zip"))
    pictures = opened(archive)
    for picture in pictures.values():
        picture.load()
    archive.unlink()
    return pictures


def is_white_behind(picture: Image.Image) -> bool:
    """The corner, where nothing of the subject is, in a picture without transparency."""
    pixels = np.asarray(picture.convert("RGBA"))
    return bool(pixels[..., 3].min() == 255 and pixels[2, -3].min() >= 250)


def offered(browser: OffcutBrowser, number: int = 1) -> list[str]:
    """What the buttons of a row do, of those that are seen."""
    script = """return [...document.querySelectorAll(arguments[0])]
        .filter((each) => each.checkVisibility()).map(({ dataset }) => dataset.act)"""
    return browser.driver.execute_script(script, f".item:nth-child({number}) button")
