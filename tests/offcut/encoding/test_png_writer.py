"""The PNG that is written: the picture, small, and nothing else in it."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

import numpy as np
from encoded import CHANNELS, EXIF, Pixels, bands_of, noise, opened, photo_like, written
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_array_equal
from offcut.encoding.png_writer import encode_png
from PIL import Image


def text_like(height: int, width: int) -> Pixels:
    """Repeat a few glyphs in random order on white, as a page of text does."""
    random = np.random.default_rng(7)
    glyphs = random.choice(np.array([0, 255], np.uint8), (12, 16, 8), p=[0.3, 0.7])
    order = random.integers(0, 12, (height // 16, width // 8))
    page = glyphs[order].swapaxes(1, 2).reshape(height // 16 * 16, width // 8 * 8)
    return np.dstack([page, page, page, np.full_like(page, 255)])


def chunks_of(file: bytes) -> list[tuple[bytes, bytes]]:
    """Walk a PNG's chunks, checking signature, lengths and checksums."""
    assert file[:8] == b"\x89PNG\r\n\x1a\n"
    chunks: list[tuple[bytes, bytes]] = []
    at = 8
    while at < len(file):
        length, kind = struct.unpack_from(">I4s", file, at)
        payload = file[at + 8 : at + 8 + length]
        (checksum,) = struct.unpack_from(">I", file, at + 8 + length)
        assert checksum == zlib.crc32(kind + payload)
        chunks.append((kind, payload))
        at += 12 + length
    assert at == len(file)
    return chunks


@settings(deadline=None)
@given(
    st.sampled_from(CHANNELS).flatmap(
        lambda channels: hnp.arrays(
            np.uint8,
            st.tuples(st.integers(1, 40), st.integers(1, 40), st.just(channels)),
            elements=st.sampled_from([0, 0, 0, 1, 2, 84, 85, 127, 128, 129, 170, 254, 255]),
        )
    ),
    st.integers(1, 40),
)
def test_a_png_read_is_the_picture_written(pixels: Pixels, rows: int) -> None:
    channels = pixels.shape[2]
    file = encode_png(bands_of(pixels, rows), pixels.shape[:2], channels=channels, band_packer=None)
    image = opened(file)
    assert_array_equal(np.asarray(image).reshape(pixels.shape), pixels)


def test_every_combination_of_neighbours_survives_the_paeth_filter() -> None:
    # Of three neighbours only their order and distances matter: 0 to 255 in steps of 5.
    corner, above, left = np.meshgrid(*[np.arange(0, 256, 5, dtype=np.uint8)] * 3)
    here = np.arange(corner.size, dtype=np.uint32).astype(np.uint8) * np.uint8(37)
    top = np.stack([corner.ravel(), above.ravel()], axis=1).reshape(52, -1)
    bottom = np.stack([left.ravel(), here], axis=1).reshape(52, -1)
    pixels = np.stack([top, bottom], axis=1).reshape(104, -1)
    assert_array_equal(np.asarray(opened(written(pixels))), pixels)


def test_photograph_and_graphic_in_one_picture_both_survive() -> None:
    page = text_like(320, 640)
    photo = photo_like(320, 640)
    pixels = np.concatenate([photo, page, photo, page])
    assert_array_equal(np.asarray(opened(written(pixels, rows=160))), pixels)


def test_an_empty_picture_is_a_tiny_file() -> None:
    pixels = np.zeros((1000, 1000, 4), np.uint8)
    file = written(pixels, rows=250)
    assert len(file) < 6000
    assert_array_equal(np.asarray(opened(file)), pixels)


def test_a_photographs_cutout_is_hardly_larger_than_from_pillow() -> None:
    pixels = photo_like(600, 800)
    theirs = BytesIO()
    Image.fromarray(pixels).save(theirs, "PNG", compress_level=6)
    assert len(written(pixels, rows=300)) <= 1.06 * len(theirs.getvalue())


def test_a_page_of_text_is_packed_by_its_repetitions() -> None:
    pixels = text_like(640, 800)
    theirs = BytesIO()
    Image.fromarray(pixels).save(theirs, "PNG", compress_level=6)
    assert len(written(pixels, rows=320)) <= 1.15 * len(theirs.getvalue())


def test_a_png_holds_nothing_but_pixels_by_default() -> None:
    kinds = [kind for kind, _ in chunks_of(written(noise((300, 300), 4)))]
    assert kinds[0] == b"IHDR"
    assert kinds[-1] == b"IEND"
    assert set(kinds[1:-1]) == {b"IDAT"}


def test_a_large_png_has_its_pixels_in_several_chunks() -> None:
    sizes = [len(payload) for kind, payload in chunks_of(written(noise((500, 500), 4)))
             if kind == b"IDAT"]  # fmt: skip
    assert len(sizes) > 1
    assert max(sizes) < 1 << 20


def test_a_pngs_pixel_stream_is_a_whole_zlib_stream() -> None:
    pixels = np.concatenate([photo_like(160, 320), text_like(160, 320)])
    chunks = chunks_of(written(pixels, rows=160))
    stream = zlib.decompressobj()
    rows = stream.decompress(b"".join(payload for kind, payload in chunks if kind == b"IDAT"))
    assert stream.eof
    assert not stream.unused_data
    assert len(rows) == 320 * (1 + 320 * 4)


def test_a_png_names_profile_and_exif_before_its_pixels() -> None:
    chunks = chunks_of(written(noise((9, 9), 4), icc_profile=b"a profile", exif=EXIF))
    assert [kind for kind, _ in chunks] == [b"IHDR", b"iCCP", b"eXIf", b"IDAT", b"IEND"]
    name, _, packed = chunks[1][1].partition(b"\0")
    assert 1 <= len(name) <= 79
    assert packed[0] == 0
    assert zlib.decompress(packed[1:]) == b"a profile"
    assert chunks[2][1] == EXIF.removeprefix(b"Exif\0\0")
