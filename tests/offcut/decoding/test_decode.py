"""What a file holds is what comes out: upright, in RGB, with its own alpha and profile."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from decoded import STORED_AS, alpha_of, rgb_of
from files import (
    BLUE,
    GREEN,
    LONG,
    RED,
    UNDEFINED,
    exif_block,
    four_blocks,
    gif_with_small_frame,
    icc_profile,
    jpeg_with_segments,
    png_chunk,
    saved,
    tiff_block,
)
from numpy.testing import assert_allclose, assert_array_equal
from offcut.decoding.decode import decode, from_rgba
from PIL import Image

LOSSLESS: dict[str, Callable[[Image.Image], bytes]] = {
    "PNG": lambda image: saved(image, "PNG"),
    "WEBP": lambda image: saved(image, "WEBP", lossless=True),
    "GIF": lambda image: saved(image.quantize(8), "GIF"),
    "BMP": lambda image: saved(image, "BMP"),
    "TIFF": lambda image: saved(image, "TIFF"),
}


@pytest.mark.parametrize("name", LOSSLESS)
def test_a_lossless_file_gives_the_very_pixels(name: str) -> None:
    source = decode(LOSSLESS[name](Image.fromarray(four_blocks())))
    assert_array_equal(rgb_of(source), four_blocks())
    assert source.format == name
    assert source.image.mode == "RGB"
    assert source.own_alpha is None
    assert source.notices == ()


def test_a_jpeg_gives_the_picture_within_its_quality() -> None:
    source = decode(saved(four_blocks(), "JPEG", quality=100, subsampling=0))
    assert_allclose(rgb_of(source).astype(int), four_blocks().astype(int), atol=3)


def test_a_memoryview_is_as_good_as_bytes() -> None:
    data = saved(four_blocks(), "WEBP", lossless=True)
    assert_array_equal(rgb_of(decode(memoryview(data))), four_blocks())


@pytest.mark.parametrize("orientation", STORED_AS)
@pytest.mark.parametrize("name", ["JPEG", "PNG", "TIFF"])
def test_every_orientation_comes_out_upright(name: str, orientation: int) -> None:
    stored = np.ascontiguousarray(STORED_AS[orientation](four_blocks()))
    exif = Image.Exif()
    exif[0x0112] = orientation
    lossless = {"JPEG": {"quality": 100, "subsampling": 0}, "WEBP": {"lossless": True}}
    source = decode(saved(stored, name, exif=exif, **lossless.get(name, {})))
    assert_allclose(rgb_of(source).astype(int), four_blocks().astype(int), atol=3)


def test_a_webp_is_shown_as_it_is_stored_and_so_is_a_png_whose_exif_comes_late() -> None:
    # Both as Chromium 156 shows them.
    webp = saved(four_blocks(), "WEBP", lossless=True, exif=exif_block(6))
    assert_array_equal(rgb_of(decode(webp)), four_blocks())
    png = saved(four_blocks(), "PNG")
    late = png[:-12] + png_chunk(b"eXIf", exif_block(6)[6:]) + png[-12:]
    assert_array_equal(rgb_of(decode(late)), four_blocks())


def test_alpha_turns_with_the_picture() -> None:
    upright = np.dstack([four_blocks(), four_blocks()[..., 0]])
    stored = np.ascontiguousarray(STORED_AS[6](upright))
    source = decode(saved(stored, "PNG", exif=exif_block(6)))
    assert_array_equal(alpha_of(source), upright[..., 3])


@pytest.mark.parametrize("name", ["GIF", "WEBP", "PNG", "TIFF"])
def test_of_several_frames_the_first_is_used_and_said_so(name: str) -> None:
    frames = [Image.new("RGB", (8, 6), colour) for colour in (RED, GREEN, BLUE)]
    lossless = {"WEBP": {"lossless": True}}.get(name, {})
    data = saved(frames[0], name, save_all=True, append_images=frames[1:], **lossless)
    source = decode(data)
    assert (rgb_of(source) == RED).all()
    assert source.notices == ("FIRST_PICTURE_ONLY" if name == "TIFF" else "FIRST_FRAME_ONLY",)


def multi_picture_jpeg(kind: int) -> bytes:
    entry = (0).to_bytes(16, "little")
    second = (kind << 16).to_bytes(4, "little") + bytes(12)
    index = tiff_block(
        [(0xB001, LONG, 1, 2), (0xB002, UNDEFINED, 32, 8 + 2 + 24 + 4)], tail=entry + second
    )
    return jpeg_with_segments(saved(four_blocks(), "JPEG"), (0xE2, b"MPF\0" + index))


def test_a_second_picture_in_a_jpeg_is_told_from_a_thumbnail() -> None:
    assert decode(multi_picture_jpeg(2)).notices == ("FIRST_PICTURE_ONLY",)
    assert decode(multi_picture_jpeg(1)).notices == ()


def test_a_gain_map_is_not_a_second_picture() -> None:
    gain_map = (0xE1, b"http://ns.adobe.com/xap/1.0/\0 hdrgm:Version='1.0'")
    assert decode(jpeg_with_segments(multi_picture_jpeg(0), gain_map)).notices == ()


def test_the_canvas_of_a_gif_counts_and_is_clear_around_its_frame() -> None:
    source = decode(gif_with_small_frame((5, 7), left=3, top=1))
    expected = np.zeros((5, 7), np.uint8)
    expected[1:3, 3:5] = 255
    assert_array_equal(alpha_of(source), expected)
    assert (rgb_of(source)[expected > 0] == RED).all()


@pytest.mark.parametrize("name", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_an_rgb_profile_is_carried_to_the_byte(name: str) -> None:
    source = decode(saved(four_blocks(), name, icc_profile=icc_profile()))
    assert source.icc_profile == icc_profile()
    assert source.notices == ()


def test_a_gray_profile_is_dropped_and_said_so() -> None:
    gray = Image.new("L", (4, 4))
    source = decode(saved(gray, "PNG", icc_profile=icc_profile(b"GRAY")))
    assert source.icc_profile is None
    assert source.notices == ("PROFILE_DROPPED",)


@pytest.mark.parametrize("broken", [b"", b"not a profile", icc_profile()[:100], bytes(200)])
def test_what_is_no_profile_is_not_carried(broken: bytes) -> None:
    source = decode(saved(four_blocks(), "PNG", icc_profile=broken))
    assert source.icc_profile is None
    assert source.notices == ()


@pytest.mark.parametrize(("height", "width"), [(1, 1), (1, 30000), (30000, 1)])
@pytest.mark.parametrize("name", ["JPEG", "PNG", "BMP", "TIFF", "GIF"])
def test_the_thinnest_pictures_are_pictures(name: str, height: int, width: int) -> None:
    source = decode(saved(Image.new("RGB", (width, height), "white"), name))
    assert source.size == (height, width)
    assert (rgb_of(source) == 255).all()


def test_the_picture_of_the_browser_is_taken_as_it_is() -> None:
    pixels = np.dstack([four_blocks(), four_blocks()[..., 1]])
    source = from_rgba(pixels.tobytes(), 32, 48, icc_profile=icc_profile())
    assert_array_equal(alpha_of(source), pixels[..., 3])
    shown = pixels[..., 3] > 0
    assert_array_equal(rgb_of(source)[shown], four_blocks()[shown])
    assert (source.format, source.icc_profile) == ("RGBA", icc_profile())


def test_an_opaque_picture_of_the_browser_has_no_alpha() -> None:
    assert from_rgba(memoryview(b"\xff" * 24), 2, 3).own_alpha is None


@pytest.mark.parametrize(("height", "width"), [(2, 2), (0, 6), (-1, -6)])
def test_pixels_of_another_size_are_a_mistake_of_the_caller(height: int, width: int) -> None:
    with pytest.raises(ValueError, match="RGBA pixels"):
        from_rgba(bytes(24), height, width)
