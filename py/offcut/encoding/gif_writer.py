"""Writes a GIF, still or animated: Pillow packs the pixels, and here the frames are put together.

A GIF's pixel is there or not, and a frame has 255 colours beside the transparent one. No colours
are mixed by dots: from frame to frame the dots would dance.

Decides: from which opacity on a pixel is there; that each frame is taken away before the next one,
so that what becomes transparent is gone.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PIL.GifImagePlugin import getdata

from offcut.encoding.changed_box import box_of
from offcut.encoding.frame_timing import count_ticks

_SOLID: Final = 128
_COLORS: Final = 255
_CLEAR: Final = 255
_TICK_MS: Final = 10
_TAKEN_AWAY: Final = 2
_MOST: Final = 0xFFFF


def encode_gif(
    pictures: Iterable[NDArray[np.uint8]], delays: Sequence[Fraction], *, plays: int
) -> bytes:
    """Write a GIF.

    Parameters
    ----------
    pictures : iterable of uint8, shape (H, W, C)
        As many as `delays`; of 1, 3 or 4 channels, RGBA straight.
    delays : sequence of Fraction
        Milliseconds, which become hundredths of a second.
    plays : int
        0 for ever.
    """
    parts: list[bytes] = []
    size = (1, 1)
    for picture, ticks in zip(pictures, count_ticks(delays, _TICK_MS), strict=True):
        size = picture.shape[:2]
        parts += _frame(picture, min(ticks, _MOST))
    height, width = size
    head = b"GIF89a" + struct.pack("<HHBBB", width, height, 0, 0, 0)
    # The file says how often it is repeated, which is once less than it is played.
    repeats = b"" if plays == 1 else struct.pack("<H", min(max(plays - 1, 0), _MOST))
    loop = b"\x21\xff\x0bNETSCAPE2.0\x03\x01" + repeats + b"\0" if repeats else b""
    return b"".join([head, loop, *parts, b";"])


def _frame(picture: NDArray[np.uint8], ticks: int) -> list[bytes]:
    """Pack what is to be seen of a frame, with its palette and its delay."""
    channels = picture.shape[2]
    is_there = np.ones(picture.shape[:2], np.bool_)
    if channels == 4:
        is_there = picture[..., 3] >= _SOLID
    box = box_of(is_there, 1)
    part = box.of(picture)
    rgb = np.repeat(part, 3, axis=2) if channels == 1 else part[..., :3]
    indices, palette = _with_palette(rgb, box.of(is_there))
    image = Image.fromarray(indices, "P")
    image.putpalette(palette.ljust(3 * 256, b"\0"))
    return getdata(
        image,
        (box.left, box.top),
        duration=ticks * _TICK_MS,
        disposal=_TAKEN_AWAY,
        transparency=_CLEAR,
        include_color_table=True,
    )


def _with_palette(
    rgb: NDArray[np.uint8], is_there: NDArray[np.bool_]
) -> tuple[NDArray[np.uint8], bytes]:
    """Find 255 colours for the pixels that are there: their own, if there are no more."""
    indices = np.full(is_there.shape, _CLEAR, np.uint8)
    colors = rgb[is_there]
    if not len(colors):
        return indices, b""
    packed = colors.astype(np.uint32) @ np.array((1 << 16, 1 << 8, 1), np.uint32)
    own, places = np.unique(packed, return_inverse=True)
    if len(own) <= _COLORS:
        indices[is_there] = places
        palette = own.astype(">u4").tobytes()
        return indices, b"".join(palette[at + 1 : at + 4] for at in range(0, len(palette), 4))
    reduced = Image.fromarray(colors[np.newaxis]).quantize(
        _COLORS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE
    )
    indices[is_there] = np.asarray(reduced)[0]
    return indices, bytes(reduced.getpalette() or ())
