"""The zlib stream of a PNG: bands of rows, packed here or in other threads, in their order.

Decides: which bands other threads pack and which ones Python packs itself, when it waits for them.
"""

from __future__ import annotations

import zlib
from collections import deque
from collections.abc import Iterator
from typing import Final, NamedTuple, Protocol

import numpy as np

from offcut.encoding.png_filters import Bytes, filter_rows
from offcut.encoding.png_packing import (
    BLANK,
    Packer,
    Recipe,
    adler32,
    choose_recipe,
    new_packer,
)

STREAM_HEADER: Final = b"\x78\x01"
_ADLER_BASE: Final = 65521


class Piece(NamedTuple):
    """A part of the stream that ends at a full byte, or is followed by more of its own.

    Attributes
    ----------
    packed : bytes
    checksum : int
        Adler-32 of what was packed.
    length : int
        How many bytes were packed.
    """

    packed: bytes
    checksum: int = 1
    length: int = 0


class BandPacker(Protocol):
    """Packs bands at the same time in other threads; see `runtime/browser_png.py`.

    It filters with UP or PAETH and compresses as `zlib.Z_RLE` does. Its pieces end at a full
    byte and refer to nothing before them.
    """

    def begin(self) -> None:
        """Begin a file; bands of an earlier one that was given up are forgotten."""
        ...

    def free_slot(self) -> int:
        """Give a place for a band, or -1 if there is none now."""
        ...

    def put(self, slot: int, above: Bytes, rows: Bytes, pixel_bytes: int, filter_type: int) -> None:
        """Copy a band, uint8 (rows, bytes of a row), and begin to pack it."""
        ...

    def is_packed(self, slot: int) -> bool:
        """Tell whether `take` would answer at once."""
        ...

    def take(self, slot: int) -> Piece:
        """Wait for a band, and free its place."""
        ...


class PackedRows:
    """A zlib stream of filtered rows, whose recipe may change from band to band.

    Python's zlib cannot change a stream's strategy, but raw deflate streams that end at a
    full byte can follow each other; so can those of other threads. The checksum is added here;
    `STREAM_HEADER` must be written before all else.

    Parameters
    ----------
    row_bytes : int
        Bytes of a row, without its filter type.
    pixel_bytes : int
        The number of channels.
    band_packer : BandPacker or None
        Without one all bands are packed here.
    """

    def __init__(self, row_bytes: int, pixel_bytes: int, band_packer: BandPacker | None) -> None:
        self._above = np.zeros(row_bytes, np.uint8)
        self._pixel_bytes = pixel_bytes
        self._recipe = BLANK
        self._packer: Packer | None = None
        self._waiting: deque[Piece | int] = deque()
        self._checksum = adler32(b"")
        self._band_packer = band_packer
        if band_packer is not None:
            band_packer.begin()

    def pack(self, rows: Bytes) -> Iterator[bytes]:
        """Append a band of rows, uint8 (rows, bytes of a row); yields what is packed by now."""
        recipe = choose_recipe(rows, self._pixel_bytes)
        if not self._put(rows, recipe):
            self._pack_here(rows, recipe)
        self._above = rows[-1]
        yield from self._take_packed(must_wait=False)

    def finish(self) -> Iterator[bytes]:
        """End the stream: the last bytes and the checksum."""
        yield from self._take_packed(must_wait=True)
        packer = self._packer or new_packer(BLANK)
        yield packer.flush() + self._checksum.to_bytes(4, "big")

    def _put(self, rows: Bytes, recipe: Recipe) -> bool:
        """Give a band to the other threads if they can take this kind."""
        if self._band_packer is None or recipe.strategy != zlib.Z_RLE:
            return False
        slot = self._free_slot(self._band_packer)
        if slot < 0:
            return False
        self._end_packer()
        self._band_packer.put(slot, self._above, rows, self._pixel_bytes, recipe.filter_type)
        self._waiting.append(slot)
        return True

    def _free_slot(self, band_packer: BandPacker) -> int:
        """Wait for a place, for other threads are several times as quick; -1 if there is none."""
        slot = band_packer.free_slot()
        if slot < 0:
            for place, piece in enumerate(self._waiting):
                if not isinstance(piece, Piece):
                    self._waiting[place] = band_packer.take(piece)
                    return band_packer.free_slot()
        return slot

    def _pack_here(self, rows: Bytes, recipe: Recipe) -> None:
        if (recipe.level, recipe.strategy) != (self._recipe.level, self._recipe.strategy):
            self._end_packer()
        if self._packer is None:
            self._packer = new_packer(recipe)
        self._recipe = recipe
        packed, checksum, length = bytearray(), adler32(b""), 0
        for block in filter_rows(rows, self._above, self._pixel_bytes, recipe.filter_type):
            checksum = adler32(block.data, checksum)
            length += block.size
            packed += self._packer.compress(block.data)
        self._waiting.append(Piece(bytes(packed), checksum, length))

    def _end_packer(self) -> None:
        """Bring the stream to a full byte; what follows refers to nothing before it."""
        if self._packer is not None:
            self._waiting.append(Piece(self._packer.flush(zlib.Z_SYNC_FLUSH)))
            self._packer = None

    def _take_packed(self, *, must_wait: bool) -> Iterator[bytes]:
        """Take from the front of the queue what is packed, or all."""
        while self._waiting:
            piece = self._waiting[0]
            if not isinstance(piece, Piece):
                if self._band_packer is None or not (
                    must_wait or self._band_packer.is_packed(piece)
                ):
                    return
                piece = self._band_packer.take(piece)
            self._waiting.popleft()
            self._checksum = join_checksums(self._checksum, piece.checksum, piece.length)
            yield piece.packed


def join_checksums(first: int, second: int, second_length: int) -> int:
    """Give the Adler-32 of two runs of bytes that follow each other, from those of the runs.

    Notes
    -----
    Of n bytes b, Adler-32 has the sums A = 1 + sum b and B = n + sum (n - i) b_i; each byte
    of the first run counts once more in B for every byte of the second one.
    """
    low, high = first & 0xFFFF, first >> 16
    next_low, next_high = second & 0xFFFF, second >> 16
    joined_high = high + next_high + second_length * (low - 1)
    return (joined_high % _ADLER_BASE) << 16 | (low + next_low - 1) % _ADLER_BASE
