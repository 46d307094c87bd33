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
    tiff_of_pages,
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


def pages(*kinds: dict[int, int]) -> bytes:
    """A TIFF of pages that are told apart by their sizes, the tags of each as given."""
    sizes = [(6 + 2 * number, 9) for number in range(len(kinds))]
    return tiff_of_pages([Image.fromarray(four_blocks(*size)) for size in sizes], kinds)


PREVIEW, MASK, OLD_PREVIEW = {254: 1}, {254: 4}, {255: 2}


@pytest.mark.parametrize("first", [PREVIEW, MASK, OLD_PREVIEW])
def test_the_preview_that_a_tiff_begins_with_is_not_its_picture(first: dict[int, int]) -> None:
    source = decode(pages(first, {254: 0}))
    assert_array_equal(rgb_of(source), four_blocks(8, 9))
    assert source.notices == ("MAIN_PAGE_TAKEN",)
    third = decode(pages(first, first, {}, {}))
    assert_array_equal(rgb_of(third), four_blocks(10, 9))
    assert third.notices == ("MAIN_PAGE_TAKEN", "FIRST_PICTURE_ONLY")


def test_a_tiff_of_previews_alone_gives_the_first_and_one_of_pages_too() -> None:
    assert decode(pages(PREVIEW, PREVIEW)).size == (6, 9)
    assert decode(pages({254: 2}, {254: 2})).size == (6, 9)
    assert decode(pages({}, {})).notices == ("FIRST_PICTURE_ONLY",)
    assert decode(pages({}, PREVIEW)).notices == ()


def test_the_picture_may_be_in_a_directory_below_its_preview() -> None:
    data = bytearray(pages({254: 1, 330: 0x7A7A7A7A}, {}))
    first = int.from_bytes(data[4:8], "little")
    count = int.from_bytes(data[first : first + 2], "little")
    link = first + 2 + 12 * count
    second = data[link : link + 4]
    data[link : link + 4] = bytes(4)
    source = decode(bytes(data).replace(b"zzzz", second))
    assert_array_equal(rgb_of(source), four_blocks(8, 9))
    assert source.notices == ("MAIN_PAGE_TAKEN",)


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
