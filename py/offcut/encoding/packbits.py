"""PackBits, by which PSD files pack rows: a run of one byte takes two, all else stays as it is.

Decides: that a run counts from three equal bytes on.

Photoshop writes it as well, and every program that reads PSD understands it. A photo gets no
smaller by it, but a matte and empty layers shrink to next to nothing.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

_LONGEST: Final = 128
"""Bytes that one packet stands for."""


class PackedBits(NamedTuple):
    """Some rows of one channel.

    Attributes
    ----------
    lengths : big-endian uint16, shape (rows,)
        Bytes of each packed row.
    data : uint8, shape (n,)
        The packed rows, one after the other.
    """

    lengths: NDArray[np.uint16]
    data: NDArray[np.uint8]


def pack_bits(rows: NDArray[np.uint8]) -> PackedBits:
    """Pack rows of one channel.

    Parameters
    ----------
    rows : uint8, shape (rows, W)
        At most 65,000 pixels wide: the length of a packed row is told in 16 bits.

    Returns
    -------
    PackedBits

    Notes
    -----
    Memory: some 20 bytes for a byte of the rows.
    """
    starts, lengths, is_run = _packets(rows)
    # A packet is a byte that tells kind and length, then one byte of a run or all of the others.
    sizes = np.where(is_run, 2, lengths + 1)
    ends = np.cumsum(sizes)
    heads = ends - sizes
    packed = np.empty(int(ends[-1]), np.uint8)
    # What is left of a run may be one byte: as a run and as anything else it is told by 0.
    packed[heads] = np.where(is_run, 257 - lengths, lengths - 1) & 0xFF
    is_content = np.ones(len(packed), np.bool_)
    is_content[heads] = False
    is_kept = np.repeat(~is_run, lengths)
    is_kept[starts] = True
    packed[is_content] = rows.ravel()[is_kept]
    row_heads = heads[starts % rows.shape[1] == 0]
    row_lengths = np.diff(row_heads, append=len(packed))
    return PackedBits(row_lengths.astype(">u2"), packed)


def _packets(
    rows: NDArray[np.uint8],
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]:
    """Cut rows into packets: where each begins, its bytes, and whether they are all the same."""
    is_same = np.zeros(rows.shape, np.bool_)
    np.equal(rows[:, 1:], rows[:, :-1], out=is_same[:, 1:])
    is_in_run = np.zeros(rows.shape, np.bool_)
    is_third = is_same[:, 2:] & is_same[:, 1:-1]
    for shift in range(3):
        is_in_run[:, shift : shift + is_third.shape[1]] |= is_third
    is_start = is_in_run & ~is_same
    is_start[:, 1:] |= is_in_run[:, 1:] != is_in_run[:, :-1]
    is_start[:, 0] = True
    starts = np.flatnonzero(is_start)
    lengths = np.diff(starts, append=rows.size)
    is_run = is_in_run.ravel()[starts]
    pieces: NDArray[np.int64] = -(-lengths // _LONGEST)
    number = np.arange(int(pieces.sum())) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    before: NDArray[np.int64] = number * _LONGEST
    lengths = np.minimum(np.repeat(lengths, pieces) - before, _LONGEST)
    starts = np.repeat(starts, pieces) + before
    return starts, lengths, np.repeat(is_run, pieces)
