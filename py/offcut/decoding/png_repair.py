"""Leaves of a PNG what its pixels need, and proves that they are all there.

Decides: which chunks are dropped from a damaged PNG, and whether all rows are there.

Pillow gives up on a picture when a chunk that has nothing to do with its pixels is damaged,
wherever it lies, and keeps quiet when the pixels end too early. Both are put right here. What a
file says of its colours, turn and animation is read by `png_facts.py` and `apng.py` instead.
"""

from __future__ import annotations

import zlib
from typing import Final

from offcut.decoding.png_chunks import (
    SIGNATURE,
    Chunk,
    has_true_checksum,
    read_chunks,
    write_chunk,
)

_CRITICAL: Final = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND"})
_CHANNELS: Final = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
# First column, first row, step of columns, step of rows of Adam7's seven passes.
_ADAM7: Final = (
    (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2),
    (0, 1, 1, 2),
)  # fmt: skip
_INFLATE_BYTES: Final = 1 << 20


def keep_pixel_chunks(data: bytes | memoryview) -> bytes | memoryview:
    """Leave out of a PNG what its pixels don't need, and end it.

    Returns
    -------
    bytes
        The very `data` if there is nothing to be left out.
    """
    view = memoryview(data)
    kept = [chunk for chunk in read_chunks(view) if _is_needed(view, chunk)]
    is_ended = bool(kept) and kept[-1].kind == b"IEND"
    length = len(SIGNATURE) + sum(chunk.end - chunk.start + 12 for chunk in kept)
    if is_ended and kept[-1].end + 4 == length:
        return data
    parts = [_copy(view, chunk) for chunk in kept]
    return b"".join([SIGNATURE, *parts, b"" if is_ended else write_chunk(b"IEND")])


def has_all_rows(data: bytes | memoryview) -> bool:
    """Tell whether a PNG's pixel stream inflates to as many bytes as its header promises.

    Costs one inflation of the file, in a megabyte of memory.
    """
    view = memoryview(data)
    promised = _promised_bytes(view)
    inflater = zlib.decompressobj()
    for chunk in read_chunks(view):
        if chunk.kind != b"IDAT":
            continue
        pending: bytes | memoryview = view[chunk.start : chunk.end]
        while pending and promised > 0:
            promised -= len(inflater.decompress(pending, _INFLATE_BYTES))
            pending = inflater.unconsumed_tail
    return promised <= 0


def bit_depth(data: bytes | memoryview) -> int:
    """Bits of one sample, as the header says."""
    return data[24] if len(data) > 24 else 8


def _is_needed(view: memoryview, chunk: Chunk) -> bool:
    """Tell what stays: of transparency, which pixels can do without, only what is sound."""
    if chunk.kind == b"tRNS":
        return has_true_checksum(view, chunk)
    return chunk.kind in _CRITICAL


def _copy(view: memoryview, chunk: Chunk) -> bytes | memoryview:
    if chunk.is_whole:
        return view[chunk.start - 8 : chunk.end + 4]
    return write_chunk(chunk.kind, view[chunk.start : chunk.end])


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
