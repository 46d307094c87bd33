"""Takes an animated PNG apart: each frame becomes a still PNG of its own.

A PNG's plain picture need not be part of the animation: then browsers never show it (PNG, third
edition, 4.10). Pillow would draw the frames over it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from offcut.decoding.animation import Disposal, Frame
from offcut.decoding.png_chunks import (
    SIGNATURE,
    Chunk,
    has_true_checksum,
    read_chunks,
    write_chunk,
)

_HEADER_BYTES: Final = 13
_SHARED: Final = frozenset({b"PLTE", b"tRNS"})
_CONTROL_BYTES: Final = 26


@dataclass(frozen=True, slots=True)
class Apng:
    """What an animated PNG consists of.

    Attributes
    ----------
    data : bytes
        The whole file.
    shared : tuple of Chunk
        Palette and transparency.
    frames : list of (Chunk, list of Chunk)
        Each frame's control chunk and its pixels.
    shows_still : bool
        Whether the file's plain picture is the animation's first frame.
    plays : int
        How often it is played; 0 for ever.
    """

    data: memoryview
    shared: tuple[Chunk, ...]
    frames: list[tuple[Chunk, list[Chunk]]]
    shows_still: bool
    plays: int

    def play(self) -> Iterator[Frame]:
        """Yield the frames, each as a file."""
        for control, pixels in self.frames:
            width, height, left, top, disposal, blend = _read_control(self.data, control)
            header = bytearray(self.data[16 : 16 + _HEADER_BYTES])
            header[:8] = width.to_bytes(4, "big") + height.to_bytes(4, "big")
            shared = (self.data[chunk.start - 8 : chunk.end + 4] for chunk in self.shared)
            # The pixels of all but the plain picture begin with the number of their chunk.
            payloads = (
                self.data[chunk.start + (4 if chunk.kind == b"fdAT" else 0) : chunk.end]
                for chunk in pixels
            )
            file = b"".join(
                (
                    SIGNATURE,
                    write_chunk(b"IHDR", bytes(header)),
                    *shared,
                    write_chunk(b"IDAT", *payloads),
                    write_chunk(b"IEND"),
                )
            )
            yield Frame(
                file, left, top, Disposal(disposal), blend == 0, _read_delay(self.data, control)
            )


def read_apng(data: bytes | memoryview) -> Apng | None:
    """Find the frames of a PNG; None if it is not animated, or its animation is broken.

    A broken animation is no animation, as in browsers: the plain picture is shown.
    """
    view = memoryview(data)
    chunks = list(read_chunks(view))
    kinds = [chunk.kind for chunk in chunks]
    if b"acTL" not in kinds or b"IDAT" not in kinds or kinds.index(b"acTL") > kinds.index(b"IDAT"):
        return None
    frames: list[tuple[Chunk, list[Chunk]]] = []
    for chunk in chunks:
        if chunk.kind == b"fcTL":
            if not _is_sound(view, chunk):
                return None
            frames.append((chunk, []))
        elif chunk.kind == b"fdAT" or (chunk.kind == b"IDAT" and frames):
            if not frames or not chunk.is_whole:
                return None
            frames[-1][1].append(chunk)
    frames = [frame for frame in frames if frame[1]]
    if not frames:
        return None
    shared = tuple(chunk for chunk in chunks if chunk.kind in _SHARED)
    start = chunks[kinds.index(b"acTL")].start
    plays = int.from_bytes(view[start + 4 : start + 8], "big")
    return Apng(view, shared, frames, frames[0][1][0].kind == b"IDAT", plays)


def _is_sound(view: memoryview, control: Chunk) -> bool:
    if control.end - control.start != _CONTROL_BYTES or not has_true_checksum(view, control):
        return False
    width, height, left, top, disposal, blend = _read_control(view, control)
    right, bottom = (int.from_bytes(view[at : at + 4], "big") for at in (16, 20))
    is_inside = left + width <= right and top + height <= bottom
    return is_inside and min(width, height) > 0 and disposal <= max(Disposal) and blend <= 1


def _read_control(view: memoryview, control: Chunk) -> tuple[int, int, int, int, int, int]:
    """Give width, height, left, top, disposal, blend."""
    starts = range(control.start + 4, control.start + 20, 4)
    width, height, left, top = (int.from_bytes(view[at : at + 4], "big") for at in starts)
    return width, height, left, top, view[control.end - 2], view[control.end - 1]


def _read_delay(view: memoryview, control: Chunk) -> Fraction:
    """Give a frame's milliseconds; a denominator of 0 means hundredths."""
    starts = (control.start + 20, control.start + 22)
    above, below = (int.from_bytes(view[at : at + 2], "big") for at in starts)
    return Fraction(1000 * above, below or 100)
