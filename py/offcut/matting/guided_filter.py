"""Alpha as a local linear function of colour: the guided filter, and where to believe it.

Decides: how much noise of colours the fit forgives. Radius: refine.py; formula:
kernels/numpy_fit.py.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from offcut.arrays import Floats
from offcut.kernels.interface import Kernels

FIT_RIDGE: Final = 1e-4
"""Variance of colours (0..1) that is noise: one per cent, squared."""


def fit_alpha(guide: Floats, alpha: Floats, radius: int, kernels: Kernels) -> tuple[Floats, Floats]:
    """Fit alpha = slopes . color + offset in the window around every pixel.

    Parameters
    ----------
    guide : float32, shape (3, h, w), range [-0.5, 0.5]
        Colours.
    alpha : float32, shape (h, w), range [0, 1]
    radius : int, pixels
        Of the window. 0 gives alpha itself.
    kernels : Kernels

    Returns
    -------
    slopes : float32, shape (3, h, w)
    offset : float32, shape (h, w)

    Notes
    -----
    He, Sun, Tang, "Guided Image Filtering", PAMI 2013; `Kernels.fit_alpha` tells where we
    deviate from it.
    """
    if radius < 1:
        return np.zeros_like(guide), alpha
    return kernels.fit_alpha(guide, alpha, radius, FIT_RIDGE)
