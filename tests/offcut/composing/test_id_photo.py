"""Photos for passports: millimetres, dpi and places, measured at the saved file."""

from __future__ import annotations

import io
import re
import zlib
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from offcut import OffcutError, OffcutOptions
from offcut.composing.print_sheet import PAPERS, make_sheet
from offcut.cutout import Cutout, render
from offcut.options.id_photos import ID_PHOTOS, id_photo_options
from PIL import Image
from subjects import subject_of

CROWN, CHIN, EYES, MIDDLE = 200, 500, 340, 410
"""Of a head in a picture of 900 x 800."""
MARKS = {"crown": f"{MIDDLE},{CROWN}", "chin": f"{MIDDLE},{CHIN}", "eyes": str(EYES)}


def head() -> NDArray[np.uint8]:
    """An ellipse from crown to chin, on shoulders that are cut by the picture's edge."""
    y, x = np.mgrid[:900, :800] + 0.5
    face = np.hypot((y - 350) / 150, (x - MIDDLE) / 110) <= 1
    body = np.hypot((y - 900) / 330, (x - MIDDLE) / 300) <= 1
    neck = (np.abs(x - MIDDLE) < 60) & (y > 400)
    return np.where(face | body | neck, 255, 0).astype(np.uint8)


def made(**options: Any) -> Cutout:
    return render(subject_of(head()), OffcutOptions(**options))


def opened(cutout: Cutout) -> Image.Image:
    image = Image.open(io.BytesIO(cutout.encoded))
    image.load()
    return image


def is_head(image: Image.Image) -> NDArray[np.bool_]:
    rgb = np.asarray(image.convert("RGB")).astype(int)
    return rgb[..., 0] - rgb[..., 2] > 60


@pytest.mark.parametrize("file_format", ["png", "jpeg"])
@pytest.mark.parametrize("name", ID_PHOTOS)
def test_the_file_has_the_size_the_resolution_and_the_head_of_its_format(
    name: str, file_format: str
) -> None:
    form = ID_PHOTOS[name]
    options = id_photo_options(name, {"id_photo": name, "format": file_format, **MARKS})
    image = opened(made(**options))
    dpi = image.info["dpi"]
    assert dpi == pytest.approx((form.dpi, form.dpi), abs=0.02)
    per_mm = form.dpi / 25.4
    assert image.width / per_mm == pytest.approx(form.width, abs=0.5 / per_mm)
    assert image.height / per_mm == pytest.approx(form.height, abs=0.5 / per_mm)
    seen = is_head(image)
    crown = np.flatnonzero(seen.any(axis=1))[0] / per_mm
    head_mm = sum(form.head) / 2
    # The middle of the head is that of the photo, and what is beside it has the colour asked for.
    columns = np.flatnonzero(seen[round((crown + head_mm * 0.4) * per_mm)])
    assert (columns[0] + columns[-1] + 1) / 2 == pytest.approx(image.width / 2, abs=1.5)
    corner = np.asarray(image.convert("RGB"))[2, 2]
    wanted = [int(form.background[at : at + 2], 16) for at in (1, 3, 5)]
    assert np.abs(corner.astype(int) - wanted).max() <= 1
    if form.eyes is None:
        top = (form.height - head_mm) * 0.36 if form.top is None else form.top
        assert crown == pytest.approx(top, abs=0.15)
    else:
        eyes = crown + head_mm * (EYES - CROWN) / (CHIN - CROWN)
        assert form.height - eyes == pytest.approx(sum(form.eyes) / 2, abs=0.15)


def test_the_head_is_as_high_as_the_format_wants_it() -> None:
    """Without shoulders, so that the chin can be seen."""
    y, x = np.mgrid[:900, :800] + 0.5
    alpha = np.where(np.hypot((y - 350) / 150, (x - MIDDLE) / 110) <= 1, 255, 0).astype(np.uint8)
    options = id_photo_options("de-passport", {"id_photo": "de-passport", **MARKS})
    image = opened(render(subject_of(alpha), OffcutOptions(**options)))
    rows = np.flatnonzero(is_head(image).any(axis=1))
    assert len(rows) / (600 / 25.4) == pytest.approx(34, abs=0.1)


def test_ones_own_format_and_marks_in_per_cent() -> None:
    marks = {"crown": "51.25% 22.2222%", "chin": "51.25% 55.5556%"}
    image = opened(made(id_photo="own", id_size="40x60", id_head=30, dpi=254, **marks))
    assert image.size == (400, 600)
    crown = np.flatnonzero(np.asarray(image)[..., 3].any(axis=1))[0]
    assert crown / 10 == pytest.approx((60 - 30) * 0.36, abs=0.15)


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("name", ["de-passport", "us-passport", "es-card"])
def test_a_sheet_has_the_papers_size_and_photos_of_theirs(name: str, paper: str) -> None:
    form = ID_PHOTOS[name]
    given = {"id_photo": name, "sheet": paper, "dpi": 300, **MARKS}
    cutout = made(**id_photo_options(name, given))
    image = opened(cutout)
    assert image.format == "JPEG"
    assert image.info["dpi"] == (300, 300)
    sides = sorted(side / (300 / 25.4) for side in image.size)
    assert sides == pytest.approx(sorted(PAPERS[paper]), abs=0.05)
    # White paper between photos that are red at the top: count what is there, and measure one.
    photo = Image.new(
        "RGB", (round(form.width * 300 / 25.4), round(form.height * 300 / 25.4)), "red"
    )
    sheet = np.asarray(make_sheet(photo, paper, 300)).astype(int)
    red = (sheet[..., 0] == 255) & (sheet[..., 1] == 0)
    count = red.sum() / (photo.width * photo.height)
    assert count == round(count) >= 1
    across = np.diff(np.flatnonzero(np.diff(np.pad(red.any(axis=0), 1).astype(int))))[::2]
    assert np.abs(across / (300 / 25.4) - form.width).max() < 0.05
    margin = np.flatnonzero(red.any(axis=0))[0] / (300 / 25.4)
    assert margin >= 3 - 0.05
    if (name, paper) == ("de-passport", "10x15"):
        assert count == 8


def test_cutting_marks_stand_at_the_corners_and_never_in_a_photo() -> None:
    photo = Image.new("RGB", (413, 531), "red")
    sheet = np.asarray(make_sheet(photo, "10x15", 300)).astype(int)
    is_mark = (sheet == 120).all(axis=2)
    red = (sheet[..., 0] == 255) & (sheet[..., 1] == 0)
    assert red.sum() % (413 * 531) == 0
    top, left = np.flatnonzero(red.any(axis=1))[0], np.flatnonzero(red.any(axis=0))[0]
    assert is_mark[top - 1, left]
    assert is_mark[top, left - 1]
    assert not is_mark[top - 1, left + 40]
    assert is_mark.sum() == 4 * (4 + 2) * 24


def test_a_pdf_has_a_page_as_large_as_the_paper_and_does_not_say_when_it_was_made() -> None:
    cutout = made(id_photo="fr-passport", sheet="a4", sheet_pdf=True, background="#d9dde3", **MARKS)
    assert cutout.media_type == "application/pdf"
    assert cutout.encoded.startswith(b"%PDF-")
    (box,) = re.findall(rb"/MediaBox \[ 0 0 ([\d.]+) ([\d.]+) \]", cutout.encoded)
    millimetres = sorted(float(side) / 72 * 25.4 for side in box)
    assert millimetres == pytest.approx([210, 297], abs=0.1)
    assert b"Date" not in cutout.encoded
    assert zlib.crc32(cutout.encoded) == zlib.crc32(
        made(
            id_photo="fr-passport", sheet="a4", sheet_pdf=True, background="#d9dde3", **MARKS
        ).encoded
    )


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"id_photo": "us-passport"}, "id_photo needs crown and chin"),
        ({"id_photo": "us-passport", "canvas": "9x9", **MARKS}, "id_photo cannot be combined"),
        ({"sheet": "a4"}, "sheet needs an id_photo"),
        ({"id_photo": "us-passport", "sheet_pdf": True, **MARKS}, "sheet_pdf needs a sheet"),
        ({"id_photo": "mars", **MARKS}, "id_photo must be one of"),
        ({"id_photo": "own", "id_size": "4x5", **MARKS}, "id_size must be width x height in mm"),
        ({"id_photo": "us-passport", "crown": "5,9", "chin": "5,9"}, "chin must be below"),
        ({"id_photo": "us-passport", "crown": "5", "chin": "5,9"}, "crown must be two lengths"),
    ],
)
def test_what_cannot_be_is_said(options: dict[str, Any], sentence: str) -> None:
    with pytest.raises(OffcutError, match=sentence):
        made(**options)


def test_every_format_says_where_its_numbers_are_from() -> None:
    assert len(ID_PHOTOS) >= 12
    for form in ID_PHOTOS.values():
        assert "." in form.source
        assert form.read in ("page", "quoted")
        assert form.date >= "2026-01-01"
        assert 0.4 < form.head[0] / form.height <= form.head[1] / form.height < 0.85
