"""Neighbourhood filters in numpy, without any policy of their own.

Their cost hardly depends on the radius, because Pyodide has one thread, no BLAS and no
SciPy. Everything is summed in a fixed order, so that both runtimes give the same values.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from offcut.kernels.pixel_loops import lent_loops


def box_blur(values: NDArray[np.floating[Any]], radius: int) -> NDArray[np.float32]:
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
    if (loops := lent_loops()) and values.ndim == 2 and values.dtype == np.float32:
        return loops.box_blur(np.ascontiguousarray(values, np.float32), radius)
    return _box_1d(_box_1d(values, radius, 0), radius, 1)


def _box_1d(values: NDArray[np.floating[Any]], radius: int, axis: int) -> NDArray[np.float32]:
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


def local_range(
    plane: NDArray[np.float32], radius: int
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Find the smallest and the largest value in the square window around every pixel.

    Parameters
    ----------
    plane : float32, shape (H, W)
    radius : int, pixels, >= 0

    Returns
    -------
    (lowest, highest) : float32, shape (H, W)
        A grey erosion and a grey dilation.

    Notes
    -----
    O(H * W * log(radius)): windows are doubled until they are wide enough.
    """
    if loops := lent_loops():
        return loops.local_range(np.ascontiguousarray(plane, np.float32), radius)
    return _extreme(plane, radius, np.minimum), _extreme(plane, radius, np.maximum)


def _extreme(
    plane: NDArray[np.float32], radius: int, choose: Callable[..., Any]
) -> NDArray[np.float32]:
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


def resize_plane(
    plane: NDArray[np.float32],
    shape: tuple[int, int],
    resample: Image.Resampling = Image.Resampling.BILINEAR,
) -> NDArray[np.float32]:
    """Resize one plane of floats; shrinking averages, so that nothing aliases.

    Parameters
    ----------
    plane : float32, shape (h, w)
    shape : (int, int)
        (height, width) of the result.
    resample : PIL.Image.Resampling

    Returns
    -------
    float32, shape `shape`
    """
    if plane.shape == shape:
        return plane
    height, width = shape
    source = Image.fromarray(np.ascontiguousarray(plane, dtype=np.float32))
    return np.array(source.resize((width, height), resample), dtype=np.float32)


def taps(full: slice, length: int, small: int) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
    """Where pixels of a long row lie on a short one that stands for it.

    Parameters
    ----------
    full : slice
        The pixels.
    length, small : int
        Of the long row and of the short one.

    Returns
    -------
    first : intp, shape (n,)
        The nearer neighbour towards 0; the other one is the next, unless `small` is 1.
    share : float32, shape (n,), range [0, 1]
        Of that other one, for linear interpolation.
    """
    pixels = np.arange(int(full.start), int(full.stop), dtype=np.float64)
    position = (pixels + 0.5) * (small / length) - 0.5
    position = np.clip(position, 0, small - 1)
    first = np.minimum(position.astype(np.intp), max(small - 2, 0))
    return first, (position - first).astype(np.float32)


def bilinear_taps(
    length: int, small: int
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
    """Give what Pillow's bilinear filter enlarges rows of eight bits by.

    Parameters
    ----------
    length, small : int
        Of the enlarged row and of the row, which is no longer.

    Returns
    -------
    first, second : intp, shape (length,)
        The two pixels that a pixel is made of.
    near, far : intp, shape (length,)
        Their weights, with 22 bits behind the point. At an end one pixel may have it all.

    Notes
    -----
    `precompute_coeffs` and `normalize_coeffs_8bpc` of Pillow's Resample.c, in the same order of
    operations.
    """
    center = (np.arange(length) + 0.5) * (small / length)
    first = np.maximum((center - 1.0 + 0.5).astype(np.intp), 0)
    second = np.minimum(first + 1, small - 1)
    near, far = (np.maximum(1 - np.abs(pixel - center + 0.5), 0) for pixel in (first, first + 1))
    far *= np.minimum((center + 1.0 + 0.5).astype(np.intp), small) > first + 1
    total = near + far
    near, far = ((0.5 + weight / total * (1 << 22)).astype(np.intp) for weight in (near, far))
    return first, second, near, far


def nearest(full: slice, length: int, small: int) -> NDArray[np.intp]:
    """Give the pixels of a short row that stand for those of a long one: intp, shape (n,)."""
    pixels = np.arange(int(full.start), int(full.stop), dtype=np.intp)
    return (pixels * 2 + 1) * small // (2 * length)


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
    O(H * W * log(radius)), as `local_range`.
    """
    for axis in (0, 1):
        length = plane.shape[axis]
        result = plane
        reach, spread = 0, min(radius, length - 1)
        while reach < spread:
            step = min(reach + 1 if reach else 1, spread - reach)
            result = _widened(result, step, axis)
            reach += step
        plane = result
    return plane


def _widened(plane: NDArray[Any], step: int, axis: int) -> NDArray[Any]:
    """Take the greatest of every value and of those `step` before and behind it."""
    result = plane.copy()
    values, target = plane.swapaxes(axis, 0), result.swapaxes(axis, 0)
    np.maximum(target[step:], values[:-step], out=target[step:])
    np.maximum(target[:-step], values[step:], out=target[:-step])
    return result
