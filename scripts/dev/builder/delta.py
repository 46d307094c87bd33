"""Finds what is new in a file: writes the deltas that `offcut.weights.delta` applies."""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from offcut.weights.delta import HEADER, MAGIC, PART

# What both files have in common is found by pieces of so many bytes; a shorter one is as well
# written out.
PIECE: Final = 64
STRIDE: Final = 1 << 20

Octets = NDArray[np.uint8]


def make_delta(source: bytes, target: bytes) -> bytes:
    """Write how to make the target out of the source; the same bytes every time."""
    places: dict[bytes, int] = {}
    for start in range(0, len(source) - PIECE + 1, PIECE):
        places.setdefault(source[start : start + PIECE], start)
    old, new = np.frombuffer(source, np.uint8), np.frombuffer(target, np.uint8)
    written = bytearray(HEADER.pack(MAGIC, len(source), len(target)))
    start = length = 0  # of what is copied before the bytes that are new
    fresh = at = 0  # where those begin, and how far they go
    while at < len(target):
        place = places.get(target[at : at + PIECE])
        if place is None:
            at += 1
            continue
        before = _alike(old[:place][::-1], new[fresh:at][::-1])
        written += _part(start, length, target[fresh : at - before])
        start, length = place - before, before + _alike(old[place:], new[at:])
        fresh = at = at - before + length
    return bytes(written + _part(start, length, target[fresh:]))


def _part(start: int, length: int, fresh: bytes) -> bytes:
    """Write one part, unless it does nothing."""
    return PART.pack(start, length, len(fresh)) + fresh if length or fresh else b""


def _alike(one: Octets, other: Octets) -> int:
    """Count the bytes that both begin with."""
    common = min(len(one), len(other))
    for at in range(0, common, STRIDE):
        end = min(common, at + STRIDE)
        different = np.flatnonzero(one[at:end] != other[at:end])
        if different.size:
            return at + int(different[0])
    return common
