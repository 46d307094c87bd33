"""Writes an animated PNG: every frame that there is, also those that look like the one before.

Decides: that a frame takes the place of what is there, transparency and all; that only what has
changed is written.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Final

import numpy as np
from numpy.typing import NDArray

from offcut.decoding.png_chunks import SIGNATURE, read_chunks, write_chunk
from offcut.encoding.changed_box import changed_box
from offcut.encoding.png_stream import BandPacker
from offcut.encoding.png_writer import encode_png

_MOST: Final = 0xFFFF
_SINGLE: Final = frozenset({b"IHDR", b"IEND", b"IDAT"})


def encode_apng(  # noqa: PLR0913 (all but two by keyword)
    pictures: Iterable[NDArray[np.uint8]],
    delays: Sequence[Fraction],
    *,
    plays: int,
    band_packer: BandPacker | None,
    icc_profile: bytes | None = None,
    exif: bytes | None = None,
) -> bytes:
    """Write an animated PNG.

    Parameters
    ----------
    pictures : iterable of uint8, shape (H, W, C)
        As many as `delays`; of 1, 3 or 4 channels, RGBA straight.
    delays : sequence of Fraction
        Milliseconds.
    plays : int
        0 for ever.
    band_packer : BandPacker or None
        Other threads that help.
    icc_profile, exif : bytes or None
    """
    parts: list[bytes] = [SIGNATURE]
    before: NDArray[np.uint8] | None = None
    sequence = 0
    for number, (picture, delay) in enumerate(zip(pictures, delays, strict=True)):
        box = changed_box(before, picture, 1)
        part = box.of(picture)
        file = memoryview(
            encode_png(
                [part],
                part.shape[:2],
                channels=part.shape[2],
                band_packer=band_packer,
                icc_profile=icc_profile if number == 0 else None,
                exif=exif if number == 0 else None,
            )
        )
        chunks = [(chunk.kind, file[chunk.start : chunk.end]) for chunk in read_chunks(file)]
        if number == 0:
            parts.append(write_chunk(*chunks[0]))
            parts += [write_chunk(kind, body) for kind, body in chunks if kind not in _SINGLE]
            parts.append(write_chunk(b"acTL", struct.pack(">II", len(delays), plays)))
        place = (part.shape[1], part.shape[0], box.left, box.top)
        control = struct.pack(">5I2H2B", sequence, *place, *_as_seconds(delay), 0, 0)
        parts.append(write_chunk(b"fcTL", control))
        sequence += 1
        for kind, body in chunks:
            if kind != b"IDAT":
                continue
            if number == 0:
                parts.append(write_chunk(b"IDAT", body))
            else:
                parts.append(write_chunk(b"fdAT", sequence.to_bytes(4, "big"), body))
                sequence += 1
        before = picture
    return b"".join([*parts, write_chunk(b"IEND")])


def _as_seconds(delay: Fraction) -> tuple[int, int]:
    """Give a delay as numerator and denominator of seconds, of 16 bits each."""
    seconds = delay / 1000
    if seconds.denominator > _MOST or seconds.numerator > _MOST:
        seconds = seconds.limit_denominator(1 if seconds > _MOST // 1000 else 1000)
    return min(seconds.numerator, _MOST), seconds.denominator
