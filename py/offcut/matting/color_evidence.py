"""What the picture's colours say about pixels of which the network is unsure.

Decides: whether a faint part of the subject is kept and a doubtful patch of background lost: parts
that the network missed or added. How much colour counts. A speck of
which the network is sure stays: nothing removes it yet.

A part of the subject that the network saw only faintly often has the colours of the part
that it is sure of, and a doubtful patch of background those of the background.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from offcut.arrays import CoarseAlpha

Floats = NDArray[np.float64]

BINS: Final = 12
"""Per channel of the histogram."""
DOUBT: Final = 2e-4
"""Share of the picture that a colour needs before its own opacity outweighs the mean."""
ODD: Final = 1
"""Of eight neighbours, those on either side that may be odd ones themselves."""
SUREST: Final = 0.01
"""Probabilities are kept this far from 0 and 1."""
UNSURE_FROM: Final = 0.02
UNSURE_FULLY: Final = 0.07
"""What lies nearer than this to 0 or 1 is left alone, or changed in part."""


def weigh_colors(proxy: Image.Image, coarse: CoarseAlpha) -> CoarseAlpha:
    """Let the colours have their say where the network is unsure.

    Parameters
    ----------
    proxy : PIL.Image.Image
        The picture, RGB, at any size.
    coarse : float32, shape (h, w), range [0, 1]
        The matte of the whole picture.

    Returns
    -------
    float32, shape (h, w), range [0, 1]
        Unchanged where the network is sure, and everywhere if colour says nothing.

    Notes
    -----
    Histograms of subject and background as in Boykov and Jolly, "Interactive Graph Cuts",
    ICCV 2001, but their log odds are added to the network's instead of being cut. They count
    by the squared share of the matte's variance that colour alone explains: nothing in a
    picture whose subject wears the colours of its background. O(h * w).
    """
    height, width = coarse.shape
    small = proxy.resize((width, height), Image.Resampling.BILINEAR)
    bins = (np.asarray(small).astype(np.intp) * BINS) >> 8
    color = ((bins[..., 0] * BINS + bins[..., 1]) * BINS + bins[..., 2]).ravel()
    alpha = coarse.ravel().astype(np.float64)
    mean = float(alpha.mean())
    if not SUREST < mean < 1 - SUREST:
        return coarse
    by_color = _opacity_of_colors(color, alpha, mean)[color]
    left_over = float(((alpha - by_color) ** 2).sum())
    explained = max(0.0, 1 - left_over / (float(((alpha - mean) ** 2).sum()) + 1e-6))
    evidence = explained**2 * (_log_odds(by_color) - _log_odds(np.array(mean)))
    evidence = _without_specks(evidence.reshape(height, width)).ravel()
    weighed = 1 / (1 + np.exp(-_log_odds(alpha) - evidence))
    edge = np.minimum(alpha, 1 - alpha)
    unsure = np.clip((edge - UNSURE_FROM) / (UNSURE_FULLY - UNSURE_FROM), 0, 1)
    alpha += (weighed - alpha) * unsure
    return alpha.astype(np.float32).reshape(height, width)


def _opacity_of_colors(color: NDArray[np.intp], alpha: Floats, mean: float) -> Floats:
    """Give the mean opacity of every bin of the histogram: shape (BINS ** 3,)."""
    doubt = DOUBT * alpha.size
    count = _smooth(np.bincount(color, minlength=BINS**3).astype(np.float64))
    subject = _smooth(np.bincount(color, alpha, minlength=BINS**3).astype(np.float64))
    return (subject + doubt * mean) / (count + doubt)


def _smooth(histogram: Floats) -> Floats:
    """Share half of every bin with its neighbours, along each channel."""
    cube = histogram.reshape(BINS, BINS, BINS)
    for axis in range(3):
        pad = [(1, 1) if at == axis else (0, 0) for at in range(3)]
        ahead = np.moveaxis(np.pad(cube, pad), axis, 0)
        cube = np.moveaxis((ahead[:-2] + 2 * ahead[1:-1] + ahead[2:]) / 4, 0, axis)
    return cube.ravel()


def _without_specks(plane: Floats) -> Floats:
    """Hold every value to what its neighbours have: one pixel's colour alone makes a speck.

    A median would do it too, and take the ends of hairs with it.
    """
    height, width = plane.shape
    padded = np.pad(plane, 1, mode="edge")
    places = [(y, x) for y in range(3) for x in range(3) if (y, x) != (1, 1)]
    around = np.stack([padded[y : y + height, x : x + width] for y, x in places])
    around.partition((ODD, -1 - ODD), axis=0)
    return np.clip(plane, around[ODD], around[-1 - ODD])


def _log_odds(probability: Floats) -> Floats:
    clipped = np.clip(probability, SUREST, 1 - SUREST)
    return np.log(clipped / (1 - clipped))
