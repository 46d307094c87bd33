"""Neighbourhood filters of `Kernels` in numpy, and the sweeps of cheapest paths.

Decides: how windows end at the border.

Everything is summed in a fixed order, so that every runtime gives the same values.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any

import numpy as np

from offcut.arrays import Floats


def box_blur(values: Floats, radius: int) -> Floats:
    """Take the mean over a square window; see `Kernels.box_blur`."""
    return _box_1d(_box_1d(values, radius, 0), radius, 1)


def _box_1d(values: Floats, radius: int, axis: int) -> Floats:
    length = values.shape[axis]
    reach = min(radius, length - 1)
    shape = list(values.shape)
    shape[axis] += 1
    sums = np.zeros(shape)
    # The axis comes first in these views, whichever it is in memory.
    ahead = sums.swapaxes(axis, 0)
    if axis == 0:
        # The additions of a cumsum, but whole rows at once: under WebAssembly in a quarter of
        # the time. A loop in Python would take as long again.
        sums[1:] = values
        below = sums[1:]
        deque(map(np.add, below, sums, below), maxlen=0)
    else:
        np.cumsum(values, axis=axis, out=ahead[1:].swapaxes(0, axis))
    total = np.empty(values.shape)
    windows = total.swapaxes(axis, 0)
    windows[: length - reach] = ahead[reach + 1 :]
    windows[length - reach :] = ahead[-1]
    windows[reach + 1 :] -= ahead[1 : length - reach]
    position = np.arange(length, dtype=np.intp)
    count = np.minimum(position + reach + 1, length) - np.maximum(position - reach, 0)
    count = count.reshape([-1 if at == axis else 1 for at in range(values.ndim)])
    return (total / count).astype(np.float32)


def local_range(plane: Floats, radius: int) -> tuple[Floats, Floats]:
    """Find the range of the values around; see `Kernels.local_range`.

    O(H * W * log(radius)): windows are doubled until they are wide enough.
    """
    return _extreme(plane, radius, np.minimum), _extreme(plane, radius, np.maximum)


def _extreme(plane: Floats, radius: int, choose: Callable[..., Any]) -> Floats:
    for axis in (0, 1):
        pad = [(0, 0), (0, 0)]
        pad[axis] = (radius, radius)
        view = np.pad(plane, pad, mode="edge").swapaxes(axis, 0)
        width, wanted = 1, 2 * radius + 1
        while width < wanted:
            step = min(width, wanted - width)
            view = choose(view[: view.shape[0] - step], view[step:])
            width += step
        plane = view.swapaxes(0, axis)
    return np.ascontiguousarray(plane, dtype=np.float32)


def sweep_distances(far: Floats, sums: tuple[Floats, Floats]) -> float:
    """Let all cheapest paths go on; see `Kernels.sweep_distances`."""
    swept = _sweep(_sweep(far, sums[0], 1), sums[1], 0)
    improvement = float((far - swept).max())
    far[...] = swept
    return improvement


def _sweep(far: Floats, sums: Floats, axis: int) -> Floats:
    back = slice(None, None, -1)
    turned = (back,) if axis == 0 else (slice(None), back)
    forth = np.minimum.accumulate(far - sums, axis=axis)
    forth += sums
    less = np.minimum.accumulate((far + sums)[turned], axis=axis)[turned]
    less -= sums
    return np.minimum(forth, less, out=forth)
