"""Makes one file out of another and what differs: how prepared weights are kept small.

Decides: the form of a delta.

A delta, all numbers little-endian and of 32 bits:

    "OFFDELTA", bytes of the source, bytes of the target
    any number of: where in the source, how many bytes from there, how many bytes follow here;
                   and those bytes

extension/engine/delta.js does the same.
"""

from __future__ import annotations

import struct
from typing import Final

MAGIC: Final = b"OFFDELTA"
HEADER: Final = struct.Struct("<8s2I")
PART: Final = struct.Struct("<3I")


def apply_delta(source: bytes, delta: bytes) -> bytes:
    """Make the target.

    Parameters
    ----------
    source : bytes
        The file that the delta was made for.
    delta : bytes

    Raises
    ------
    ValueError
        If the delta is none, or does not fit to this source.
    """
    if len(delta) < HEADER.size or not delta.startswith(MAGIC):
        raise ValueError("it is no delta")
    _, before, after = HEADER.unpack_from(delta)
    if before != len(source):
        raise ValueError(f"it is for a file of {before} bytes, not of {len(source)}")
    old, new = memoryview(source), memoryview(delta)
    parts: list[memoryview] = []
    at = HEADER.size
    while at < len(delta):
        if len(delta) - at < PART.size:
            raise ValueError("it is cut off")
        start, length, fresh = PART.unpack_from(delta, at)
        at += PART.size
        if start + length > len(old) or at + fresh > len(new):
            raise ValueError("it points beyond the end")
        parts += [old[start : start + length], new[at : at + fresh]]
        at += fresh
    if sum(map(len, parts)) != after:
        raise ValueError(f"it does not make up a file of {after} bytes")
    return b"".join(parts)
