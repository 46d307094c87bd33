"""A PNG's colours mean what its chunks say: the expected ones are as Chromium 156 draws them."""

from __future__ import annotations

import struct
import zlib

import numpy as np
import pytest
from decoded import rgb_of
from files import icc_profile, png_chunk, png_file
from numpy.testing import assert_allclose
from offcut.decoding.decode import decode
from offcut.source_image import SourceImage

SRGB_POINTS = (31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000)
P3_POINTS = (31270, 32900, 68000, 32000, 26500, 69000, 15000, 6000)
COLOR = (40, 90, 160)


def cicp(primaries: int, transfer: int, matrix: int = 0, full: int = 1) -> bytes:
    return png_chunk(b"cICP", bytes((primaries, transfer, matrix, full)))


def gama(value: float) -> bytes:
    return png_chunk(b"gAMA", struct.pack(">I", round(value * 100_000)))


def chrm(points: tuple[int, ...]) -> bytes:
    return png_chunk(b"cHRM", struct.pack(">8I", *points))


def iccp(profile: bytes) -> bytes:
    return png_chunk(b"iCCP", b"name\0\0" + zlib.compress(profile))


SRGB = png_chunk(b"sRGB", b"\0")


def decoded(color: tuple[int, ...], chunks: bytes) -> SourceImage:
    return decode(png_file((2, 2), [bytes(color) * 2] * 2, chunks=chunks))


def color_of(source: SourceImage) -> list[int]:
    return rgb_of(source)[0, 0].tolist()


@pytest.mark.parametrize(
    "chunks",
    [
        b"",
        cicp(1, 13),
        cicp(2, 2),
        cicp(12, 13, full=0),
        cicp(12, 13, matrix=1),
        chrm(P3_POINTS),
        SRGB,
        gama(0.45455),
        gama(0.44),
        chrm(SRGB_POINTS),
        SRGB + gama(1.0) + chrm(P3_POINTS),
        iccp(icc_profile()) + gama(1.0),
        cicp(1, 13) + gama(1.0),
        cicp(77, 13),
        cicp(1, 77),
        gama(0),
        gama(1.0)[:-1] + b"\0",
        png_chunk(b"gAMA", b"\0"),
        gama(1.0) + chrm((0,) * 8),
        gama(1.0) + chrm((31270, 32900) * 4),
    ],
)
def test_colours_that_are_srgb_already_are_left_alone(chunks: bytes) -> None:
    source = decoded(COLOR, chunks)
    assert color_of(source) == list(COLOR)
    assert source.notices == ()


@pytest.mark.parametrize(
    ("value", "chunks", "expected"),
    [
        ((4, 26, 91), gama(1.0), (34, 90, 161)),
        ((4, 26, 91), gama(1.0) + chrm(SRGB_POINTS), (34, 90, 161)),
        ((4, 26, 91), cicp(1, 8), (34, 90, 161)),
        ((4, 26, 91), cicp(2, 2) + gama(1.0), (34, 90, 161)),
        ((69, 78, 10), gama(0.22727), (10, 17, 0)),
        ((12, 21, 96), gama(0.5), (7, 20, 105)),
        ((68, 16, 126), gama(0.45455) + chrm(SRGB_POINTS), (66, 7, 127)),
        ((26, 40, 128), cicp(1, 1), (13, 28, 121)),
        ((40, 64, 160), cicp(1, 17), (23, 48, 154)),
    ],
)
def test_an_exponent_is_put_right(
    value: tuple[int, ...], chunks: bytes, expected: tuple[int, ...]
) -> None:
    source = decoded(value, chunks)
    assert_allclose(color_of(source), expected, atol=1)
    assert source.notices == ()


@pytest.mark.parametrize(
    ("value", "chunks", "expected"),
    [
        (COLOR, cicp(12, 13), (10, 91, 165)),
        ((0, 255, 0), cicp(12, 13), (0, 255, 0)),
        ((128, 128, 128), cicp(12, 13), (128, 128, 128)),
        (COLOR, gama(0.45455) + chrm(P3_POINTS), (0, 91, 167)),
        (COLOR, gama(1.0) + chrm(P3_POINTS), (94, 162, 212)),
        ((206, 251, 97), cicp(10, 13), (143, 255, 0)),
        (COLOR, cicp(6, 13), (47, 91, 160)),
        # Brighter than white: the curve of a plain screen.
        ((81, 91, 119), cicp(9, 16), (26, 64, 116)),
        (COLOR, cicp(9, 16), (0, 56, 224)),
        (COLOR, cicp(1, 16), (8, 58, 218)),
        ((213, 102, 201), cicp(12, 16), (255, 0, 241)),
        ((81, 91, 119), cicp(9, 18), (51, 67, 89)),
        ((206, 251, 97), cicp(9, 18), (64, 255, 0)),
        ((49, 21, 199), cicp(1, 18), (32, 9, 164)),
        ((230, 230, 230), cicp(9, 18), (234, 234, 234)),
    ],
)
def test_other_primaries_and_brighter_light_are_converted_and_said(
    value: tuple[int, ...], chunks: bytes, expected: tuple[int, ...]
) -> None:
    source = decoded(value, chunks)
    assert_allclose(color_of(source), expected, atol=1)
    assert source.notices == ("COLORS_CONVERTED",)


def test_the_first_of_several_statements_counts() -> None:
    p3, linear = cicp(12, 13), gama(1.0)
    profile = iccp(icc_profile())
    assert color_of(decoded(COLOR, p3 + SRGB + profile)) != list(COLOR)
    assert decoded(COLOR, p3 + profile).icc_profile is None
    assert decoded(COLOR, profile + SRGB + linear).icc_profile == icc_profile()
    assert color_of(decoded(COLOR, cicp(77, 1) + linear)) != list(COLOR)


def test_gray_and_palettes_are_converted_too() -> None:
    gray = decode(png_file((1, 1), [bytes((26,))], colour_type=0, chunks=gama(1.0)))
    assert_allclose(color_of(gray), (90, 90, 90), atol=1)
    palette = gama(1.0) + png_chunk(b"PLTE", bytes((4, 26, 91)))
    indexed = decode(png_file((1, 1), [b"\0"], colour_type=3, chunks=palette))
    assert_allclose(color_of(indexed), (34, 90, 161), atol=1)


def test_bands_join_without_a_seam() -> None:
    row = np.tile(np.array(COLOR, np.uint8), 1000).tobytes()
    source = decode(png_file((700, 1000), [row] * 700, chunks=cicp(12, 13)))
    assert (rgb_of(source) == rgb_of(source)[0, 0]).all()
