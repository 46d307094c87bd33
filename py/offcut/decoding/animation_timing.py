"""When the frames of a file are shown, read without decoding a pixel.

Decides: what a delay and the number of plays are in each format.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from PIL.ImageFile import ImageFile

from offcut.decoding.gif_frames import gif_frames, gif_plays
from offcut.decoding.picture_file import PictureFile

_RIFF_BYTES: Final = 12


@dataclass(frozen=True, slots=True)
class Timing:
    """When the frames of a file are shown.

    Attributes
    ----------
    delays : tuple of Fraction
        Of each frame: milliseconds, as the file says; browsers take 10 and less for 100.
    plays : int
        How often they are played; 0 for ever.
    """

    delays: tuple[Fraction, ...]
    plays: int


def read_timing(opened: ImageFile, file: PictureFile) -> Timing:
    """Read the delays without decoding a pixel."""
    if file.apng is not None:
        return Timing(tuple(frame.delay for frame in file.apng.play()), file.apng.plays)
    if opened.format == "GIF":
        delays = tuple(frame.delay for frame in gif_frames(file.data))
        return Timing(delays, gif_plays(file.data))
    if opened.format == "WEBP":
        return _read_webp_timing(memoryview(file.data))
    return Timing((), 1)


def _read_webp_timing(view: memoryview) -> Timing:
    delays: list[Fraction] = []
    plays = 0
    at = _RIFF_BYTES
    while at + 8 <= len(view):
        kind, start = bytes(view[at : at + 4]), at + 8
        if kind == b"ANIM":
            plays = int.from_bytes(view[start + 4 : start + 6], "little")
        elif kind == b"ANMF":
            delays.append(Fraction(int.from_bytes(view[start + 12 : start + 15], "little")))
        length = int.from_bytes(view[at + 4 : at + 8], "little")
        at = start + length + length % 2
    return Timing(tuple(delays), plays)
