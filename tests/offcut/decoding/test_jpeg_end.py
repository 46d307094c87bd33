"""A JPEG that lacks its end mark alone is whole; one that lacks pixels is not."""

from __future__ import annotations

import struct

import numpy as np
import pytest
from decoded import rgb_of
from files import RED, four_blocks, jpeg_with_segments, saved
from numpy.testing import assert_array_equal
from offcut.decoding.decode import decode, request_jpeg
from offcut.errors import DecodeError
from PIL import Image

KINDS: dict[str, dict[str, object]] = {
    "baseline": {},
    "progressive": {"progressive": True},
    "restarts": {"restart_marker_blocks": 3},
    "progressive with restarts": {"progressive": True, "restart_marker_rows": 1},
    "full colour": {"subsampling": 0, "optimize": True},
    "gray": {},
    "CMYK": {},
}
ENDS = {
    "none": b"",
    "zeros": bytes(2),
    "many zeros": bytes(5000),
    "half a mark": b"\xff",
    "half a mark and zeros": b"\xff" + bytes(511),
    "line end": b"\r\n",
}


def photo() -> Image.Image:
    noise = np.random.default_rng(7).integers(0, 256, (60, 45, 3), np.uint8)
    return Image.fromarray(noise).resize((97, 131))


def jpeg(kind: str) -> bytes:
    mode = {"gray": "L", "CMYK": "CMYK"}.get(kind, "RGB")
    return saved(photo().convert(mode), "JPEG", quality=80, **KINDS[kind])


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_jpeg_that_lacks_its_end_mark_alone_is_whole(kind: str, end: str) -> None:
    whole = jpeg(kind)
    assert_array_equal(rgb_of(decode(whole[:-2] + ENDS[end])), rgb_of(decode(whole)))


@pytest.mark.parametrize("filler", [b"", b"\0"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_jpeg_that_lacks_pixels_is_damaged(kind: str, filler: bytes) -> None:
    whole = jpeg(kind)
    for missing in (*range(4, 40), 69, 70, len(whole) // 3, len(whole) // 2):
        with pytest.raises(DecodeError) as caught:
            decode(whole[:-missing] + filler * missing)
        assert caught.value.code == "CORRUPT_IMAGE", missing


@pytest.mark.parametrize("behind", [b"junk", b"\r\n", bytes(4096), b"\xff\xd9"])
def test_what_follows_the_end_mark_counts_for_nothing(behind: bytes) -> None:
    whole = jpeg("baseline")
    assert_array_equal(rgb_of(decode(whole + behind)), rgb_of(decode(whole)))


def test_the_end_mark_of_a_thumbnail_is_not_that_of_the_picture() -> None:
    thumbnail = saved(Image.new("RGB", (8, 8), RED), "JPEG")
    whole = jpeg_with_segments(jpeg("baseline"), (0xE1, b"Exif\0\0" + bytes(8) + thumbnail))
    assert_array_equal(rgb_of(decode(whole[:-2])), rgb_of(decode(whole)))
    with pytest.raises(DecodeError):
        decode(whole[:-400])


def test_a_second_picture_may_follow_without_an_end_mark() -> None:
    whole = jpeg("baseline")
    assert_array_equal(rgb_of(decode(whole[:-2] + whole)), rgb_of(decode(whole)))


def test_another_decoder_is_given_the_mended_file() -> None:
    whole = jpeg("baseline")
    asked, mended = request_jpeg(whole, 100), request_jpeg(whole[:-2] + bytes(9), 100)
    assert asked is not None
    assert mended is not None
    assert mended.data == asked.data
    assert request_jpeg(whole[: len(whole) // 2], 100) is None


def test_a_picture_too_large_is_not_decoded_to_mend_it() -> None:
    data = bytearray(saved(four_blocks(), "JPEG")[:-2])
    struct.pack_into(">HH", data, data.index(b"\xff\xc0") + 5, 60_000, 60_000)
    with pytest.raises(DecodeError) as caught:
        decode(bytes(data))
    assert caught.value.code == "IMAGE_TOO_LARGE"
