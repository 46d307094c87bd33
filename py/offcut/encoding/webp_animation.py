"""Writes an animated WebP: libwebp makes the frames, one by one, and here they are put together.

So each frame keeps its own delay (libwebp's own writer joins frames that look alike), and the work
can be stopped between any two. The container: RFC 9649, 2.7.

Decides: that a frame takes the place of what is there, transparency and all; that only what has
changed is written.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Final

import numpy as np
from numpy.typing import NDArray

from offcut.encoding.changed_box import changed_box
from offcut.encoding.frame_timing import count_ticks

_RIFF_BYTES: Final = 12
_FRAME_KINDS: Final = frozenset({b"ALPH", b"VP8 ", b"VP8L"})
_MOVES, _HAS_EXIF, _HAS_ALPHA, _HAS_PROFILE = 0x02, 0x08, 0x10, 0x20
# Frames begin at even places only.
_STEP: Final = 2
_NO_BLEND: Final = 0x02
_LONGEST: Final = 0xFFFFFF
_MOST_PLAYS: Final = 0xFFFF


def encode_webp_animation(  # noqa: PLR0913 (all but three by keyword)
    pictures: Iterable[NDArray[np.uint8]],
    delays: Sequence[Fraction],
    save: Callable[[NDArray[np.uint8]], bytes],
    *,
    plays: int,
    icc_profile: bytes | None = None,
    exif: bytes | None = None,
) -> bytes:
    """Write an animated WebP.

    Parameters
    ----------
    pictures : iterable of uint8, shape (H, W, 3) or (H, W, 4)
        As many as `delays`; RGBA straight.
    delays : sequence of Fraction
        Milliseconds.
    save : callable
        Makes a still WebP of a picture.
    plays : int
        0 for ever.
    icc_profile, exif : bytes or None
    """
    frames: list[bytes] = []
    before: NDArray[np.uint8] | None = None
    height, width, channels = 1, 1, 3
    for picture, ticks in zip(pictures, count_ticks(delays, 1), strict=True):
        box = changed_box(before, picture, _STEP)
        part = box.of(picture)
        height, width, channels = picture.shape if before is None else (height, width, channels)
        place = (box.left // _STEP, box.top // _STEP, part.shape[1] - 1, part.shape[0] - 1)
        header = b"".join(_three(value) for value in (*place, min(ticks, _LONGEST)))
        pixels = b"".join(
            _chunk(kind, body) for kind, body in _chunks(save(part)) if kind in _FRAME_KINDS
        )
        frames.append(_chunk(b"ANMF", header + bytes((_NO_BLEND,)) + pixels))
        before = picture
    flags = _MOVES | (_HAS_ALPHA if channels == 4 else 0)
    flags |= (_HAS_PROFILE if icc_profile else 0) | (_HAS_EXIF if exif else 0)
    canvas = bytes((flags, 0, 0, 0)) + _three(width - 1) + _three(height - 1)
    body = b"".join(
        (
            b"WEBP",
            _chunk(b"VP8X", canvas),
            _chunk(b"ICCP", icc_profile) if icc_profile else b"",
            _chunk(b"ANIM", struct.pack("<IH", 0, min(plays, _MOST_PLAYS))),
            *frames,
            _chunk(b"EXIF", exif) if exif else b"",
        )
    )
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _chunks(file: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = _RIFF_BYTES
    while at + 8 <= len(file):
        length = int.from_bytes(file[at + 4 : at + 8], "little")
        yield file[at : at + 4], file[at + 8 : at + 8 + length]
        at += 8 + length + length % 2


def _chunk(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


def _three(value: int) -> bytes:
    return value.to_bytes(3, "little")
