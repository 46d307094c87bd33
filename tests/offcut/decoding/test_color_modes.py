"""Every kind of pixel becomes RGB with an alpha of its own: gray, palettes, 16 bits, CMYK."""

from __future__ import annotations

import numpy as np
import pytest
from decoded import alpha_of, rgb_of
from files import (
    BLUE,
    GREEN,
    RED,
    four_blocks,
    png_chunk,
    png_file,
    saved,
)
from numpy.testing import assert_allclose, assert_array_equal
from offcut.api import to_picture
from offcut.decoding.decode import decode, from_rgba
from offcut.options.options import OffcutOptions
from offcut.source_image import SourceImage
from PIL import Image


@pytest.mark.parametrize("mode", ["L", "LA", "P", "1", "RGBA"])
@pytest.mark.parametrize("name", ["PNG", "TIFF"])
def test_gray_palette_and_bilevel_pictures_become_rgb(name: str, mode: str) -> None:
    gray = Image.fromarray(np.repeat(np.array([[0, 255]], np.uint8), 4, axis=0))
    source = decode(saved(gray.convert(mode), name))
    assert_array_equal(rgb_of(source)[0], [(0, 0, 0), (255, 255, 255)])
    assert source.own_alpha is None


def test_alpha_of_rgba_is_kept_and_colours_that_show_are_left_alone() -> None:
    alpha = np.linspace(0, 255, 32 * 48).reshape(32, 48).astype(np.uint8)
    source = decode(saved(np.dstack([four_blocks(), alpha]), "PNG"))
    assert_array_equal(alpha_of(source), alpha)
    assert_array_equal(rgb_of(source)[alpha > 0], four_blocks()[alpha > 0])


def test_colours_that_nobody_sees_are_erased() -> None:
    alpha = np.full((32, 48), 255, np.uint8)
    alpha[:, 24:] = 0
    pixels = np.dstack([four_blocks(), alpha])
    for source in (
        decode(saved(pixels, "PNG")),
        decode(saved(pixels, "WEBP", lossless=True, exact=True)),
        from_rgba(pixels.tobytes(), 32, 48),
        to_picture(Image.fromarray(pixels), OffcutOptions()),
    ):
        assert isinstance(source, SourceImage)
        assert_array_equal(rgb_of(source)[:, :24], four_blocks()[:, :24])
        assert (rgb_of(source)[:, 24:] == 0).all()


def test_alpha_of_gray_is_kept() -> None:
    gray_alpha = Image.merge("LA", (Image.new("L", (3, 2), 70), Image.new("L", (3, 2), 9)))
    source = decode(saved(gray_alpha, "PNG"))
    assert (rgb_of(source) == 70).all()
    assert (alpha_of(source) == 9).all()


def test_a_palette_with_alpha_gives_each_index_its_own() -> None:
    palette = png_chunk(b"PLTE", bytes(RED + GREEN + BLUE))
    alphas = png_chunk(b"tRNS", bytes((0, 128)))
    data = png_file((1, 3), [bytes((0, 1, 2))], colour_type=3, chunks=palette + alphas)
    source = decode(data)
    assert_array_equal(rgb_of(source)[:, 1:], [[GREEN, BLUE]])
    assert_array_equal(alpha_of(source), [[0, 128, 255]])


def test_one_transparent_colour_of_rgb_is_cut_exactly() -> None:
    key = png_chunk(b"tRNS", bytes((0, 255, 0, 0, 0, 0)))
    row = bytes((*RED, 255, 0, 1, *RED, *BLUE))
    source = decode(png_file((1, 4), [row], chunks=key))
    assert_array_equal(alpha_of(source), [[0, 255, 0, 255]])


def test_one_transparent_colour_of_sixteen_bits_is_cut() -> None:
    row = np.array([0x1234, 0x5678, 0x9ABC, 0x3412, 0x7856, 0xBC9A], ">u2").tobytes()
    source = decode(png_file((1, 2), [row], bits=16, chunks=png_chunk(b"tRNS", row[:6])))
    assert_array_equal(alpha_of(source), [[0, 255]])


@pytest.mark.parametrize(
    ("bits", "row", "key"),
    [(1, b"\x40", 1), (2, b"\x64", 2), (4, b"\x5a\x50", 10), (8, b"\5\7\5", 7)],
)
def test_one_transparent_gray_is_cut_at_every_depth(bits: int, row: bytes, key: int) -> None:
    chunk = png_chunk(b"tRNS", bytes((0, key)))
    source = decode(png_file((1, 3), [row], bits=bits, colour_type=0, chunks=chunk))
    assert alpha_of(source)[0, 1] == 0
    assert alpha_of(source)[0, [0, 2]].tolist() == [255, 255]


def test_sixteen_bit_gray_is_scaled_and_not_clipped() -> None:
    levels = np.arange(0, 65536, 257, dtype=np.uint16).reshape(16, 16)
    for name in ("PNG", "TIFF"):
        source = decode(saved(Image.fromarray(levels), name))
        assert_array_equal(rgb_of(source)[..., 1], levels >> 8)
        assert source.notices == ("REDUCED_TO_8_BIT",)


def test_sixteen_bit_colour_is_reduced_and_said_so() -> None:
    row = np.array([0x12FF, 0x8001, 0xFF80], ">u2").tobytes()
    source = decode(png_file((1, 1), [row], bits=16))
    assert_array_equal(rgb_of(source), [[(0x12, 0x80, 0xFF)]])
    assert source.notices == ("REDUCED_TO_8_BIT",)


def test_a_transparent_sixteen_bit_gray_is_told_from_its_neighbour() -> None:
    row = np.array([0x8000, 0x8001], ">u2").tobytes()
    key = png_chunk(b"tRNS", b"\x80\x01")
    source = decode(png_file((1, 2), [row], bits=16, colour_type=0, chunks=key))
    assert_array_equal(alpha_of(source), [[255, 0]])


@pytest.mark.parametrize("name", ["JPEG", "TIFF"])
def test_cmyk_is_converted_and_said_so(name: str) -> None:
    inks = np.zeros((16, 16, 4), np.uint8)
    inks[:, 8:] = (0, 255, 255, 0)
    options = {"quality": 100, "subsampling": 0} if name == "JPEG" else {}
    source = decode(saved(Image.fromarray(inks, "CMYK"), name, **options))
    assert_allclose(rgb_of(source)[4, 2].astype(int), (255, 255, 255), atol=2)
    assert_allclose(rgb_of(source)[4, 13].astype(int), RED, atol=2)
    assert source.notices == ("CONVERTED_CMYK",)
