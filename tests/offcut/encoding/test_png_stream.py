"""Bands that are packed elsewhere, at any time, make up the same picture."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from io import BytesIO

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_array_equal
from numpy.typing import NDArray
from offcut.encoding.png_filters import filter_rows
from offcut.encoding.png_stream import Piece, join_checksums
from offcut.encoding.png_writer import encode_png
from PIL import Image

BANDS = 24


class SlowPacker:
    """Packs a band when it is asked for it, or after it has been asked often enough."""

    def __init__(self, slots: int, patience: int) -> None:
        self.packed = 0
        self._slots: list[Piece | None] = [None] * slots
        self._asked = 0
        self._patience = patience

    def begin(self) -> None:
        self._slots = [None] * len(self._slots)

    def free_slot(self) -> int:
        return self._slots.index(None) if None in self._slots else -1

    def put(
        self,
        slot: int,
        above: NDArray[np.uint8],
        rows: NDArray[np.uint8],
        pixel_bytes: int,
        filter_type: int,
    ) -> None:
        blocks = b"".join(b.tobytes() for b in filter_rows(rows, above, pixel_bytes, filter_type))
        packer = zlib.compressobj(1, zlib.DEFLATED, -15, 8, zlib.Z_RLE)
        packed = packer.compress(blocks) + packer.flush(zlib.Z_SYNC_FLUSH)
        self._slots[slot] = Piece(packed, zlib.adler32(blocks), len(blocks))
        self.packed += 1

    def is_packed(self, slot: int) -> bool:
        assert self._slots[slot] is not None
        self._asked += 1
        return self._asked % self._patience == 0

    def take(self, slot: int) -> Piece:
        piece = self._slots[slot]
        assert piece is not None
        self._slots[slot] = None
        return piece


@pytest.fixture
def picture() -> NDArray[np.uint8]:
    """Photograph, graphic and emptiness, one after the other."""
    rng = np.random.default_rng(3)
    pixels = np.zeros((BANDS * 20, 90, 4), np.uint8)
    pixels[60:200] = rng.integers(0, 256, (140, 90, 4))
    pixels[200:260] = np.repeat(rng.integers(0, 3, (60, 9, 4)), 10, axis=1) * 80
    pixels[300:420, 20:70] = rng.integers(90, 110, (120, 50, 4))
    return pixels


def bands_of(pixels: NDArray[np.uint8]) -> Iterator[NDArray[np.uint8]]:
    yield from np.split(pixels, BANDS)


@pytest.mark.parametrize("slots", [1, 2, 5])
@pytest.mark.parametrize("patience", [1, 2, 7])
def test_other_threads_change_nothing_in_the_picture(
    picture: NDArray[np.uint8], slots: int, patience: int
) -> None:
    packer = SlowPacker(slots, patience)
    file = encode_png(bands_of(picture), picture.shape[:2], channels=4, band_packer=packer)
    with Image.open(BytesIO(file)) as opened:
        assert_array_equal(np.asarray(opened), picture)
    assert packer.packed > 0


def test_a_file_that_was_given_up_leaves_nothing_in_the_next(picture: NDArray[np.uint8]) -> None:
    def broken() -> Iterator[NDArray[np.uint8]]:
        yield from list(bands_of(picture))[:5]
        raise KeyboardInterrupt

    packer = SlowPacker(2, 3)
    with pytest.raises(KeyboardInterrupt):
        encode_png(broken(), picture.shape[:2], channels=4, band_packer=packer)
    file = encode_png(bands_of(picture), picture.shape[:2], channels=4, band_packer=packer)
    with Image.open(BytesIO(file)) as opened:
        assert_array_equal(np.asarray(opened), picture)


@given(st.binary(max_size=300), st.binary(max_size=300))
def test_checksums_join(first: bytes, second: bytes) -> None:
    joined = join_checksums(zlib.adler32(first), zlib.adler32(second), len(second))
    assert joined == zlib.adler32(first + second)
