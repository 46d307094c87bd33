"""Reader of a PNG's chunks, which believes no length and no checksum.

Decides: how many chunks of a file are read; a picture that goes on behind them is cut off there.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Final, NamedTuple

SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_PIXELS: Final = b"IDAT"
_END: Final = b"IEND"
# Each reads the rest of the file once; more are a trap.
_MOST_DETOURS: Final = 8
# The largest files have some ten thousands. Each costs time, also one without a byte in it.
_MOST_CHUNKS: Final = 200_000


class Chunk(NamedTuple):
    """One chunk: its payload is bytes `start` to `end` of the file.

    Only the pixels of a cut-off file may be a chunk that is not whole.
    """

    kind: bytes
    start: int
    end: int
    is_whole: bool = True


def is_png(data: bytes | memoryview) -> bool:
    """Tell whether the signature is whole; it is made to show damage by line-end rewriting."""
    return bytes(data[:8]) == SIGNATURE


def read_chunks(view: memoryview) -> Iterator[Chunk]:
    """Yield the chunks to the end mark or to the end of the file.

    Where a chunk's length leads astray, reading goes on at the pixels that follow it.
    """
    at = before = len(SIGNATURE)
    detours = count = 0
    while at + 8 <= len(view) and count < _MOST_CHUNKS:
        kind, start = bytes(view[at + 4 : at + 8]), at + 8
        end = start + int.from_bytes(view[at : at + 4], "big")
        is_whole = end + 4 <= len(view)
        if not kind.isalpha() or not (is_whole or kind == _PIXELS):
            detours += 1
            if detours > _MOST_DETOURS:
                return
            at = _find_pixels(view, before)
            before = at + 8
            continue
        count += 1
        yield Chunk(kind, start, min(end, len(view)), is_whole)
        if kind == _END:
            return
        before, at = start, end + 4


def _find_pixels(view: memoryview, start: int) -> int:
    """Give the place of the next pixels behind `start`; the end of the file if there are none."""
    found = bytes(view[start:]).find(_PIXELS)
    return len(view) if found < 4 else start + found - 4


def has_true_checksum(view: memoryview, chunk: Chunk) -> bool:
    """Tell whether a chunk is as it was written."""
    stored = int.from_bytes(view[chunk.end : chunk.end + 4], "big")
    return chunk.is_whole and zlib.crc32(view[chunk.start - 4 : chunk.end]) == stored


def write_chunk(kind: bytes, *parts: bytes | memoryview) -> bytes:
    """Frame a payload."""
    payload = b"".join(parts)
    checksum = zlib.crc32(payload, zlib.crc32(kind))
    return len(payload).to_bytes(4, "big") + kind + payload + checksum.to_bytes(4, "big")
