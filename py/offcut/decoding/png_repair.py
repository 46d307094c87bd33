"""Repair and proof of PNG files at the level of their chunks.

Decides: which chunks are dropped from a damaged PNG, and whether all rows are there.

Pillow gives up on a picture when a chunk that has nothing to do with its pixels is
damaged, and keeps quiet when the pixels end too early. Both are put right here.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Final

_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_PIXEL_CHUNKS: Final = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"})
_CHANNELS: Final = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
# First column, first row, step of columns, step of rows of Adam7's seven passes.
_ADAM7: Final = (
    (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2),
    (0, 1, 1, 2),
)  # fmt: skip
_INFLATE_BYTES: Final = 1 << 20


def is_png(data: bytes | memoryview) -> bool:
    """Tell whether the signature is whole; it is made to show damage by line-end rewriting."""
    return bytes(data[:8]) == _SIGNATURE


def keep_pixel_chunks(data: bytes | memoryview) -> bytes:
    """Copy a PNG without the chunks that its pixels don't need."""
    view = memoryview(data)
    kept = [
        view[start - 8 : end + 4] for kind, start, end in _chunks(view) if kind in _PIXEL_CHUNKS
    ]
    return b"".join([_SIGNATURE, *kept])


def has_all_rows(data: bytes | memoryview) -> bool:
    """Tell whether a PNG's pixel stream inflates to as many bytes as its header promises.

    Costs one inflation of the file, in a megabyte of memory.
    """
    view = memoryview(data)
    promised = _promised_bytes(view)
    inflater = zlib.decompressobj()
    for kind, start, end in _chunks(view):
        if kind != b"IDAT":
            continue
        pending: bytes | memoryview = view[start:end]
        while pending and promised > 0:
            promised -= len(inflater.decompress(pending, _INFLATE_BYTES))
            pending = inflater.unconsumed_tail
    return promised <= 0


def bit_depth(data: bytes | memoryview) -> int:
    """Bits of one sample, as the header says."""
    return data[24] if len(data) > 24 else 8


def _chunks(view: memoryview) -> Iterator[tuple[bytes, int, int]]:
    """Yield (kind, start, end) of every chunk's payload, while chunks are whole."""
    at = len(_SIGNATURE)
    while at + 12 <= len(view):
        start = at + 8
        end = start + int.from_bytes(view[at : at + 4], "big")
        if end + 4 > len(view):
            return
        yield bytes(view[at + 4 : start]), start, end
        at = end + 4


def _promised_bytes(view: memoryview) -> int:
    """Bytes of all rows with their filter bytes, before compression."""
    width, height = int.from_bytes(view[16:20], "big"), int.from_bytes(view[20:24], "big")
    pixel_bits = view[24] * _CHANNELS.get(view[25], 1)
    passes = _ADAM7 if view[28] else ((0, 0, 1, 1),)
    total = 0
    for left, top, columns, rows in passes:
        pass_width = -(-(width - left) // columns)
        pass_height = -(-(height - top) // rows)
        if pass_width > 0 and pass_height > 0:
            total += pass_height * (1 + (pass_width * pixel_bits + 7) // 8)
    return total
