"""More threads for PNG files: the workers of `extension/png/`, seen from Python.

Decides: nothing of its own: see extension/python/png_packer.js.

Only where pages may share memory; elsewhere Python packs all bands itself, to the same
pixels. A band whose worker has died is packed here, too.
"""

from __future__ import annotations

import zlib
from typing import Any, NamedTuple, Protocol

import numpy as np

from offcut.encoding.png_filters import Bytes, filter_rows
from offcut.encoding.png_packing import BLANK, new_packer
from offcut.encoding.png_stream import Piece


class JsPngPacker(Protocol):
    """`PngPacker` of extension/python/png_packer.js."""

    def begin(self) -> None:
        """Begin a file."""
        ...

    def freeSlot(self) -> int:  # noqa: N802 (a JavaScript name)
        """Give a place for a band, or -1."""
        ...

    def put(self, slot: int, above: Any, rows: Any, pixel_bytes: int, filter_type: int) -> None:
        """Copy a band and begin to pack it."""
        ...

    def isPacked(self, slot: int) -> bool:  # noqa: N802 (a JavaScript name)
        """Tell whether a band is packed."""
        ...

    def take(self, slot: int) -> Any:
        """Wait for a band: ``{isLost, bytes, checksum, length}``.

        If its worker has died, the bytes are the row above the band and the band itself.
        """
        ...


class _Kind(NamedTuple):
    """What must be known of a band to pack it."""

    row_bytes: int
    pixel_bytes: int
    filter_type: int


class WorkerBandPacker:
    """The `offcut.encoding.png_stream.BandPacker` that talks to the workers."""

    def __init__(self, workers: JsPngPacker) -> None:
        self._workers = workers
        self._kinds: dict[int, _Kind] = {}

    def begin(self) -> None:
        """Begin a file."""
        self._workers.begin()

    def free_slot(self) -> int:
        """Give a place for a band, or -1 if there is none now."""
        return self._workers.freeSlot()

    def put(self, slot: int, above: Bytes, rows: Bytes, pixel_bytes: int, filter_type: int) -> None:
        """Copy a band and begin to pack it."""
        self._kinds[slot] = _Kind(above.size, pixel_bytes, filter_type)
        self._workers.put(slot, above, rows, pixel_bytes, filter_type)

    def is_packed(self, slot: int) -> bool:
        """Tell whether `take` would answer at once."""
        return self._workers.isPacked(slot)

    def take(self, slot: int) -> Piece:
        """Wait for a band, and free its place."""
        taken = self._workers.take(slot)
        if taken.isLost:
            return _pack_lost(taken.bytes.to_bytes(), self._kinds[slot])
        return Piece(taken.bytes.to_bytes(), taken.checksum, taken.length)


def _pack_lost(band: bytes, kind: _Kind) -> Piece:
    """Pack a band, and the row above it, as the workers do: up to a full byte."""
    rows = np.frombuffer(band, np.uint8).reshape(-1, kind.row_bytes)
    packer = new_packer(BLANK)
    packed, checksum, length = bytearray(), zlib.adler32(b""), 0
    for block in filter_rows(rows[1:], rows[0], kind.pixel_bytes, kind.filter_type):
        checksum = zlib.adler32(block.data, checksum)
        length += block.size
        packed += packer.compress(block.data)
    packed += packer.flush(zlib.Z_SYNC_FLUSH)
    return Piece(bytes(packed), checksum, length)
