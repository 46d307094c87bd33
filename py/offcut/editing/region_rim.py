"""The rim of a tapped region: unknown, and solved by the colours on both sides of it.

Decides: how wide the rim of a region is in which its outline is not believed, from how far around
the colours of both sides are taken, that the outline is smooth where colours tell nothing.

A region is made of cells, and its outline has stairs. Fitted as it is, they stay.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from offcut.arrays import Floats
from offcut.kernels.dilation import window_maximum
from offcut.kernels.interface import Kernels
from offcut.kernels.numpy_fit import PAIRS, solve_slopes
from offcut.matting.guided_filter import FIT_RIDGE

UNKNOWN: Final = 3
"""Pixels of the mask on either side of an outline: one and a half cells."""
WINDOW: Final = 7
"""In which what is known tells the colours of both sides: it reaches beyond the rim on each."""
HALF: Final = 0.5
"""Step of opacity, and the opacity, from which on there is an outline."""
_LEAST_VARIANCE: Final = np.float32(1e-4)
_LEAST_EXPLAINED: Final = np.float32(0.1)
_LEAST_SHARE: Final = np.float32(1e-3)


def solve_rim(guide: Floats, wanted: Floats, kernels: Kernels) -> Floats:
    """Solve a matte anew along its outlines.

    Parameters
    ----------
    guide : float32, shape (3, h, w), range [-0.5, 0.5]
        Colours.
    wanted : float32, shape (h, w), range [0, 1]
        The matte; near its outlines only what lies beyond them is believed.
    kernels : Kernels

    Returns
    -------
    float32, shape (h, w), range [0, 1]
        As `wanted` outside of the rim, and where a part is too thin to have an inside.

    Notes
    -----
    Alpha as a linear function of colour (Levin, Lischinski, Weiss, "A Closed-Form Solution to
    Natural Image Matting", PAMI 2008), in one window around each pixel and from its known pixels
    alone; as far as colour does not explain them, the outline without its stairs.
    """
    is_rim = _rim(wanted, kernels)
    known = (~is_rim).astype(np.float32)
    share = np.maximum(kernels.box_blur(known, WINDOW), _LEAST_SHARE)

    def mean(plane: Floats) -> Floats:
        return kernels.box_blur(plane * known, WINDOW) / share

    alpha, colors = mean(wanted), [mean(plane) for plane in guide]
    variance = np.maximum(mean(wanted * wanted) - alpha * alpha, 0)
    shared = [mean(guide[i] * wanted) - colors[i] * alpha for i in range(3)]
    spread: list[Floats] = [mean(guide[i] * guide[j]) - colors[i] * colors[j] for i, j in PAIRS]
    for k in (0, 3, 5):
        spread[k] = np.maximum(spread[k], 0) + np.float32(FIT_RIDGE)
    slopes = solve_slopes(spread, shared)
    red, green, blue = (slope * part for slope, part in zip(slopes, shared, strict=True))
    explained = np.clip((red + green + blue) / (variance + _LEAST_VARIANCE), 0, 1)
    red, green, blue = (
        slope * (plane - color) for slope, plane, color in zip(slopes, guide, colors, strict=True)
    )
    told = (red + green + blue) / np.maximum(explained, _LEAST_EXPLAINED) + alpha
    smooth = kernels.box_blur(kernels.box_blur(wanted, UNKNOWN), UNKNOWN)
    solved = np.clip(explained * told + (1 - explained) * smooth, 0, 1)
    return np.where(is_rim, solved, wanted).astype(np.float32, copy=False)


def _rim(wanted: Floats, kernels: Kernels) -> NDArray[np.bool_]:
    """Find what is near an outline with an inside on the one side and an outside on the other."""
    low, high = kernels.local_range(wanted, UNKNOWN)
    inside = window_maximum(low >= HALF, 2 * UNKNOWN)
    outside = window_maximum(high < HALF, 2 * UNKNOWN)
    return (high - low >= HALF) & inside & outside
