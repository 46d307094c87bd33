"""Painted portraits before a studio's backdrop: small pictures, and where the person is."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

SIZE = 160
Mask = NDArray[np.bool_]
JACKET = (70, 80, 120)
BODY = [(45, 160), (45, 110), (70, 88), (90, 88), (115, 110), (115, 160)]


def backdrop(base: tuple[int, int, int] = (186, 190, 196), slope: float = 14.0) -> Image.Image:
    """A wall that a lamp lights from one side, with a photo's grain."""
    y, x = np.mgrid[-1 : 1 : SIZE * 1j, -1 : 1 : SIZE * 1j]
    light = slope * (x - 0.5 * y) - 6 * (x * x + y * y)
    grain = np.random.default_rng(1).normal(0, 1.5, (SIZE, SIZE))
    pixels = np.array(base) + (light + grain)[..., np.newaxis]
    return Image.fromarray(np.clip(np.rint(pixels), 0, 255).astype(np.uint8))


def marked(draw: str, *arguments: object) -> Mask:
    mask = Image.new("1", (SIZE, SIZE))
    getattr(ImageDraw.Draw(mask), draw)(*arguments, fill=1)
    return np.asarray(mask)


HEAD = marked("ellipse", (60, 40, 100, 92))


def portrait(picture: Image.Image, body: list[tuple[int, int]], color: tuple[int, ...]) -> Mask:
    """Paint a person; give where they are."""
    draw = ImageDraw.Draw(picture)
    if body:
        draw.polygon(body, fill=color)
    draw.ellipse((60, 40, 100, 92), fill=(203, 160, 138))
    return marked("polygon", body) | HEAD if body else HEAD
