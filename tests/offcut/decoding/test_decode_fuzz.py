"""Whatever the bytes are: a picture within the limit or a DecodeError, and nothing else."""

from __future__ import annotations

import numpy as np
from files import exif_with_thumbnail, icc_profile, saved
from fuzzing import tries
from hypothesis import given
from hypothesis import strategies as st
from offcut.decoding.decode import decode, from_rgba
from offcut.errors import DecodeError
from PIL import Image

LIMIT = 0.01


def two_frames() -> dict[str, object]:
    # New ones each time, because Pillow leaves one encoder's settings in them for the next.
    return {"save_all": True, "append_images": [Image.new("RGB", (9, 12), "red")]}


def seeds() -> list[bytes]:
    """Small whole files of every format, with what hangs on them."""
    pixels = np.random.default_rng(5).integers(0, 256, (12, 9, 4), np.uint8)
    rgba = Image.fromarray(pixels)
    rgb, gray = rgba.convert("RGB"), rgba.convert("L")
    exif = exif_with_thumbnail(6, b"thumbnail")
    extras = {"exif": exif, "icc_profile": icc_profile()}
    deep = Image.fromarray(np.arange(108, dtype=np.uint16).reshape(12, 9) * 600)
    return [
        saved(rgb.copy(), "JPEG", **extras),
        saved(rgb.copy(), "JPEG", progressive=True),
        saved(rgba.convert("CMYK"), "JPEG"),
        saved(rgb.copy(), "MPO", **two_frames()),
        saved(rgba, "PNG", **extras),
        saved(rgb.quantize(8), "PNG", transparency=2),
        saved(deep, "PNG"),
        saved(rgb.copy(), "PNG", **two_frames()),
        saved(rgba, "WEBP", lossless=True, **extras),
        saved(rgb.copy(), "WEBP", **two_frames()),
        saved(rgb.quantize(8), "GIF", transparency=1),
        saved(rgb.copy(), "GIF", **two_frames()),
        saved(rgba, "BMP"),
        saved(rgb.quantize(8), "BMP"),
        saved(rgba, "TIFF"),
        saved(deep, "TIFF", compression="tiff_adobe_deflate"),
        saved(rgb.copy(), "TIFF", **two_frames()),
        saved(gray, "TIFF", compression="packbits"),
        saved(rgb.copy(), "TIFF", compression="tiff_lzw"),
    ]


SEEDS = seeds()


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A whole file with some bytes changed, mostly near its start, or cut or doubled."""
    data = bytearray(draw(st.sampled_from(SEEDS)))
    near_the_start = st.integers(0, min(len(data), 160) - 1)
    place = near_the_start | st.integers(0, len(data) - 1)
    for at, value in draw(st.lists(st.tuples(place, st.integers(0, 255)), max_size=6)):
        data[at] = value
    start, length = draw(st.tuples(place, st.integers(0, 40)))
    piece = data[start : start + length]
    match draw(st.sampled_from(["keep", "cut", "drop", "double"])):
        case "cut":
            del data[start:]
        case "drop":
            del data[start : start + length]
        case "double":
            data[start:start] = piece
        case _:
            pass
    return bytes(data)


def check_outcome(data: bytes) -> None:
    try:
        source = decode(data, max_megapixels=LIMIT)
    except DecodeError as error:
        assert error.code in DecodeError.codes
        return
    height, width = source.size
    assert 0 < height * width <= LIMIT * 1e6
    assert source.image.mode == "RGB"
    assert source.own_alpha is None or source.own_alpha.size == source.image.size
    assert source.rgb_band(slice(0, height)).shape == (height, width, 3)


def test_every_whole_file_is_a_picture() -> None:
    for data in SEEDS:
        assert sorted(decode(data).size) == [9, 12]


@tries(400)
@given(mutated())
def test_a_mutated_file_is_a_picture_or_a_decode_error(data: bytes) -> None:
    check_outcome(data)


@tries(400)
@given(st.sampled_from([data[:16] for data in SEEDS]), st.binary(max_size=200))
def test_a_signature_with_anything_behind_it_is_a_decode_error(head: bytes, rest: bytes) -> None:
    check_outcome(head + rest)


@given(st.integers(1, 9), st.integers(1, 9), st.data())
def test_pixels_of_a_browser_come_back_whole(height: int, width: int, data: st.DataObject) -> None:
    count = height * width * 4
    pixels = data.draw(st.binary(min_size=count, max_size=count))
    source = from_rgba(pixels, height, width)
    alpha = source.own_alpha_band(slice(0, height))
    rgba = np.frombuffer(pixels, np.uint8).reshape(height, width, 4)
    shown = rgba[..., 3] > 0
    assert (source.rgb_band(slice(0, height))[shown] == rgba[shown, :3]).all()
    assert (rgba[..., 3] == (255 if alpha is None else alpha)).all()
