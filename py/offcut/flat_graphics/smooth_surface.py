"""Smooth backgrounds: gradients, vignettes and sheets of paper in uneven light.

Decides: which of them count as a background that is known: smooth along the whole border.

A studio backdrop, paper in the light of a window or a clear sky is not of one colour, but its
border tells a smooth surface B(x, y).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from offcut.arrays import Floats
from offcut.flat_graphics.known_background import ring_thickness
from offcut.flat_graphics.surface_fit import (
    border_ring,
    distance_from,
    fit_weights,
    places_along,
    term_grid,
    terms_of,
    tolerance_of,
)
from offcut.matting.proxy import fitting_size
from offcut.source_image import SourceImage

FIT_SIDE: Final = 128
"""Pixels of the longer side at which a surface is fitted."""
ORDERS: Final = (2, 3, 4)
"""Of the polynomials: the first by the border alone, the next by all that fits the one before."""
LEAST_FIT: Final = 0.75
"""Share of the border that the surface explains; the rest is the subject's."""
MOST_GRAIN: Final = 3.0
"""Levels: median distance of the border from its surface in a picture that may be cut so."""
LOOKS: Final = 64
"""Places along each side at which the border is looked at first."""
LAYER_SIDE: Final = 1536
"""Longer side of a surface that is handed on as a picture."""


@dataclass(frozen=True, slots=True)
class Surface:
    """A smooth background: a polynomial of the place, for each channel.

    Attributes
    ----------
    weights : float32, shape (n, 3)
        Of the terms x^i y^j, x and y in [-1, 1] from border to border; levels of 255.
    order : int
    """

    weights: NDArray[np.float32]
    order: int

    @property
    def color(self) -> tuple[int, int, int]:
        """The colour in the middle, as far as it leaves room for darker and brighter ones."""
        red, green, blue = (int(np.clip(round(float(value)), 0, 255)) for value in self.weights[0])
        return red, green, blue

    def rows(self, rows: slice, size: tuple[int, int]) -> Floats:
        """Give the surface's colours in some rows: float32, shape (rows, W, 3)."""
        height, width = size
        y = places_along(height)[rows]
        x = places_along(width)
        powers = np.stack([x**power for power in range(self.order + 1)])
        result = np.zeros((len(y), width, 3), np.float32)
        for channel in range(3):
            in_x = np.zeros((self.order + 1, width), np.float32)  # by the power of y
            for (i, j), weight in zip(terms_of(self.order), self.weights[:, channel], strict=True):
                in_x[j] += weight * powers[i]
            result[..., channel] = sum(
                np.outer(y**j, in_x[j]).astype(np.float32) for j in range(self.order + 1)
            )
        return result

    def layer_size(self, size: tuple[int, int]) -> tuple[int, int]:
        """Give a size that is fine enough: a surface has no detail."""
        width, height = fitting_size(size, LAYER_SIDE)
        return height, width


def fit_surface(source: SourceImage) -> Surface | None:
    """Fit a smooth surface to the border of a picture, and to what goes on from it.

    Parameters
    ----------
    source : SourceImage

    Returns
    -------
    Surface or None
        None where the border is no smooth surface.

    Notes
    -----
    A subject that the border cuts does not bend the surface. Some milliseconds, whatever the
    picture's size.
    """
    if not _is_smooth_border(source):
        return None
    size = fitting_size(source.size, FIT_SIDE)
    small = source.image.resize(size, Image.Resampling.BOX, reducing_gap=2.0)
    pixels = np.asarray(small).astype(np.float32)
    height, width = pixels.shape[:2]
    ring = border_ring(height, width)
    fitted, surface = ring, None
    for order in ORDERS:
        terms = term_grid(height, width, order)
        weights, grain = fit_weights(terms[fitted], pixels[fitted])
        close = distance_from(terms, pixels, weights) <= tolerance_of(grain)
        if grain > MOST_GRAIN or float(close[ring].mean()) < LEAST_FIT:
            break
        surface, fitted = Surface(weights, order), close
    return surface


def _is_smooth_border(source: SourceImage) -> bool:
    """Look at little of the border, which is enough to tell most photos from a smooth surface."""
    height, width = source.size
    thickness = ring_thickness(source.size)
    boxes = (
        (0, 0, width, min(thickness, height)),
        (0, max(0, height - thickness), width, height),
        (0, 0, min(thickness, width), height),
        (max(0, width - thickness), 0, width, height),
    )
    lines = [_line(source.image.crop(box)) for box in boxes]
    along, near = places_along(LOOKS), np.full(LOOKS, 1, np.float32)
    x = np.concatenate([along, along, -near, near])
    y = np.concatenate([-near, near, along, along])
    terms = np.stack([x**i * y**j for i, j in terms_of(ORDERS[0])], axis=1)
    pixels = np.concatenate(lines)
    weights, grain = fit_weights(terms, pixels)
    close = distance_from(terms, pixels, weights) <= tolerance_of(grain)
    return grain <= MOST_GRAIN and float(close.mean()) >= LEAST_FIT


def _line(strip: Image.Image) -> Floats:
    """Give the means along a strip of the border: float32, shape (LOOKS, 3)."""
    size = (LOOKS, 1) if strip.width >= strip.height else (1, LOOKS)
    return np.asarray(strip.resize(size, Image.Resampling.BOX)).reshape(-1, 3).astype(np.float32)
