"""Where pixels of one size lie in another, and planes brought from one size to another.

Decides: which small pixel stands for which large one; an edge or colour that is off by half a pixel
comes from here.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image


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
