"""Asking for a JPEG's pixels outside: which files, and with what left out."""

from __future__ import annotations

import io

import numpy as np
import pytest
from offcut.decoding.decode import decode, request_jpeg
from PIL import Image

WIDTH, HEIGHT = 40, 24


def jpeg(mode: str = "RGB", **settings: object) -> bytes:
    """A small JPEG with structure in it."""
    ramp = np.linspace(0, 255, WIDTH * HEIGHT * 3).astype(np.uint8).reshape(HEIGHT, WIDTH, 3)
    file = io.BytesIO()
    Image.fromarray(ramp).convert(mode).save(file, "JPEG", **settings)
    return file.getvalue()


def turned_exif() -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = 6
    return exif


@pytest.mark.parametrize("subsampling", [0, 1, 2])
def test_the_pixels_of_the_request_are_those_of_the_file(subsampling: int) -> None:
    data = jpeg(subsampling=subsampling, exif=turned_exif(), comment=b"by hand")
    request = request_jpeg(data, 100)
    assert request is not None
    assert (request.height, request.width) == (HEIGHT, WIDTH)
    with Image.open(io.BytesIO(request.data)) as bare:
        assert not bare.getexif()
        assert "comment" not in bare.info
        with Image.open(io.BytesIO(data)) as whole:
            assert np.array_equal(np.asarray(bare), np.asarray(whole))


def test_the_answer_takes_the_place_of_pillows_pixels_and_is_turned_upright() -> None:
    data = jpeg(exif=turned_exif())
    answer = np.full((HEIGHT, WIDTH, 4), (10, 20, 30, 7), np.uint8)
    source = decode(data, jpeg_pixels=answer)
    assert source.size == (WIDTH, HEIGHT)
    assert source.image.getpixel((0, 0)) == (10, 20, 30)


def test_without_an_answer_pillow_decodes() -> None:
    data = jpeg()
    with Image.open(io.BytesIO(data)) as expected:
        assert np.array_equal(np.asarray(decode(data).image), np.asarray(expected))


def test_junk_between_the_markers_is_passed_over() -> None:
    data = jpeg()
    second = 4 + int.from_bytes(data[4:6], "big")
    request = request_jpeg(data[:second] + b"junk\xff\x00" + data[second:], 100)
    assert request is not None
    with Image.open(io.BytesIO(request.data)) as bare, Image.open(io.BytesIO(data)) as whole:
        assert np.array_equal(np.asarray(bare), np.asarray(whole))


def test_what_has_no_colours_is_left_to_pillow() -> None:
    assert request_jpeg(jpeg("L"), 100) is None


def test_print_colours_are_asked_for_as_rgb_and_said() -> None:
    data = jpeg("CMYK", subsampling=2)
    request = request_jpeg(data, 100)
    assert request is not None
    with Image.open(io.BytesIO(request.data)) as bare:
        assert bare.mode == "CMYK"
    answer = np.full((HEIGHT, WIDTH, 4), (10, 20, 30, 7), np.uint8)
    source = decode(data, jpeg_pixels=answer)
    assert source.image.getpixel((0, 0)) == (10, 20, 30)
    assert source.notices == ("CONVERTED_CMYK",)


def test_a_picture_that_is_too_large_is_not_asked_for() -> None:
    assert request_jpeg(jpeg(), 0.0001) is None


@pytest.mark.parametrize("data", [b"", b"\x89PNG", b"\xff\xd8", b"\xff\xd8\xff\xe0\x00\x10JF"])
def test_what_is_no_whole_jpeg_is_not_asked_for(data: bytes) -> None:
    assert request_jpeg(data, 100) is None


def test_a_jpeg_without_pixels_is_not_asked_for() -> None:
    data = jpeg()
    assert request_jpeg(data[: data.index(b"\xff\xda")], 100) is None
