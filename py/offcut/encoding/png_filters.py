"""PNG's row filters in numpy.

Decides: how each filter is computed, and its time. Which one a band gets is chosen in
png_packing.py.

A filter predicts each byte from its neighbours and keeps the difference, which packs
better. An encoder predicts from the original bytes, so a whole block of rows is done at
once. Under WebAssembly numpy spends the same time on an element of eight bits as on one
of 64, so whatever cannot carry from byte to byte works on eight bytes at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Words = NDArray[np.uint64]

# The filter types of the PNG standard that are used here, by their numbers.
NONE: Final = 0
UP: Final = 2
PAETH: Final = 4

_WORD_BYTES: Final = 8
# Smaller blocks fit the subject's outline better, larger ones call numpy less often.
_BLOCK_BYTES: Final = 1 << 19

_HIGH_BITS: Final = np.uint64(0x8080808080808080)
_LOW_BITS: Final = np.uint64(0x7F7F7F7F7F7F7F7F)
_FULL_BYTE: Final = np.uint64(0xFF)
_ONE: Final = np.uint64(1)
_SEVEN: Final = np.uint64(7)


class _Neighbours(NamedTuple):
    """The bytes of a block and those left, above, and above left of them; one size, flat."""

    here: Words
    left: Words
    above: Words
    corner: Words


def filter_rows(rows: Bytes, above: Bytes, pixel_bytes: int, filter_type: int) -> Iterator[Bytes]:
    """Filter rows of a picture, block by block.

    Columns that are zero in all of a block, such as the emptiness on both sides of a
    subject, are not computed: whatever the filter, they stay zero.

    Parameters
    ----------
    rows : uint8, shape (rows, bytes of a row), C-contiguous
    above : uint8, shape (bytes of a row,)
        The row before the first one; zeros at the picture's top.
    pixel_bytes : int
        The distance from a byte to its left neighbour: the number of channels.
    filter_type : int
        NONE, UP or PAETH.

    Yields
    ------
    uint8, shape (rows of a block, 1 + bytes of a row)
        Each row with its filter type before it, ready to be compressed.

    Notes
    -----
    PAETH needs about 35 operations on words and three on bytes, UP one on bytes: to write a
    cutout of 12 megapixels takes 460 to 560 ms with PAETH and 340 to 440 with UP under
    WebAssembly. Memory: a few megabytes.
    Sub and Average are left out: Average saves 80 to 140 of these ms for files 3 to 16 %
    larger; choosing anew for each row saves a photograph less than 0.1 %.
    """
    height, width = rows.shape
    step = max(1, _BLOCK_BYTES // width)
    for top in range(0, height, step):
        block = rows[top : top + step]
        filtered = np.zeros((len(block), width + 1), np.uint8)
        filtered[:, 0] = filter_type
        _filter_block(block, above, pixel_bytes, filtered)
        above = block[-1]
        yield filtered


def _filter_block(block: Bytes, above: Bytes, pixel_bytes: int, filtered: Bytes) -> None:
    """Fill `filtered`, all zeros but for its filter types, with the differences."""
    start, stop = _used_columns(block, above, pixel_bytes)
    if start == stop:
        return
    used, out = block[:, start:stop], filtered[:, 1 + start : 1 + stop]
    filter_type = int(filtered[0, 0])
    if filter_type == NONE:
        out[...] = used
    elif filter_type == UP:
        np.subtract(used[0], above[start:stop], out=out[0])
        np.subtract(used[1:], used[:-1], out=out[1:])
    else:
        near = _neighbours(used, above[start:stop], pixel_bytes)
        predicted = _paeth(near).view(np.uint8).reshape(len(block), -1)
        np.subtract(used, predicted[:, : stop - start], out=out)


def _used_columns(block: Bytes, above: Bytes, pixel_bytes: int) -> tuple[int, int]:
    """Find the range of bytes outside of which all differences are zero."""
    kind = np.uint32 if block.shape[1] % 4 == 0 else np.uint8
    column = np.bitwise_or.reduce(block.view(kind), axis=0) | above.view(kind)
    used = np.flatnonzero(column)
    if len(used) == 0:
        return 0, 0
    size = column.itemsize
    # One pixel more: its left neighbour is still used.
    return int(used[0]) * size, min((int(used[-1]) + 1) * size + pixel_bytes, block.shape[1])


def _neighbours(used: Bytes, above: Bytes, pixel_bytes: int) -> _Neighbours:
    """Copy a block so that each neighbour is an array of aligned words."""
    height, width = used.shape
    padded = -(-width // _WORD_BYTES) * _WORD_BYTES
    here = np.zeros((height + 1, padded), np.uint8)
    here[0, :width] = above
    here[1:, :width] = used
    left = np.zeros_like(here)
    left[:, pixel_bytes:] = here[:, :-pixel_bytes]
    here_words, left_words = here.view(np.uint64), left.view(np.uint64)
    return _Neighbours(
        here=here_words[1:].reshape(-1),
        left=left_words[1:].reshape(-1),
        above=here_words[:-1].reshape(-1),
        corner=left_words[:-1].reshape(-1),
    )


def _paeth(near: _Neighbours) -> Words:
    """Take that of left, above and corner which is nearest to left + above - corner.

    With the corner clamped between the other two, and its distances s to the higher and
    t to the lower of them: the lower one if 2 s <= t, the higher one if 2 t <= s, else
    the corner. None of the sums and differences of words leaves its byte.
    """
    lower, higher = _sort_pairs(near.left, near.above)
    clamped = np.clip(near.corner.view(np.uint8), lower.view(np.uint8), higher.view(np.uint8))
    corner = clamped.view(np.uint64)
    to_higher = np.subtract(higher, corner, out=higher)
    to_lower = np.subtract(corner, lower, out=lower)
    go_down = _at_most_half(to_higher, to_lower)
    go_down &= to_lower
    go_up = _at_most_half(to_lower, to_higher)
    go_up &= to_higher
    corner += go_up
    corner -= go_down
    return corner


def _sort_pairs(first: Words, second: Words) -> tuple[Words, Words]:
    """Sort two arrays byte by byte: the lower bytes and the higher ones."""
    is_less = np.less(first.view(np.uint8), second.view(np.uint8)).view(np.uint64)
    exchange = np.multiply(is_less, _FULL_BYTE, out=is_less)
    exchange &= first ^ second
    return second ^ exchange, first ^ exchange


def _at_most_half(small: Words, large: Words) -> Words:
    """Byte mask, 255 where 2 * small <= large; a pair's sum must not be over 255."""
    # The borrow of (large // 2) - small shows in the high bit, which is set beforehand.
    holds = large >> _ONE
    holds &= _LOW_BITS
    holds |= _HIGH_BITS
    holds -= small & _LOW_BITS
    holds &= _HIGH_BITS
    holds &= ~small
    holds >>= _SEVEN
    holds *= _FULL_BYTE
    return holds
