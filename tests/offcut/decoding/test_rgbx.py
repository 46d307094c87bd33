"""Pixels of four bytes that numpy and Pillow share."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from offcut.decoding.rgbx import rgb_view
from offcut.source_image import SourceImage, tile_of
from PIL import Image

HEIGHT, WIDTH = 13, 10


def pixels() -> NDArray[np.uint8]:
    return np.random.default_rng(3).integers(0, 256, (HEIGHT, WIDTH, 4), np.uint8)


def test_pillow_sees_an_array_as_rgb_in_its_own_memory() -> None:
    array = pixels()
    image = rgb_view(array)
    copy = Image.fromarray(array[..., :3].copy())
    assert (image.mode, image.size) == ("RGB", (WIDTH, HEIGHT))
    assert np.array_equal(np.asarray(image), array[..., :3])
    for size in ((4, 5), (30, 30)):
        assert image.resize(size) == copy.resize(size)
    assert image.convert("RGBA") == copy.convert("RGBA")
    turn = Image.Transpose.ROTATE_90
    assert image.transpose(turn) == copy.transpose(turn)
    array[2, 3] = 77
    assert image.getpixel((3, 2)) == (77, 77, 77)


def test_pillow_does_not_change_the_array() -> None:
    array = pixels()
    before = array.copy()
    image = rgb_view(array)
    image.putpixel((0, 0), (1, 2, 3))
    image.putalpha(9)
    assert np.array_equal(array, before)


def test_a_tile_is_the_same_with_and_without_the_array() -> None:
    array = pixels()
    image = rgb_view(array)
    source = SourceImage(image, None, "JPEG", None, None, (), array)
    rows, columns = slice(2, 9), slice(3, 10)
    tile = source.tile(rows, columns)
    assert np.array_equal(tile[..., :3], tile_of(image, rows, columns)[..., :3])
