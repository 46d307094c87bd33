"""Makers of animations that Pillow would not write: APNG, GIF and WebP, frame by frame."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from files import png_chunk, saved
from PIL import Image, ImageDraw

SIZE = (40, 30)
"""Width and height of `disc` and `nothing`."""


@dataclass(frozen=True)
class ApngFrame:
    """A frame of an APNG."""

    image: Image.Image
    left: int = 0
    top: int = 0
    disposal: int = 0
    blend: int = 0


def disc(color: tuple[int, int, int] = (200, 40, 40)) -> Image.Image:
    """Draw a disc on a clear ground."""
    image = Image.new("RGBA", SIZE)
    ImageDraw.Draw(image).ellipse((10, 5, 30, 25), fill=color)
    return image


def nothing(color: tuple[int, int, int, int] = (0, 0, 0, 0)) -> Image.Image:
    """Make a frame of one colour, clear by default."""
    return Image.new("RGBA", SIZE, color)


def apng(still: Image.Image, frames: Sequence[ApngFrame], *, shows_still: bool) -> bytes:
    """Write an APNG whose plain picture is its first frame, or no part of the animation."""
    width, height = still.size
    parts = [
        b"\x89PNG\r\n\x1a\n",
        png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)),
        png_chunk(b"acTL", struct.pack(">II", len(frames), 0)),
    ]
    if not shows_still:
        parts.append(png_chunk(b"IDAT", _packed(still)))
    sequence = 0
    for number, frame in enumerate(frames):
        place = (*frame.image.size, frame.left, frame.top)
        control = struct.pack(">5I2H2B", sequence, *place, 1, 2, frame.disposal, frame.blend)
        parts.append(png_chunk(b"fcTL", control))
        sequence += 1
        if shows_still and number == 0:
            parts.append(png_chunk(b"IDAT", _packed(frame.image)))
        else:
            parts.append(png_chunk(b"fdAT", struct.pack(">I", sequence) + _packed(frame.image)))
            sequence += 1
    return b"".join([*parts, png_chunk(b"IEND", b"")])


def gif(frames: Sequence[Image.Image], **options: object) -> bytes:
    """Write a GIF whose frames are all kept, also where they are alike."""
    duration = [50 + number for number in range(len(frames))]
    return saved(
        frames[0], "GIF", save_all=True, append_images=frames[1:], duration=duration, **options
    )


def webp(frames: Sequence[Image.Image]) -> bytes:
    """Write a lossless WebP animation."""
    return saved(
        frames[0],
        "WEBP",
        save_all=True,
        append_images=frames[1:],
        lossless=True,
        minimize_size=False,
        duration=50,
    )


def _packed(image: Image.Image) -> bytes:
    pixels = np.asarray(image.convert("RGBA"))
    return zlib.compress(b"".join(b"\0" + row.tobytes() for row in pixels))
