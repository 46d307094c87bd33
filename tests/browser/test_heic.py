"""Pictures as iPhones take them: this browser reads no HEIC, a decoder of ours does.

That it gives what Python gives is tested in test_parity.py.
"""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from editor_page import EditorPage
from files import saved
from heic_files import PROFILE, heic
from offcut_browser import OffcutBrowser
from PIL import Image
from waiting import until


def test_a_picture_of_an_iphone_comes_upright_with_its_profile_and_leaves_no_worker(
    browser: OffcutBrowser, photos: dict[str, Path], tmp_path: Path
) -> None:
    path = tmp_path / "IMG_0001.HEIC"
    with Image.open(photos["small"]) as photo:
        path.write_bytes(heic(photo.crop((0, 0, 400, 512)), is_turned=True))
    assert browser.cut_out(path) == "done", browser.failure()
    with Image.open(io.BytesIO(browser.cutout_bytes())) as cutout:
        assert cutout.size == (512, 400)
        assert cutout.info["icc_profile"] == PROFILE
    until(lambda: "heif" not in browser.devtools.workers(), "the end of its worker")


@pytest.mark.parametrize("suffix", ["heic", "tiff"])
def test_the_original_is_shown_though_the_browser_cannot_read_it(
    browser: OffcutBrowser, photos: dict[str, Path], tmp_path: Path, suffix: str
) -> None:
    path = tmp_path / f"a.{suffix}"
    with Image.open(photos["small"]) as photo:
        path.write_bytes(heic(photo) if suffix == "heic" else saved(photo, "TIFF"))
    assert browser.cut_out(path) == "done"
    editor = EditorPage(browser)
    place = (0.68, 0.15)  # the wall behind her
    assert editor.pixel(*place)[3] == 0
    browser.element("show-original").click()
    until(lambda: editor.pixel(*place)[3] == 255, "the original")
    assert editor.asked()["strokes"] == [], "it is no edit"


def test_a_damaged_picture_of_an_iphone_is_refused_and_the_whole_one_is_not(
    browser: OffcutBrowser, photos: dict[str, Path], tmp_path: Path
) -> None:
    path = tmp_path / "half.heic"
    with Image.open(photos["small"]) as photo:
        whole = heic(photo)
    path.write_bytes(whole[: len(whole) // 2])
    assert browser.cut_out(path) == "failed"
    assert browser.failure()["code"] == "CORRUPT_IMAGE"
    path.write_bytes(whole)
    assert browser.cut_out(path) == "done"
