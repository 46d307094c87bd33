"""How far pixels outside of a subject are from its edge, to a small part of a pixel.

Decides: where the edge is: the points between neighbours at which the matte, taken as linear, is
half opaque.

The separable transform of Felzenszwalb and Huttenlocher, "Distance Transforms of Sampled
Functions", Theory of Computing 2012, once for the points on columns and once for those on rows,
whose places are no whole numbers; the squared distances are compared outright, since only near
ones count.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from offcut.arrays import AlphaMatte

_HALF: Final = np.float32(127.5)

Distance = NDArray[np.float32]


def distance_outside(alpha: AlphaMatte, reach: int) -> Distance:
    """Measure the Euclidean distance of every pixel from the level of one half.

    Parameters
    ----------
    alpha : uint8, shape (H, W)
    reach : int
        Pixels. What is farther away is told as `reach` + 1.

    Returns
    -------
    float32, shape (H, W)
        Pixels; 0 where the matte is at least half opaque.
    """
    # The points on the columns are near along these; then the neighbouring columns are looked at.
    squared = _spread(_along_columns(alpha, reach), reach)
    across = _spread(_along_columns(alpha.T, reach), reach)
    distance = np.sqrt(np.minimum(squared, across.T, out=squared), out=squared)
    np.minimum(distance, np.float32(reach + 1), out=distance)
    distance[alpha >= _HALF] = 0
    return distance


def _along_columns(alpha: AlphaMatte, reach: int) -> Distance:
    """Square each pixel's distance from the nearest point of the edge on its own column."""
    height = alpha.shape[0]
    upper, lower = alpha[:-1].astype(np.float32), alpha[1:].astype(np.float32)
    is_crossed = (upper >= _HALF) != (lower >= _HALF)
    step = np.where(is_crossed, lower - upper, 1)
    rows = np.arange(height, dtype=np.float32)[:, np.newaxis]
    place = rows[:-1] + (_HALF - upper) / step
    far = np.float32(reach + 1)
    last = np.full(alpha.shape, -np.inf, np.float32)
    last[1:][is_crossed] = place[is_crossed]
    np.maximum.accumulate(last, axis=0, out=last)
    following = np.full(alpha.shape, np.inf, np.float32)
    following[:-1][is_crossed] = place[is_crossed]
    following = np.minimum.accumulate(following[::-1], axis=0)[::-1]
    nearest = np.minimum(np.minimum(rows - last, following - rows), far)
    return nearest * nearest


def _spread(squared: Distance, reach: int) -> Distance:
    """Look at all columns within reach: (distance along theirs)^2 + (columns between)^2."""
    nearest = squared.copy()
    for columns in range(1, min(reach, squared.shape[1] - 1) + 1):
        further = squared + np.float32(columns * columns)
        np.minimum(nearest[:, columns:], further[:, :-columns], out=nearest[:, columns:])
        np.minimum(nearest[:, :-columns], further[:, columns:], out=nearest[:, :-columns])
    return nearest
