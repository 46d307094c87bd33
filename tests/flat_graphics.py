"""Drawings whose matte and colours are known exactly, as files."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

OVERSAMPLED = 8
Shape = Callable[[ImageDraw.ImageDraw], object]
"""Draws in white on black, at `OVERSAMPLED` times the size."""
Rgb = tuple[int, int, int]
Layers = Sequence[tuple[Rgb, Shape]]


def circle(x: float, y: float, radius: float, fill: int = 255) -> Shape:
    """A disc; with `fill` 0 it takes one out."""
    box = [value * OVERSAMPLED for value in (x - radius, y - radius, x + radius, y + radius)]
    return lambda draw: draw.ellipse(box, fill=fill)


def ring(x: float, y: float, radius: float, width: float) -> Shape:
    """A circle's line."""
    outer, inner = circle(x, y, radius), circle(x, y, radius - width, fill=0)
    return lambda draw: (outer(draw), inner(draw))


def box(left: float, top: float, right: float, bottom: float) -> Shape:
    """A rectangle."""
    corners = [value * OVERSAMPLED for value in (left, top, right, bottom)]
    return lambda draw: draw.rectangle(corners, fill=255)


def letters(x: float, y: float, text: str, size: float) -> Shape:
    """A text in the font that Pillow carries."""
    font = ImageFont.load_default(size * OVERSAMPLED)
    place = (x * OVERSAMPLED, y * OVERSAMPLED)
    return lambda draw: draw.text(place, text, fill=255, font=font)


def drawing(
    size: tuple[int, int], layers: Layers, paper: Rgb = (255, 255, 255)
) -> tuple[NDArray[np.uint8], NDArray[np.float64], NDArray[np.float64]]:
    """Draw layers over each other, the lowest one first, on paper.

    Parameters
    ----------
    size : (int, int)
        (height, width).
    layers : sequence of (colour, shape)
    paper : (int, int, int)

    Returns
    -------
    image : uint8, shape (H, W, 3)
    alpha : float64, shape (H, W), range [0, 1]
    colors : float64, shape (H, W, 3)
        The drawing's own, 0 where there is none.
    """
    height, width = size
    alpha, weighted = np.zeros((height, width)), np.zeros((height, width, 3))
    for color, shape in layers:
        mask = Image.new("L", (width * OVERSAMPLED, height * OVERSAMPLED))
        shape(ImageDraw.Draw(mask))
        share = np.asarray(mask.resize((width, height), Image.Resampling.BOX)) / 255
        weighted = weighted * (1 - share[..., None]) + share[..., None] * np.array(color)
        alpha = alpha * (1 - share) + share
    image = weighted + (1 - alpha[..., None]) * np.array(paper)
    colors = weighted / np.maximum(alpha, 1e-6)[..., None]
    return np.rint(image).astype(np.uint8), alpha, colors
