"""Neighbourhood filters in numpy, without any policy of their own."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def box_blur(values: NDArray[np.float32], radius: int) -> NDArray[np.float32]:
    """Mean over a square window, cut off at the picture's edge.

    Parameters
    ----------
    values : float32, shape (H, W) or (H, W, C)
    radius : int, pixels, >= 1
        The window is 2 * radius + 1 wide.

    Returns
    -------
    float32, same shape
        Running sums are float64: in float32 they drift visibly after a few hundred rows.
    """
    for axis in (0, 1):
        values = _box_1d(values, radius, axis)
    return values


def _box_1d(values: NDArray[np.float32], radius: int, axis: int) -> NDArray[np.float32]:
    length = values.shape[axis]
    sums = np.cumsum(values, axis=axis, dtype=np.float64)
    sums = np.insert(sums, 0, 0.0, axis=axis)
    position = np.arange(length)
    upper = np.minimum(position + radius + 1, length)
    lower = np.maximum(position - radius, 0)
    total = np.take(sums, upper, axis=axis) - np.take(sums, lower, axis=axis)
    shape = [1] * values.ndim
    shape[axis] = length
    return (total / (upper - lower).reshape(shape)).astype(np.float32)
