"""Least squares of a smooth surface to colours, some of which are not of it.

Decides: how far from a surface a colour may lie that is still of it, and how the others are kept
from bending it.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from offcut.arrays import Floats
from offcut.flat_graphics.known_background import ring_thickness

LEAST_TOLERANCE: Final = 4.0
TOLERANCE: Final = 4.0
"""In median distances: what still belongs to the surface."""
STEPS: Final = 64.0
"""Weights of a surface are whole multiples of this part of a level."""
ROUNDS: Final = 12


def fit_weights(terms: Floats, colors: Floats) -> tuple[NDArray[np.float32], float]:
    """Fit a surface to colours that are mostly of it.

    Parameters
    ----------
    terms : float32, shape (n, terms)
        Of each place, as `term_grid` gives them.
    colors : float32, shape (n, 3), levels

    Returns
    -------
    weights : float32, shape (terms, 3)
    grain : float
        Median distance of what fits, in levels.

    Notes
    -----
    Least squares that are weighed anew (Geman and McClure's weights), so that what is not of the
    surface does not bend it.

    In float64: the order of a sum is the linear algebra library's, and changes with its threads,
    so with the cores of a machine. In float32 that bent the surface by a step now and then.
    """
    terms, colors = terms.astype(np.float64), colors.astype(np.float64)
    trust = np.ones(len(terms), np.float32)
    weights, missed = np.zeros((terms.shape[1], 3)), np.zeros(len(terms))
    ridge = np.eye(terms.shape[1]) * 1e-6 * len(terms)
    for turn in range(ROUNDS):
        weighed = terms * trust[:, np.newaxis]
        solved = np.linalg.solve(weighed.T @ terms + ridge, weighed.T @ colors)
        # The last bits differ between runtimes; what is decided by them must not.
        weights = np.rint(solved * STEPS) / STEPS
        missed = distance_from(terms, colors, weights)
        scale = np.float32(max(1.0, 1.2 * float(np.percentile(missed, 40))))
        # Wide at first, so that the surface may still move.
        trust = 1 / (1 + (missed / (scale * (2 if turn < ROUNDS // 2 else 1))) ** 2) ** 2
    closest = np.sort(missed)[: max(1, int(0.6 * len(missed)))]
    return weights.astype(np.float32), float(np.median(closest))


def distance_from(terms: Floats, colors: Floats, weights: Floats) -> Floats:
    """Give how far colours lie from their surface, in the channel where it is most."""
    return np.abs(colors - surface_at(terms, weights)).max(axis=-1).astype(np.float32)


def surface_at(terms: Floats, weights: Floats) -> Floats:
    """Give a surface's colours at places: float64, shape (..., 3), the same for any threads."""
    return terms.astype(np.float64, copy=False) @ weights.astype(np.float64, copy=False)


def tolerance_of(grain: float) -> float:
    """Give how far in levels a colour of a surface of this grain may lie from it."""
    return max(LEAST_TOLERANCE, TOLERANCE * grain)


def border_ring(height: int, width: int) -> NDArray[np.bool_]:
    """Mark the border that tells a background: bool, shape (height, width)."""
    thickness = ring_thickness((height, width))
    ring = np.ones((height, width), np.bool_)
    ring[thickness:-thickness, thickness:-thickness] = False
    return ring


def terms_of(order: int) -> list[tuple[int, int]]:
    """List the powers of x and y, the constant first."""
    return [(total - j, j) for total in range(order + 1) for j in range(total + 1)]


def places_along(count: int) -> Floats:
    """Give the middles of pixels from -1 at one border to 1 at the other: float32, (count,)."""
    return ((np.arange(count, dtype=np.float32) + 0.5) * (2 / count) - 1).astype(np.float32)


def term_grid(height: int, width: int, order: int) -> Floats:
    """Give all terms of a surface at every pixel: float32, shape (height, width, terms)."""
    y, x = places_along(height)[:, np.newaxis], places_along(width)[np.newaxis]
    return np.stack([x**i * y**j for i, j in terms_of(order)], axis=2)
