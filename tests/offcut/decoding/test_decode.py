"""What a file holds is what comes out: upright, in RGB, with its own alpha and profile."""

from __future__ import annotations

import zlib
from collections.abc import Callable

import numpy as np
import pytest
from files import (
    BLUE,
    GREEN,
    LONG,
    RED,
    SHORT,
    UNDEFINED,
    exif_block,
    four_blocks,
    gif_with_small_frame,
    icc_profile,
    jpeg_with_segments,
    png_chunk,
    png_file,
    saved,
    tiff_block,
)
from numpy.testing import assert_allclose, assert_array_equal
from numpy.typing import NDArray
from offcut.decoding.decode import decode, from_rgba
from offcut.errors import DecodeError
from offcut.source_image import SourceImage
from PIL import Image

LOSSLESS: dict[str, Callable[[Image.Image], bytes]] = {
    "PNG": lambda image: saved(image, "PNG"),
    "WEBP": lambda image: saved(image, "WEBP", lossless=True),
    "GIF": lambda image: saved(image.quantize(8), "GIF"),
    "BMP": lambda image: saved(image, "BMP"),
    "TIFF": lambda image: saved(image, "TIFF"),
}
# Undo what the orientation asks for: how a camera would have stored the upright picture.
STORED_AS: dict[int, Callable[[NDArray[np.uint8]], NDArray[np.uint8]]] = {
    1: lambda pixels: pixels,
    2: lambda pixels: pixels[:, ::-1],
    3: lambda pixels: pixels[::-1, ::-1],
    4: lambda pixels: pixels[::-1],
    5: lambda pixels: pixels.swapaxes(0, 1),
    6: lambda pixels: pixels[:, ::-1].swapaxes(0, 1),
    7: lambda pixels: pixels[::-1, ::-1].swapaxes(0, 1),
    8: lambda pixels: pixels[::-1].swapaxes(0, 1),
}


def rgb_of(source: SourceImage) -> NDArray[np.uint8]:
    return np.asarray(source.image)


def alpha_of(source: SourceImage) -> NDArray[np.uint8]:
    assert source.own_alpha is not None
    return np.asarray(source.own_alpha)


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
@pytest.mark.parametrize("name", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_every_orientation_comes_out_upright(name: str, orientation: int) -> None:
    stored = np.ascontiguousarray(STORED_AS[orientation](four_blocks()))
    exif = Image.Exif()
    exif[0x0112] = orientation
    lossless = {"JPEG": {"quality": 100, "subsampling": 0}, "WEBP": {"lossless": True}}
    source = decode(saved(stored, name, exif=exif, **lossless.get(name, {})))
    assert_allclose(rgb_of(source).astype(int), four_blocks().astype(int), atol=3)


def test_alpha_turns_with_the_picture() -> None:
    upright = np.dstack([four_blocks(), four_blocks()[..., 0]])
    stored = np.ascontiguousarray(STORED_AS[6](upright))
    source = decode(saved(stored, "PNG", exif=exif_block(6)))
    assert_array_equal(alpha_of(source), upright[..., 3])


@pytest.mark.parametrize("mode", ["L", "LA", "P", "1", "RGBA"])
@pytest.mark.parametrize("name", ["PNG", "TIFF"])
def test_gray_palette_and_bilevel_pictures_become_rgb(name: str, mode: str) -> None:
    gray = Image.fromarray(np.repeat(np.array([[0, 255]], np.uint8), 4, axis=0))
    source = decode(saved(gray.convert(mode), name))
    assert_array_equal(rgb_of(source)[0], [(0, 0, 0), (255, 255, 255)])
    assert source.own_alpha is None


def test_alpha_of_rgba_is_kept_and_colours_are_left_alone() -> None:
    alpha = np.linspace(0, 255, 32 * 48).reshape(32, 48).astype(np.uint8)
    source = decode(saved(np.dstack([four_blocks(), alpha]), "PNG"))
    assert_array_equal(alpha_of(source), alpha)
    assert_array_equal(rgb_of(source), four_blocks())


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
    assert_array_equal(rgb_of(source), [[RED, GREEN, BLUE]])
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


@pytest.mark.parametrize("name", ["JPEG", "TIFF"])
def test_cmyk_is_converted_and_said_so(name: str) -> None:
    inks = np.zeros((16, 16, 4), np.uint8)
    inks[:, 8:] = (0, 255, 255, 0)
    options = {"quality": 100, "subsampling": 0} if name == "JPEG" else {}
    source = decode(saved(Image.fromarray(inks, "CMYK"), name, **options))
    assert_allclose(rgb_of(source)[4, 2].astype(int), (255, 255, 255), atol=2)
    assert_allclose(rgb_of(source)[4, 13].astype(int), RED, atol=2)
    assert source.notices == ("CONVERTED_CMYK",)


@pytest.mark.parametrize("name", ["GIF", "WEBP", "PNG", "TIFF"])
def test_of_several_frames_the_first_is_used_and_said_so(name: str) -> None:
    frames = [Image.new("RGB", (8, 6), colour) for colour in (RED, GREEN, BLUE)]
    lossless = {"WEBP": {"lossless": True}}.get(name, {})
    data = saved(frames[0], name, save_all=True, append_images=frames[1:], **lossless)
    source = decode(data)
    assert (rgb_of(source) == RED).all()
    assert source.notices == ("FIRST_FRAME_ONLY",)


def multi_picture_jpeg(kind: int) -> bytes:
    entry = (0).to_bytes(16, "little")
    second = (kind << 16).to_bytes(4, "little") + bytes(12)
    index = tiff_block(
        [(0xB001, LONG, 1, 2), (0xB002, UNDEFINED, 32, 8 + 2 + 24 + 4)], tail=entry + second
    )
    return jpeg_with_segments(saved(four_blocks(), "JPEG"), (0xE2, b"MPF\0" + index))


def test_a_second_picture_in_a_jpeg_is_told_from_a_thumbnail() -> None:
    assert decode(multi_picture_jpeg(2)).notices == ("FIRST_FRAME_ONLY",)
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
    assert_array_equal(rgb_of(source), four_blocks())
    assert_array_equal(alpha_of(source), pixels[..., 3])
    assert (source.format, source.icc_profile) == ("RGBA", icc_profile())


def test_an_opaque_picture_of_the_browser_has_no_alpha() -> None:
    assert from_rgba(memoryview(b"\xff" * 24), 2, 3).own_alpha is None


@pytest.mark.parametrize(("height", "width"), [(2, 2), (0, 6), (-1, -6)])
def test_pixels_of_another_size_are_a_mistake_of_the_caller(height: int, width: int) -> None:
    with pytest.raises(ValueError, match="RGBA pixels"):
        from_rgba(bytes(24), height, width)
