"""Ten animated files of the kinds that are found in the wild, written by hand where need be."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from io import BytesIO

import numpy as np
from animated import ApngFrame, apng, gif, webp
from files import png_chunk, saved
from numpy.typing import NDArray
from PIL import Image, ImageDraw
from subjects import disc, photo_of

WIDTH, HEIGHT = 80, 64
CENTRES = (30, 34, 38, 44)
"""Columns of the middle of the disc, frame by frame."""

BACKGROUND = Image.fromarray(photo_of(disc(HEIGHT, WIDTH, radius=0) * 0))


def photo(centre: int) -> Image.Image:
    """A red disc before a blue wall, which never changes."""
    image = BACKGROUND.convert("RGBA")
    ImageDraw.Draw(image).ellipse((centre - 15, 17, centre + 15, 47), fill=(200, 60, 40, 255))
    return image


def sticker(centre: int) -> Image.Image:
    """The disc alone, on nothing."""
    image = Image.new("RGBA", (WIDTH, HEIGHT))
    ImageDraw.Draw(image).ellipse((centre - 15, 17, centre + 15, 47), fill=(200, 60, 40, 255))
    return image


PHOTOS = [photo(centre) for centre in CENTRES]
STICKERS = [sticker(centre) for centre in CENTRES]


def _with_delays(data: bytes, delays: Sequence[int]) -> bytes:
    """Write other delays, hundredths of a second, into a GIF."""
    changed = bytearray(data)
    at = 0
    for delay in delays:
        at = changed.index(b"\x21\xf9\x04", at) + 4
        changed[at : at + 2] = delay.to_bytes(2, "little")
    return bytes(changed)


def _global_palette_parts() -> bytes:
    """A GIF with one palette for all, whose later frames are parts that lie over the first."""
    palette = Image.new("P", (1, 1))
    colors = [20, 90, 160, 200, 60, 40, 0, 0, 0, 255, 255, 255]
    palette.putpalette(colors + [0] * (768 - len(colors)))
    frames: list[Image.Image] = []
    for centre in CENTRES:
        flat = Image.new("RGB", (WIDTH, HEIGHT), (20, 90, 160))
        ImageDraw.Draw(flat).ellipse((centre - 15, 17, centre + 15, 47), fill=(200, 60, 40))
        frames.append(flat.quantize(palette=palette, dither=Image.Dither.NONE))
    return saved(
        frames[0], "GIF", save_all=True, append_images=frames[1:], duration=[40, 50, 60, 70], loop=3
    )


def _fractions_apng() -> bytes:
    """Fractions of a second as delays, which are no whole milliseconds, and two plays."""
    data = bytearray(apng(PHOTOS[0], [ApngFrame(each) for each in PHOTOS], shows_still=True))
    at = 0
    for above, below in ((1, 30), (1, 24), (1001, 30000), (3, 0)):
        at = data.index(b"fcTL", at) + 4
        data[at + 20 : at + 24] = struct.pack(">HH", above, below)
        data[at - 4 : at + 30] = png_chunk(b"fcTL", bytes(data[at : at + 26]))[4:]
    at = data.index(b"acTL") + 4
    data[at - 8 : at + 12] = png_chunk(b"acTL", struct.pack(">II", 4, 2))
    return bytes(data)


def _partial_apng() -> bytes:
    """A frame over the middle that is taken back, one that clears its place, one that blends."""
    small = STICKERS[1].crop((10, 10, 60, 50))
    frames = [
        ApngFrame(STICKERS[0]),
        ApngFrame(small, left=10, top=10, disposal=2, blend=1),
        ApngFrame(small, left=14, top=10, disposal=1, blend=0),
        ApngFrame(small, left=18, top=10, blend=1),
    ]
    return apng(STICKERS[0], frames, shows_still=True)


def _hidden_apng() -> bytes:
    wall = Image.new("RGBA", (WIDTH, HEIGHT), (20, 20, 200, 255))
    return apng(wall, [ApngFrame(each) for each in PHOTOS], shows_still=False)


def _partial_webp() -> bytes:
    buffer = BytesIO()
    PHOTOS[0].save(
        buffer, "WEBP", save_all=True, append_images=PHOTOS[1:], lossless=True,
        duration=[33, 34, 33, 0], loop=2, minimize_size=True,
    )  # fmt: skip
    return buffer.getvalue()


WILD = {
    "gif-disposal-keep": gif(PHOTOS, loop=0, disposal=1),
    "gif-disposal-clear": gif(STICKERS, loop=0, disposal=2),
    "gif-disposal-restore": gif(STICKERS, loop=0, disposal=3),
    "gif-global-palette-partial-frames": _global_palette_parts(),
    "gif-zero-delays-played-once": _with_delays(gif(PHOTOS), [0, 1, 2, 0]),
    "apng-partial-frames": _partial_apng(),
    "apng-hidden-still": _hidden_apng(),
    "apng-fractions": _fractions_apng(),
    "webp-odd-delays": _partial_webp(),
    "webp-sticker": webp([STICKERS[0], Image.new("RGBA", (WIDTH, HEIGHT)), *STICKERS[2:]]),
}
"""By what is wild in them. Each has four frames of a disc; the last one's second frame is empty."""


def frames_of(data: bytes) -> list[tuple[NDArray[np.uint8], float]]:
    """Read a file by Pillow: of each frame what is shown, uint8 (H, W, 4), and its milliseconds."""
    frames: list[tuple[NDArray[np.uint8], float]] = []
    with Image.open(BytesIO(data)) as image:
        for number in range(int(getattr(image, "n_frames", 1))):
            image.seek(number)
            pixels = np.asarray(image.convert("RGBA"))
            frames.append((pixels, float(image.info.get("duration", 0))))
    return frames
