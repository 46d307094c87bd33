"""An icon file holds one picture in several sizes: the largest is taken."""

from __future__ import annotations

import struct
from io import BytesIO

import pytest
from decoded import alpha_of, rgb_of
from files import saved
from offcut.decoding.decode import decode
from offcut.errors import DecodeError
from PIL import Image, ImageDraw


def icon(side: int) -> Image.Image:
    picture = Image.new("RGBA", (side, side))
    ImageDraw.Draw(picture).ellipse((2, 2, side - 3, side - 3), fill=(200, 40, 40, 255))
    return picture


@pytest.mark.parametrize("inner", ["png", "bmp"])
def test_the_largest_picture_of_an_icon_is_taken_with_its_alpha(inner: str) -> None:
    data = saved(icon(64), "ICO", sizes=[(16, 16), (64, 64), (32, 32)], bitmap_format=inner)
    source = decode(data)
    assert source.size == (64, 64)
    assert rgb_of(source)[32, 32].tolist() == [200, 40, 40]
    assert alpha_of(source)[0, 0] == 0
    assert alpha_of(source)[32, 32] == 255
    assert source.notices == ()


def test_the_directory_is_not_believed() -> None:
    data = bytearray(saved(icon(64), "ICO", sizes=[(16, 16), (64, 64)], bitmap_format="bmp"))
    for at in (6, 22):
        data[at], data[at + 1] = 80 - data[at], 80 - data[at + 1]  # 16 for 64 and 64 for 16
    assert decode(bytes(data)).size == (64, 64)


def test_a_cursor_is_an_icon() -> None:
    data = bytearray(saved(icon(32), "ICO", sizes=[(32, 32)], bitmap_format="bmp"))
    data[2] = 2
    assert decode(bytes(data)).size == (32, 32)


@pytest.mark.parametrize("cut", [10, 30, 60])
def test_an_icon_without_a_whole_picture_is_damaged(cut: int) -> None:
    data = saved(icon(32), "ICO", sizes=[(32, 32)], bitmap_format="bmp")
    with pytest.raises(DecodeError) as caught:
        decode(data[:cut])
    assert caught.value.code == "CORRUPT_IMAGE"


def test_an_icon_is_measured_before_it_is_decoded() -> None:
    data = bytearray(saved(icon(32), "ICO", sizes=[(32, 32)], bitmap_format="bmp"))
    struct.pack_into("<ii", data, 22 + 4, 20_000, 40_000)
    with pytest.raises(DecodeError) as caught:
        decode(bytes(data))
    assert caught.value.code == "IMAGE_TOO_LARGE"


def test_an_avif_is_read_where_pillow_can() -> None:
    pytest.importorskip("PIL._avif")
    buffer = BytesIO()
    icon(64).save(buffer, "AVIF", quality=95)
    source = decode(buffer.getvalue())
    assert source.size == (64, 64)
    assert abs(int(rgb_of(source)[32, 32, 0]) - 200) < 8
    assert alpha_of(source)[0, 0] == 0
