"""Solve the colours of subject and background at reduced size, from coarse to fine.

Decides: how smooth the colours of subject and background are, how many steps are taken, which
pixels count as sure.

Germer, Uelwer, Conrad, Harmeling, "Fast Multi-Level Foreground Estimation", ICPR 2020:
minimise ``|I - aF - (1 - a)B|^2`` plus the smoothness of F and B, weighted by the change of
a, by Jacobi steps on a pyramid.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from offcut.arrays import Floats
from offcut.kernels.arguments import Softness
from offcut.kernels.interface import Kernels
from offcut.kernels.sampling import nearest, resize_plane

SMALL_SIDE: Final = 32
STEPS_SMALL: Final = 10
STEPS: Final = 3
FLATNESS: Final = 1e-5
"""Weight of "neighbours have the same colour" where alpha is constant."""
FLATNESS_AT_EDGES: Final = 0.03
"""The same per unit of change of alpha."""
SURE: Final = 0.004
"""Alpha nearer than this to 0 or 1 is exact: one step of 8 bits."""
SOFTNESS: Final = Softness(SURE, 1 - SURE, FLATNESS, FLATNESS_AT_EDGES)


def solve_colors(image: Floats, alpha: Floats, kernels: Kernels) -> Floats:
    """Solve the mixing equation for the colours on both sides.

    Parameters
    ----------
    image : float32, shape (3, h, w), range [0, 1]
    alpha : float32, shape (h, w), range [0, 1]
    kernels : Kernels

    Returns
    -------
    float32, shape (6, h, w), range [0, 1]
        The subject's colours and the background's; where there is nothing of one of them near,
        those of the coarser levels.
    """
    height, width = alpha.shape
    pair = _mean_colors(image, alpha)
    shape = (1, 1)
    for colors, matte in _levels(image, alpha):
        coarser, shape = shape, matte.shape
        rows = nearest(slice(0, shape[0]), shape[0], coarser[0])
        columns = nearest(slice(0, shape[1]), shape[1], coarser[1])
        pair = pair.take((rows[:, np.newaxis] * coarser[1] + columns).ravel(), axis=1)
        steps = STEPS_SMALL if max(shape) <= SMALL_SIDE else STEPS
        kernels.relax_colors(colors, matte, pair, SOFTNESS, steps)
    return pair.reshape(6, height, width)


def _levels(image: Floats, alpha: Floats) -> list[tuple[Floats, Floats]]:
    """Shrink step by step to one pixel; the coarsest level comes first."""
    height, width = alpha.shape
    steps = max(1, math.ceil(math.log2(max(height, width))))
    levels = [(image, alpha)]
    for step in range(steps - 1, -1, -1):
        shape = (round(height ** (step / steps)), round(width ** (step / steps)))
        image = np.stack([resize_plane(plane, shape) for plane in image])
        alpha = resize_plane(alpha, shape)
        levels.append((image, alpha))
    return levels[::-1]


def _mean_colors(image: Floats, alpha: Floats) -> Floats:
    """Start from the mean colours of subject and background: (6, 1)."""
    means: list[float] = []
    for weight in (alpha, 1 - alpha):
        total = float(weight.sum(dtype=np.float64)) + 1e-6
        means += [float((plane * weight).sum(dtype=np.float64)) / total for plane in image]
    return np.array(means, np.float32)[:, np.newaxis]
