"""Alpha as a local linear function of colour: the guided filter, and where to believe it."""

from __future__ import annotations

from typing import Final

import numpy as np

from offcut.arrays import Floats
from offcut.kernels.filters import box_blur
from offcut.kernels.pixel_loops import lent_loops

FIT_RIDGE: Final = 1e-4
"""Variance of colours (0..1) that is noise: one per cent, squared."""
_PAIRS: Final = ((0, 0), (0, 1), (0, 2), (1, 1), (1, 2), (2, 2))


def fit_alpha(guide: Floats, alpha: Floats, radius: int) -> tuple[Floats, Floats]:
    """Fit alpha = slopes . color + offset in the window around every pixel.

    Parameters
    ----------
    guide : float32, shape (3, h, w), range [-0.5, 0.5]
        Colours; near zero, so that products do not lose their small differences.
    alpha : float32, shape (h, w), range [0, 1]
    radius : int, pixels
        Of the window. 0 gives alpha itself.

    Returns
    -------
    slopes : float32, shape (3, h, w)
    offset : float32, shape (h, w)

    Notes
    -----
    He, Sun, Tang, "Guided Image Filtering", PAMI 2013, with two changes: the slope is divided
    by the share of alpha's variance that colour explains (R squared), so that a good fit is
    not flattened; and where that share is low, alpha stays what it was.
    """
    if radius < 1:
        return np.zeros_like(guide), alpha
    if (loops := lent_loops()) and alpha.size >= loops.fewest:
        return loops.fit_alpha(guide, np.ascontiguousarray(alpha), radius, FIT_RIDGE)
    mean_alpha = box_blur(alpha, radius)
    variance = np.maximum(box_blur(alpha * alpha, radius) - mean_alpha * mean_alpha, 0)
    mean = [box_blur(plane, radius) for plane in guide]
    shared = [box_blur(guide[i] * alpha, radius) - mean[i] * mean_alpha for i in range(3)]
    spread: list[Floats] = [
        box_blur(guide[i] * guide[j], radius) - mean[i] * mean[j] for i, j in _PAIRS
    ]
    for k in (0, 3, 5):
        spread[k] = np.maximum(spread[k], 0) + np.float32(FIT_RIDGE)
    slopes = _solve(spread, shared)
    explained = sum(slope * part for slope, part in zip(slopes, shared, strict=True))
    explained = np.clip(explained / (variance + np.float32(1e-4)), 0, 1)
    gain = 1 / np.maximum(explained, np.float32(0.1))
    slopes = [slope * gain for slope in slopes]
    offset = mean_alpha - sum(slope * part for slope, part in zip(slopes, mean, strict=True))
    trust = box_blur(explained, radius)
    slopes = np.stack([box_blur(slope, radius) * trust for slope in slopes])
    offset = box_blur(offset, radius) * trust + (1 - trust) * alpha
    return slopes.astype(np.float32, copy=False), offset.astype(np.float32, copy=False)


def _solve(spread: list[Floats], shared: list[Floats]) -> list[Floats]:
    """Solve the symmetric 3x3 system of every pixel by Cramer's rule."""
    rr, rg, rb, gg, gb, bb = spread
    x, y, z = shared
    c00, c01, c02 = gg * bb - gb * gb, gb * rb - rg * bb, rg * gb - gg * rb
    c11, c12, c22 = rr * bb - rb * rb, rb * rg - rr * gb, rr * gg - rg * rg
    scale = 1 / (rr * c00 + rg * c01 + rb * c02)
    return [
        (c00 * x + c01 * y + c02 * z) * scale,
        (c01 * x + c11 * y + c12 * z) * scale,
        (c02 * x + c12 * y + c22 * z) * scale,
    ]
