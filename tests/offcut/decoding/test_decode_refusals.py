"""Files that are too large, broken, lying or foreign: each has its code, none its way."""

from __future__ import annotations

import struct
import tracemalloc
import warnings

import numpy as np
import pytest
from files import (
    LONG,
    SHORT,
    UNDEFINED,
    exif_block,
    exif_with_thumbnail,
    four_blocks,
    jpeg_with_segments,
    png_chunk,
    png_file,
    saved,
    tiff_block,
)
from offcut.decoding.decode import decode
from offcut.decoding.exif import read_orientation
from offcut.errors import DecodeError
from offcut.source_image import MAX_SIDE
from PIL import Image

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")


def refusal(data: bytes, max_megapixels: float = 100.0) -> DecodeError:
    with pytest.raises(DecodeError) as caught:
        decode(data, max_megapixels=max_megapixels)
    return caught.value


def noise(height: int = 64, width: int = 64) -> Image.Image:
    pixels = np.random.default_rng(3).integers(0, 256, (height, width, 3), np.uint8)
    return Image.fromarray(pixels)


def claiming(name: str, width: int, height: int) -> bytes:
    """A small file whose header names a size of its own choice."""
    data = bytearray(saved(noise(16, 16), name, **({"lossless": True} if name == "WEBP" else {})))
    if name == "JPEG":
        at = data.index(b"\xff\xc0") + 5
        struct.pack_into(">HH", data, at, height, width)
    elif name == "PNG":
        return png_file((height, width), [bytes(48)])
    elif name == "WEBP":
        struct.pack_into("<I", data, 21, (width - 1) | (height - 1) << 14)
    elif name == "GIF":
        struct.pack_into("<HH", data, 6, width, height)
    elif name == "BMP":
        struct.pack_into("<II", data, 18, width, height)
    else:
        sizes = [(256, LONG, 1, width), (257, LONG, 1, height), (258, SHORT, 1, 8)]
        strips = [(262, SHORT, 1, 1), (273, LONG, 1, 8), (278, LONG, 1, height), (279, LONG, 1, 9)]
        return tiff_block(sizes + strips)
    return bytes(data)


def test_a_file_without_bytes_is_empty() -> None:
    assert refusal(b"").code == "EMPTY_FILE"


@pytest.mark.parametrize("name", FORMATS)
def test_a_picture_over_the_limit_is_refused_by_its_header(name: str) -> None:
    data = claiming(name, 12000, 10000)
    tracemalloc.start()
    error = refusal(data)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert error.code == "IMAGE_TOO_LARGE"
    assert error.detail == {"megapixels": 120.0, "limit": 100.0, "width": 12000, "height": 10000}
    assert peak < 1 << 20


def test_the_limit_itself_is_allowed() -> None:
    data = saved(Image.new("RGB", (100, 50)), "PNG")
    assert decode(data, max_megapixels=0.005).size == (50, 100)
    assert refusal(data, max_megapixels=0.0049).code == "IMAGE_TOO_LARGE"


def test_a_side_beyond_what_jpeg_can_hold_is_too_large() -> None:
    assert decode(saved(Image.new("L", (MAX_SIDE, 1)), "PNG")).size == (1, MAX_SIDE)
    error = refusal(saved(Image.new("L", (MAX_SIDE + 1, 1)), "PNG"))
    assert error.code == "IMAGE_TOO_LARGE"
    assert "65536 x 1 pixels" in error.message


def test_a_webp_canvas_is_measured_before_its_decoder_is_made() -> None:
    canvas = b"VP8X" + struct.pack("<I", 10) + bytes(4) + b"\xff\xff\0" * 2
    data = b"RIFF" + struct.pack("<I", len(canvas) + 4) + b"WEBP" + canvas
    error = refusal(data)
    assert (error.code, error.detail["width"]) == ("IMAGE_TOO_LARGE", 65536)


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_file_cut_short_is_corrupt(name: str, share: float) -> None:
    data = saved(noise(), name)
    error = refusal(data[: int(len(data) * share)])
    assert error.code == "CORRUPT_IMAGE"
    assert error.detail["format"] == name.lower()


def naming_itself(bytes_each: int, tail: bytes) -> bytes:
    """Two thousand tags that all point at the same bytes."""
    tags = [(0x9000 + number, UNDEFINED, bytes_each, 0) for number in range(2000)]
    return tiff_block([(256, LONG, 1, 1), (257, LONG, 1, 1), *tags], tail=tail)


def test_exif_that_names_its_bytes_many_times_costs_nothing() -> None:
    block = naming_itself(60_000, bytes(36_000))
    jpeg = saved(four_blocks(), "JPEG")
    bomb = jpeg_with_segments(jpeg.replace(b"JFIF", b"JFIX"), (0xE1, b"Exif\0\0" + block))
    tracemalloc.start()
    assert decode(bomb).size == (32, 48)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4 << 20


def test_a_png_of_more_chunks_than_any_has_is_not_read_to_its_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plain = saved(four_blocks(), "PNG")
    pixels = plain.index(b"IDAT") - 4
    data = plain[:pixels] + png_chunk(b"teXt", b"") * 1000 + plain[pixels:]
    assert decode(data).size == (32, 48)
    monkeypatch.setattr("offcut.decoding.png_chunks._MOST_CHUNKS", 500)
    assert decode(plain).size == (32, 48)
    assert refusal(data).code == "CORRUPT_IMAGE"


def test_a_tiff_that_names_its_bytes_many_times_is_corrupt() -> None:
    tracemalloc.start()
    error = refusal(naming_itself(1 << 20, bytes(1 << 20)))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert error.code == "CORRUPT_IMAGE"
    assert peak < 4 << 20


@pytest.mark.parametrize(
    ("head", "name", "browser"),
    [
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "heic", 1),
        (b"\0\0\0\x18ftypisom\0\0\2\0isomiso2", "mp4", 0),
        (b"\xff\x0a\xfa\x1f", "jxl", 1),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "svg", 1),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- a -->\n<svg/>", "svg", 1),
        (b"<!DOCTYPE html><svg/>", "html", 0),
        (b"<?xml version='1.0'?><html><svg/></html>", "html", 0),
        (b"\0\0\0\x0cjP  \r\n\x87\n", "jp2", 0),
        (b"%PDF-1.7", "pdf", 0),
        (b"P6 1 1 255 abc", "ppm", 0),
        (b"version https://git-lfs.github.com/spec/v1", "text", 0),
        (b"\0\1\2\3", "unknown", 0),
        (b"RIFF\0\0\0\0WAVEfmt ", "unknown", 0),
    ],
)
def test_what_is_not_read_here_is_named(head: bytes, name: str, browser: int) -> None:
    error = refusal(head)
    assert error.code == "UNSUPPORTED_FORMAT"
    assert error.detail == {"format": name, "browser": browser}


def test_what_is_refused_comes_with_what_to_do() -> None:
    assert "heif-convert" in refusal(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic").message
    assert "djxl" in refusal(b"\xff\x0a\xfa\x1f").message
    assert "rsvg-convert" in refusal(b"<svg xmlns='http://www.w3.org/2000/svg'/>").message
    assert "JPEG, PNG or WebP" in refusal(b"8BPS").message


@pytest.mark.parametrize(
    ("marker", "bits", "components", "kind"),
    [
        (0xC0, 12, 3, "12 bits"),
        (0xC1, 12, 1, "12 bits"),
        (0xC2, 16, 3, "16 bits"),
        (0xC3, 8, 3, "lossless"),
        (0xC5, 8, 3, "hierarchical"),
        (0xCB, 8, 1, "lossless arithmetic"),
        (0xF7, 8, 1, "JPEG-LS"),
        (0xC0, 8, 2, "2 components"),
    ],
)
def test_a_sound_jpeg_of_a_rare_kind_is_unsupported_and_not_damaged(
    marker: int, bits: int, components: int, kind: str
) -> None:
    frame = struct.pack(">BHHB", bits, 16, 16, components)
    frame += b"".join(bytes((number, 0x11, 0)) for number in range(1, components + 1))
    scan = bytes((components,)) + b"".join(bytes((n, 0)) for n in range(1, components + 1))
    data = jpeg_with_segments(b"\xff\xd8", (marker, frame), (0xDA, scan + bytes((0, 63, 0))))
    error = refusal(data + bytes(range(1, 60)) + b"\xff\xd9")
    assert error.code == "UNSUPPORTED_FORMAT"
    assert error.detail == {"format": "jpeg", "kind": kind, "browser": 0}


def test_a_bmp_that_only_browsers_know_is_sent_to_them() -> None:
    data = bytearray(saved(noise(), "BMP"))
    struct.pack_into("<I", data, 30, 4)
    error = refusal(bytes(data))
    assert (error.code, error.detail["browser"]) == ("UNSUPPORTED_FORMAT", 1)


@pytest.mark.parametrize("compression", ["jpeg", "lzma", "zstd"])
def test_a_tiff_that_only_some_runtimes_can_unpack_is_unsupported_in_all(compression: str) -> None:
    error = refusal(saved(noise(), "TIFF", compression=compression))
    assert error.code == "UNSUPPORTED_FORMAT"
    assert error.detail == {"format": "tiff", "compression": compression, "browser": 0}


def test_a_tiff_with_a_tile_far_larger_than_itself_is_refused() -> None:
    sizes = [(256, LONG, 1, 16), (257, LONG, 1, 16), (258, SHORT, 1, 8), (259, SHORT, 1, 5)]
    tiles = [(322, LONG, 1, 32768), (323, LONG, 1, 32768), (324, LONG, 1, 8), (325, LONG, 1, 9)]
    error = refusal(tiff_block([*sizes, (262, SHORT, 1, 1), *tiles]))
    assert (error.code, error.detail["width"]) == ("IMAGE_TOO_LARGE", 32768)


def test_a_raw_photo_is_not_taken_for_its_thumbnail() -> None:
    data = tiff_block([(256, LONG, 1, 1), (0xC612, 1, 4, 0x0401)])
    assert refusal(data).detail == {"format": "raw", "browser": 0}


def test_broken_exif_is_as_good_as_none() -> None:
    whole = exif_block(6)
    for length in range(len(whole)):
        data = saved(four_blocks(), "PNG", exif=whole[:length])
        assert decode(data).size in ((32, 48), (48, 32))
    assert read_orientation(whole[:-4]) == 6
    assert [read_orientation(exif_block(value)) for value in (0, 9, 65535)] == [1, 1, 1]


def test_exif_is_kept_upright_and_without_its_thumbnail() -> None:
    thumbnail = saved(four_blocks(), "JPEG")
    data = saved(four_blocks(), "JPEG", exif=exif_with_thumbnail(6, thumbnail))
    exif = decode(data).exif
    assert exif is not None
    assert thumbnail in data
    assert thumbnail[:40] not in exif
    assert read_orientation(exif) == 1


def test_pillow_warns_nobody() -> None:
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        decode(png_file((1, 1), [b"abc"], chunks=png_chunk(b"acTL", bytes(8))))
        refusal(saved(noise(), "TIFF")[:100])
    assert heard == []
