"""Files with layers, saved in a browser and read by other programs; the pages that show them."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zipfile import ZipFile

import numpy as np
import pytest
from editor_page import EditorPage
from layered import composed, difference, ora_layers, ora_members, psd_of, shown_at_once
from offcut_browser import OffcutBrowser
from PIL import Image
from selenium.webdriver.support.select import Select
from waiting import until
from workbench_page import choose, open_workbench, save

HANDLE = "return document.getElementById('cutout').naturalWidth"
FILE_IS_READY = "return document.getElementById('file-bar').dataset.file === 'ready'"

pytestmark = pytest.mark.weights


def test_a_psd_has_the_picture_its_mask_and_what_is_behind(
    editor: EditorPage, portrait: Image.Image
) -> None:
    for control in ("background-color", "shadow", "crop"):
        editor.set(control)
    editor.wait_shown()
    expected = editor.rgba()
    editor.set("format-psd")
    editor.wait_shown()
    with editor.saved() as path:
        assert path.name == "astronaut-cutout.psd"
        file = path.read_bytes()
    assert difference(shown_at_once(file), expected) <= 1
    assert difference(composed(file), expected) <= 3
    layers: dict[str, Any] = {layer.name: layer for layer in psd_of(file)}
    assert list(layers) == ["Background", "Shadow", "Picture", "Edge colours"]
    picture = np.asarray(layers["Picture"].topil().convert("RGB"))
    assert np.array_equal(picture, np.asarray(portrait))
    assert layers["Picture"].mask.bbox == layers["Picture"].bbox


def test_an_openraster_file_has_the_cut_out_and_the_hidden_picture(
    editor: EditorPage, portrait: Image.Image
) -> None:
    expected = editor.rgba()
    editor.set("format-ora")
    editor.wait_shown()
    with editor.saved() as path:
        assert path.name == "astronaut-cutout.ora"
        file = path.read_bytes()
    (cutout, pixels), (picture, whole) = ora_layers(file)
    assert (cutout["name"], picture["name"]) == ("Cut-out", "Picture")
    assert picture["visibility"] == "hidden"
    assert np.array_equal(pixels, expected)
    assert np.array_equal(whole[..., :3], np.asarray(portrait))
    assert ora_members(file)["mimetype"] == b"image/openraster"


@pytest.mark.parametrize("kind", ["psd", "ora"])
def test_the_page_goes_on_showing_the_picture_and_undo_goes_back_to_png(
    editor: EditorPage, portrait: Image.Image, kind: str
) -> None:
    editor.set(f"format-{kind}")
    editor.wait_shown()
    until(lambda: editor.driver.execute_script(FILE_IS_READY), "the file")
    assert editor.driver.execute_script(HANDLE) == portrait.width
    assert editor.pixel(0.5, 0.5)[3] == 255
    assert editor.browser.element(f"format-{kind}").is_selected()
    hint = f"[data-i18n=edit_{kind}_hint]"
    assert editor.driver.find_element("css selector", hint).is_displayed()
    editor.undo()
    editor.wait_shown()
    with editor.saved() as path:
        assert path.suffix == ".png"


def test_the_workbench_makes_them_too_and_its_rows_show_the_pictures(
    browser: OffcutBrowser, portrait: Image.Image, tmp_path: Path, empty_workbench: None
) -> None:
    browser.close_results()
    open_workbench(browser)
    browser.driver.find_element("tag name", "summary").click()
    Select(browser.element("making-format")).select_by_value("psd")
    assert not browser.element("making-file_quality").is_displayed()
    choose(browser, save(portrait, tmp_path / "cat.png", portrait.size))
    browser.wait_state("done")
    browser.driver.execute_script("document.getElementById('items').scrollIntoView()")
    shown = "return document.querySelector('#items .checkerboard img').naturalWidth > 0"
    until(lambda: browser.driver.execute_script(shown), "the picture in the row")
    archive = browser.saved_by(lambda: browser.click("save-zip"))
    with ZipFile(archive) as files:
        assert files.namelist() == ["cat-cutout.psd"]
        assert psd_of(files.read("cat-cutout.psd")).size == portrait.size
    archive.unlink()


def test_the_mask_is_a_file_of_its_own_beside_what_is_made_of_the_picture(
    editor: EditorPage, portrait: Image.Image
) -> None:
    editor.set("feather", 3)
    editor.set("crop")
    editor.set("margin", 0)
    editor.wait_shown()
    asked = editor.asked()
    path = editor.browser.saved_by(lambda: editor.browser.click("save-matte"))
    assert path.name == "astronaut-alpha.png"
    with Image.open(path) as matte:
        assert (matte.mode, matte.size) == ("L", portrait.size)
        alpha = np.asarray(matte)
    path.unlink()
    assert editor.asked() == asked
    cropped = editor.rgba()[..., 3]
    rows, columns = (np.flatnonzero((alpha >= 8).any(axis=axis)) for axis in (1, 0))
    box = alpha[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    assert np.array_equal(box, cropped)
