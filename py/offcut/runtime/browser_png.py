"""More threads for PNG files: the workers of `extension/png/`, seen from Python.

Decides: nothing of its own: see extension/python/png_packer.js.

Only where pages may share memory; elsewhere Python packs all bands itself, to the same
pixels.
"""

from __future__ import annotations

from typing import Any, Protocol

from offcut.encoding.png_filters import Bytes
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
        """Wait for a band: ``{bytes, checksum, length}``."""
        ...


class WorkerBandPacker:
    """The `offcut.encoding.png_stream.BandPacker` that talks to the workers."""

    def __init__(self, workers: JsPngPacker) -> None:
        self._workers = workers

    def begin(self) -> None:
        """Begin a file."""
        self._workers.begin()

    def free_slot(self) -> int:
        """Give a place for a band, or -1 if there is none now."""
        return self._workers.freeSlot()

    def put(self, slot: int, above: Bytes, rows: Bytes, pixel_bytes: int, filter_type: int) -> None:
        """Copy a band and begin to pack it."""
        self._workers.put(slot, above, rows, pixel_bytes, filter_type)

    def is_packed(self, slot: int) -> bool:
        """Tell whether `take` would answer at once."""
        return self._workers.isPacked(slot)

    def take(self, slot: int) -> Piece:
        """Wait for a band, and free its place."""
        packed = self._workers.take(slot)
        return Piece(packed.bytes.to_bytes(), packed.checksum, packed.length)
