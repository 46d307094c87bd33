"""PNG files that are damaged, cut short, or have more in them than a picture."""

from __future__ import annotations

import tracemalloc
import zlib

import pytest
from files import (
    png_chunk,
    png_file,
    saved,
)
from offcut.decoding.decode import decode
from offcut.errors import DecodeError
from PIL import Image


def refusal(data: bytes, max_megapixels: float = 100.0) -> DecodeError:
    with pytest.raises(DecodeError) as caught:
        decode(data, max_megapixels=max_megapixels)
    return caught.value


@pytest.mark.parametrize("interlaced", [0, 1])
def test_a_png_whose_stream_ends_early_is_corrupt(interlaced: int) -> None:
    rows = [bytes([200] * 48)] * 4
    data = bytearray(png_file((16, 16), rows))
    header = bytes(data[16:28]) + bytes((interlaced,))
    data[8:33] = png_chunk(b"IHDR", header)
    assert refusal(bytes(data)).code == "CORRUPT_IMAGE"


def test_an_interlaced_png_is_measured_by_its_passes() -> None:
    # Of 16 x 2 pixels passes 1, 3, 5 and 6 have rows of one pixel, and pass 7 has rows of two.
    rows = [b"abc"] * (2 + 2 + 4 + 8) + [b"abcabc"] * 8
    whole = bytearray(png_file((16, 2), rows))
    whole[8:33] = png_chunk(b"IHDR", bytes(whole[16:28]) + b"\1")
    assert decode(bytes(whole)).image.getextrema() == ((97, 97), (98, 98), (99, 99))
    # Short by a row, yet as long as sixteen rows that are not interlaced.
    cut = bytearray(png_file((16, 2), rows[:-1]))
    cut[8:33] = whole[8:33]
    assert refusal(bytes(cut)).code == "CORRUPT_IMAGE"


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P", "1", "I;16"])
def test_a_black_png_is_not_mistaken_for_one_that_ends_early(mode: str) -> None:
    assert decode(saved(Image.new(mode, (33, 17)), "PNG")).size == (17, 33)


def test_a_black_interlaced_png_is_complete_when_its_seven_passes_are() -> None:
    # Of 3 x 3 pixels passes 1, 4, 5, 6 and 7 have some: in rows of 1, 1, 2, 1 (twice) and 3.
    passes = [bytes(3), bytes(3), bytes(6), bytes(3), bytes(3), bytes(9)]
    data = bytearray(png_file((3, 3), passes))
    data[8:33] = png_chunk(b"IHDR", bytes(data[16:28]) + b"\1")
    assert decode(bytes(data)).size == (3, 3)


@pytest.mark.parametrize(
    "damaged",
    [
        png_chunk(b"zTXt", b"Comment\0\0" + b"no zlib stream"),
        png_chunk(b"iCCP", b"name\0\7"),
        png_chunk(b"pHYs", b"\0"),
        png_chunk(b"tEXt", b"transparency\0 7") + png_chunk(b"zTXt", b"exif\0\0x"),
        png_chunk(b"gAMA", bytes(4))[:-1] + b"\xee",
    ],
)
def test_a_damaged_side_chunk_does_not_spoil_a_png(damaged: bytes) -> None:
    assert decode(png_file((1, 1), [b"abc"], chunks=damaged)).image.getpixel((0, 0)) == (97, 98, 99)


@pytest.mark.parametrize("kind", [b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME", b"vpAg"])
@pytest.mark.parametrize("damage", ["payload", "checksum", "length", "cut off", "cut off early"])
@pytest.mark.parametrize("is_behind", [False, True])
def test_a_side_chunk_may_be_damaged_in_any_way_and_anywhere(
    kind: bytes, damage: str, is_behind: bool
) -> None:
    chunk = png_chunk(kind, b"Comment\0\0" + bytes(range(40)))
    damaged = {
        "payload": chunk[:14] + b"\xff\xfe" + chunk[16:],
        "checksum": chunk[:-2] + b"zz",
        "length": (7).to_bytes(4, "big") + chunk[4:],
        "cut off": chunk[:-6],
        "cut off early": chunk[:7],
    }[damage]
    row = bytes(range(30))
    if is_behind:
        whole = png_file((3, 10), [row] * 3)
        end = b"" if "cut off" in damage else whole[-12:]
        data = whole[:-12] + damaged + end
    else:
        data = png_file((3, 10), [row] * 3, chunks=damaged)
    assert decode(data).image.tobytes() == row * 3


@pytest.mark.parametrize("missing", [4, 8, 11, 12, 14, 16])
def test_a_png_that_lacks_its_end_alone_is_whole(missing: int) -> None:
    whole = png_file((3, 10), [bytes(range(30))] * 3)
    assert decode(whole[:-missing]).image.tobytes() == bytes(range(30)) * 3


def test_transparency_that_is_damaged_is_left_out() -> None:
    key = png_chunk(b"tRNS", b"\0a\0b\0c")
    assert decode(png_file((1, 1), [b"abc"], chunks=key)).own_alpha is not None
    assert decode(png_file((1, 1), [b"abc"], chunks=key[:-1] + b"z")).own_alpha is None


def test_chunks_that_lead_astray_without_end_cost_no_time() -> None:
    astray = (png_chunk(b"IDAT", b"") + b"\xff\xff\xff\xff....") * 50_000
    assert refusal(png_file((1, 1), [b"abc"], chunks=astray)).code == "CORRUPT_IMAGE"


def test_a_text_bomb_in_a_png_is_thrown_away() -> None:
    bomb = png_chunk(b"zTXt", b"k\0\0" + zlib.compress(bytes(1 << 26)))
    tracemalloc.start()
    source = decode(png_file((1, 1), [b"abc"], chunks=bomb * 4))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert source.size == (1, 1)
    assert peak < 1 << 23
