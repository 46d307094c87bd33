"""Drawings whose matte and colours are known exactly."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

OVERSAMPLED = 8
Shape = Callable[[ImageDraw.ImageDraw], object]
"""Draws in white on black, at `OVERSAMPLED` times the size."""
Rgb = tuple[int, int, int]
Point = tuple[float, float]
"""(x, y) in pixels."""
Layers = Sequence[tuple[Rgb, Shape]]


def circle(x: float, y: float, radius: float, fill: int = 255) -> Shape:
    """Draw a disc; with `fill` 0 it takes one out."""
    return ellipse(x, y, radius, radius, fill)


def ring(x: float, y: float, radius: float, width: float) -> Shape:
    """Draw a circle's line."""
    outer, inner = circle(x, y, radius), circle(x, y, radius - width, fill=0)
    return lambda draw: (outer(draw), inner(draw))


def box(left: float, top: float, right: float, bottom: float) -> Shape:
    """Draw a rectangle."""
    corners = [value * OVERSAMPLED for value in (left, top, right, bottom)]
    return lambda draw: draw.rectangle(corners, fill=255)


def letters(x: float, y: float, text: str, size: float) -> Shape:
    """Draw a text in the font that Pillow carries."""
    font = ImageFont.load_default(size * OVERSAMPLED)
    place = (x * OVERSAMPLED, y * OVERSAMPLED)
    return lambda draw: draw.text(place, text, fill=255, font=font)


def polygon(points: Sequence[Point]) -> Shape:
    """Draw a filled polygon."""
    corners = [(x * OVERSAMPLED, y * OVERSAMPLED) for x, y in points]
    return lambda draw: draw.polygon(corners, fill=255)


def ellipse(x: float, y: float, across: float, down: float, fill: int = 255) -> Shape:
    """Draw an ellipse with the half axes `across` and `down`; with `fill` 0 it takes one out."""
    corners = [value * OVERSAMPLED for value in (x - across, y - down, x + across, y + down)]
    return lambda draw: draw.ellipse(corners, fill=fill)


def line(points: Sequence[Point], width: float) -> Shape:
    """Draw a line through some points, with round joints."""
    path = [(x * OVERSAMPLED, y * OVERSAMPLED) for x, y in points]
    thick = max(1, round(width * OVERSAMPLED))
    return lambda draw: draw.line(path, fill=255, width=thick, joint="curve")


def union(*shapes: Shape) -> Shape:
    """Draw several shapes; those with `fill` 0 take out of the earlier ones."""
    return lambda draw: [shape(draw) for shape in shapes]


def coverage(size: tuple[int, int], shape: Shape) -> NDArray[np.float64]:
    """Give the share of every pixel that a shape covers: float64, shape `size`, range [0, 1]."""
    height, width = size
    mask = Image.new("L", (width * OVERSAMPLED, height * OVERSAMPLED))
    shape(ImageDraw.Draw(mask))
    return np.asarray(mask.resize((width, height), Image.Resampling.BOX)) / 255


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
        share = coverage(size, shape)
        weighted = weighted * (1 - share[..., None]) + share[..., None] * np.array(color)
        alpha = alpha * (1 - share) + share
    image = weighted + (1 - alpha[..., None]) * np.array(paper)
    colors = weighted / np.maximum(alpha, 1e-6)[..., None]
    return np.rint(image).astype(np.uint8), alpha, colors
