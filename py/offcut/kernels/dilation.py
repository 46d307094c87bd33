"""The greatest value around every pixel."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def window_maximum(plane: NDArray[Any], radius: int) -> NDArray[Any]:
    """Find the greatest value in the square window around every pixel.

    Parameters
    ----------
    plane : any type that can be compared, shape (H, W)
    radius : int, pixels, >= 0

    Returns
    -------
    the same type and shape
        A grey dilation; of a mask, what lies within `radius` of it.

    Notes
    -----
    O(H * W * log(radius)): windows are doubled until they are wide enough.
    """
    for axis in (0, 1):
        length = plane.shape[axis]
        result = plane
        reach, spread = 0, min(radius, length - 1)
        while reach < spread:
            step = min(reach + 1 if reach else 1, spread - reach)
            result = _widen(result, step, axis)
            reach += step
        plane = result
    return plane


def _widen(plane: NDArray[Any], step: int, axis: int) -> NDArray[Any]:
    """Take the greatest of every value and of those `step` before and behind it."""
    result = plane.copy()
    values, target = plane.swapaxes(axis, 0), result.swapaxes(axis, 0)
    np.maximum(target[step:], values[:-step], out=target[step:])
    np.maximum(target[:-step], values[step:], out=target[:-step])
    return result
