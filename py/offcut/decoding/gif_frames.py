"""Takes an animated GIF apart: each frame becomes a GIF of its own."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from offcut.decoding.animation import Disposal, Frame

_SCREEN_BYTES: Final = 13
_IMAGE: Final = 0x2C
_EXTENSION: Final = 0x21
_GRAPHIC_CONTROL: Final = 0xF9
_HAS_PALETTE: Final = 0x80
_LOOP: Final = b"\x21\xff\x0bNETSCAPE2.0\x03\x01"
_DISPOSALS: Final = {2: Disposal.CLEAR, 3: Disposal.RESTORE}


def gif_frames(data: bytes | memoryview) -> Iterator[Frame]:
    """Yield the frames of a GIF while they are whole.

    Notes
    -----
    The background's colour counts for nothing, as in browsers: what no frame covers is clear.
    """
    view = memoryview(data)
    at = _SCREEN_BYTES + _palette_bytes(view[10])
    colors = bytes(view[_SCREEN_BYTES:at])
    control, disposal = b"", Disposal.KEEP
    while at + 1 < len(view):
        if view[at] == _EXTENSION:
            end = _skip_blocks(view, at + 2)
            if view[at + 1] == _GRAPHIC_CONTROL and end - at >= 8:
                control = bytes(view[at:end])
                disposal = _DISPOSALS.get(control[3] >> 2 & 7, Disposal.KEEP)
        elif view[at] == _IMAGE and at + 11 <= len(view):
            end = _skip_blocks(view, at + 11 + _palette_bytes(view[at + 9]))
            left, top = (int.from_bytes(view[at + n : at + n + 2], "little") for n in (1, 3))
            screen = bytes(view[:6]) + bytes(view[at + 5 : at + 9]) + bytes(view[10:_SCREEN_BYTES])
            image = bytes((_IMAGE, 0, 0, 0, 0)) + bytes(view[at + 5 : end])
            delay = Fraction(10 * int.from_bytes(control[4:6], "little"))
            file = screen + colors + control + image + b";"
            yield Frame(file, left, top, disposal, delay=delay)
            control, disposal = b"", Disposal.KEEP
        else:
            return
        at = end


def gif_plays(data: bytes | memoryview) -> int:
    """Tell how often a GIF is played; 0 for ever. The file says how often it is repeated."""
    found = bytes(data).find(_LOOP)
    if found < 0:
        return 1
    at = found + len(_LOOP)
    repeats = int.from_bytes(data[at : at + 2], "little")
    return repeats + 1 if repeats else 0


def _palette_bytes(flags: int) -> int:
    return 3 << ((flags & 7) + 1) if flags & _HAS_PALETTE else 0


def _skip_blocks(view: memoryview, at: int) -> int:
    """Give the place behind a chain of data blocks; the end of the file if it is cut off."""
    while at < len(view) and view[at]:
        at += view[at] + 1
    return min(at + 1, len(view))
