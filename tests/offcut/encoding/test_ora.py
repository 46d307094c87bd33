"""An OpenRaster file: a ZIP that says what it is, its layers, the finished picture, a thumbnail."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from zipfile import ZIP_STORED, ZipFile

import numpy as np
import pytest
from encoded import bands_of, photo_like
from layered import difference, flat, ora_layers, ora_members, written
from numpy.testing import assert_array_equal
from offcut.encoding.ora_writer import encode_ora
from PIL import Image
from subjects import disc, photo_of, subject_of

ALPHA = disc(60, 91, radius=22, softness=6)
PHOTO = photo_of(ALPHA)
SUBJECT = subject_of(ALPHA, PHOTO)


def test_programs_know_it_by_its_first_member() -> None:
    with ZipFile(BytesIO(written(SUBJECT, format="ora"))) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", ZIP_STORED)
        assert archive.read(first) == b"image/openraster"


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"background": "#ff000080", "shadow": True, "outline": "6%"},
        {"crop": True, "margin": "7px", "background": "navy"},
        {"canvas": "150x120", "scale": 0.8},
        {"output": "inverse"},
        {"output": "matte"},
    ],
    ids=str,
)
def test_its_layers_show_the_result_and_so_does_the_picture_beside_them(
    options: dict[str, Any],
) -> None:
    file = written(SUBJECT, format="ora", **options)
    expected = flat(SUBJECT, **options)
    merged = Image.open(BytesIO(ora_members(file)["mergedimage.png"]))
    assert_array_equal(np.asarray(merged.convert("RGBA")), expected)
    shown = Image.new("RGBA", merged.size)
    for attributes, pixels in reversed(ora_layers(file)):
        if attributes["visibility"] == "visible":
            layer = Image.new("RGBA", merged.size)
            layer.paste(Image.fromarray(pixels), (int(attributes["x"]), int(attributes["y"])))
            shown = Image.alpha_composite(shown, layer)
    assert difference(np.asarray(shown), expected) <= 2


def test_the_whole_picture_lies_hidden_below_the_cut_out() -> None:
    layers = ora_layers(written(SUBJECT, format="ora", crop=True, background="white"))
    assert [attributes["name"] for attributes, _ in layers] == ["Cut-out", "Picture", "Background"]
    (_, cutout), (picture, pixels), _ = layers
    assert picture["visibility"] == "hidden"
    assert int(picture["x"]) < 0
    assert_array_equal(pixels[..., :3], PHOTO)
    assert (pixels[..., 3] == 255).all()
    assert_array_equal(cutout[..., 3], ALPHA)


@pytest.mark.parametrize("height", [40, 700, 2500])
@pytest.mark.parametrize("options", [{}, {"background": "navy"}, {"output": "matte"}], ids=str)
def test_its_thumbnail_is_small_and_shows_the_result(height: int, options: dict[str, Any]) -> None:
    subject = subject_of(disc(height, 90, radius=30))
    members = ora_members(written(subject, format="ora", **options))
    thumbnail = Image.open(BytesIO(members["Thumbnails/thumbnail.png"]))
    assert thumbnail.mode == "RGBA"
    assert max(thumbnail.size) == min(256, max(height, 90))
    whole = Image.fromarray(flat(subject, **options))
    expected = whole.resize(thumbnail.size, Image.Resampling.BOX)
    # It is made of some of the pixels: what differs are edges.
    differences = np.abs(np.asarray(thumbnail).astype(int) - np.asarray(expected))
    assert differences.mean() < 12


@pytest.mark.parametrize("rows", [1, 7, 512])
def test_the_bands_heights_do_not_show_in_the_thumbnail(rows: int) -> None:
    pixels = photo_like(2100, 40)
    files = [
        encode_ora([], bands_of(pixels, height), pixels.shape[:2], channels=4)
        for height in (rows, len(pixels))
    ]
    few, one = (ora_members(file)["Thumbnails/thumbnail.png"] for file in files)
    assert few == one
