"""TIFF files, whose ways to store pixels are many."""

from __future__ import annotations

import zlib

import numpy as np
import pytest
from decoded import STORED_AS, rgb_of
from files import (
    LONG,
    SHORT,
    four_blocks,
    saved,
    tiff_block,
)
from numpy.testing import assert_array_equal
from numpy.typing import NDArray
from offcut.decoding.decode import decode
from offcut.errors import DecodeError
from PIL import Image


def sixteen_bit_tiff(photometric: int, levels: NDArray[np.uint16]) -> bytes:
    height, width = levels.shape
    tags = [
        (256, LONG, 1, width),
        (257, LONG, 1, height),
        (258, 3, 1, 16),
        (262, 3, 1, photometric),
        (273, LONG, 1, 8 + 2 + 12 * 7 + 4),
        (278, LONG, 1, height),
        (279, LONG, 1, levels.nbytes),
    ]
    return tiff_block(tags, tail=levels.astype("<u2").tobytes())


def test_white_is_zero_is_turned_round() -> None:
    levels = np.array([[0, 0x1234, 0xFFFF]], np.uint16)
    assert_array_equal(rgb_of(decode(sixteen_bit_tiff(0, levels)))[0, :, 0], [255, 0xED, 0])
    assert_array_equal(rgb_of(decode(sixteen_bit_tiff(1, levels)))[0, :, 0], [0, 0x12, 255])


@pytest.mark.parametrize(
    "compression", ["tiff_lzw", "packbits", "tiff_deflate", "tiff_adobe_deflate"]
)
@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "P", "1"])
def test_a_compressed_tiff_gives_what_a_plain_one_gives(mode: str, compression: str) -> None:
    picture = Image.fromarray(four_blocks(19, 27)).convert(mode)
    plain = decode(saved(picture, "TIFF"))
    # Strips of seven rows: the last has five.
    packed = decode(saved(picture.copy(), "TIFF", compression=compression, tiffinfo={278: 7}))
    assert_array_equal(rgb_of(packed), rgb_of(plain))


@pytest.mark.parametrize("deep", [False, True])
def test_a_deflated_tiff_of_differences_is_summed_up(deep: bool) -> None:
    gray = np.arange(64 * 32, dtype=np.uint16).reshape(32, 64) * 31
    picture = Image.fromarray(gray if deep else (gray >> 8).astype(np.uint8))
    data = saved(picture, "TIFF", compression="tiff_adobe_deflate", tiffinfo={317: 2})
    assert_array_equal(rgb_of(decode(data))[..., 0], gray >> 8)


def test_a_deflated_tile_larger_than_its_picture_is_cut_to_it() -> None:
    levels = np.arange(256, dtype=np.uint8).reshape(16, 16)
    packed = zlib.compress(levels.tobytes())
    sizes = [(256, LONG, 1, 3), (257, LONG, 1, 2), (258, SHORT, 1, 8), (259, SHORT, 1, 8)]
    tiles = [(322, SHORT, 1, 16), (323, SHORT, 1, 16), (324, LONG, 1, 8 + 2 + 12 * 9 + 4)]
    data = tiff_block(
        [*sizes, (262, SHORT, 1, 1), *tiles, (325, LONG, 1, len(packed))], tail=packed
    )
    assert_array_equal(rgb_of(decode(data))[..., 0], levels[:2, :3])


def test_a_deflated_tiff_is_turned_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    stored = np.ascontiguousarray(STORED_AS[6](four_blocks()))
    source = decode(saved(stored, "TIFF", exif=exif, compression="tiff_adobe_deflate"))
    assert_array_equal(rgb_of(source), four_blocks())


@pytest.mark.parametrize("mode", ["F", "I", "LAB"])
def test_a_tiff_without_a_way_to_rgb_is_unsupported(mode: str) -> None:
    with pytest.raises(DecodeError) as caught:
        decode(saved(Image.new(mode, (4, 4)), "TIFF"))
    assert caught.value.code == "UNSUPPORTED_FORMAT"
    assert caught.value.detail == {"format": "tiff", "mode": mode, "browser": 0}
