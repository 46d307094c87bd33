"""Changes of the edge that the user asks for: threshold, shift, feather.

All on the full-size matte in eight bits: a float copy of it would be the largest array of
the whole job.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from offcut.arrays import AlphaMatte, check_matte, row_bands

# A Gaussian has faded to 2 % at two standard deviations: that is where feathering ends.
_FEATHERS_PER_SIGMA: Final = 2.0


class Edge(NamedTuple):
    """A matte in two roles, which are one array as long as nothing is adjusted.

    Attributes
    ----------
    shown : uint8, shape (H, W)
        What becomes visible, and how much of it.
    mixed : uint8, shape (H, W)
        The subject's share in the colours of the source, by which they are unmixed.
    """

    shown: AlphaMatte
    mixed: AlphaMatte


def adjust_edge(
    alpha: AlphaMatte, *, threshold: float | None, shift: float, feather: float
) -> Edge:
    """Apply threshold, shift and feather to a matte, in this order.

    Parameters
    ----------
    alpha : uint8, shape (H, W)
    threshold : float or None, (0, 1]
    shift : float, pixels
        Positive grows the subject.
    feather : float, pixels, >= 0

    Returns
    -------
    Edge
        `mixed` is `alpha` itself, but where the subject grows: whoever asks for that says
        that the true edge is further out.

    Notes
    -----
    Memory: up to four bytes a pixel while feathering, two kept.
    """
    check_matte(alpha)
    shown = alpha if threshold is None else cut_at(alpha, threshold)
    shown = shift_edge(shown, shift) if shift else shown
    mixed = shift_edge(alpha, shift) if shift > 0 else alpha
    return Edge(feather_edge(shown, feather) if feather else shown, mixed)


def cut_at(alpha: AlphaMatte, threshold: float) -> AlphaMatte:
    """Make a matte of 0 and 255 only: 255 from `threshold`, in (0, 1], on."""
    least = math.ceil(threshold * 255)
    table = [255 if value >= least else 0 for value in range(256)]
    return np.asarray(Image.fromarray(alpha).point(table))


def feather_edge(alpha: AlphaMatte, radius: float) -> AlphaMatte:
    """Blur a matte, so that a hard edge fades over `radius` pixels to both sides.

    The half-way line of a straight edge stays where it is; corners get round. A subject
    that reaches the picture's border stays solid there.
    """
    blur = ImageFilter.GaussianBlur(radius / _FEATHERS_PER_SIGMA)
    return np.asarray(Image.fromarray(alpha).filter(blur))


def shift_edge(alpha: AlphaMatte, distance: float) -> AlphaMatte:
    """Move the edge, as soft as it is, by some pixels outwards, or inwards if negative.

    Grey dilation or erosion with an octagon, the nearest to a disc that costs a few
    operations a pixel; it is off a disc by at most 8 % of `distance` and half a pixel. Between
    whole pixels the two nearest results are mixed.

    Notes
    -----
    O(H * W * distance): about 8 comparisons a pixel for each pixel of distance.
    """
    whole, part = divmod(abs(distance), 1.0)
    reach = int(whole) + (part > 0)
    shifted = np.empty_like(alpha)
    height, width = alpha.shape
    for rows in row_bands(height, width):
        top, bottom = max(0, rows.start - reach), min(height, rows.stop + reach)
        band = alpha[top:bottom] if distance > 0 else ~alpha[top:bottom]
        near = _dilate(band, int(whole))
        if part:
            far = _dilate(band, reach)
            near = np.rint(near * (1 - part) + far * part).astype(np.uint8)
        near = near[rows.start - top : rows.stop - top]
        shifted[rows] = near if distance > 0 else ~near
    return shifted


def _dilate(alpha: NDArray[np.uint8], distance: int) -> NDArray[np.uint8]:
    """Greatest value within an octagon: a square's dilation by a diamond."""
    square = round(distance * (math.sqrt(2) - 1))
    result = alpha.copy()
    for step in range(distance):
        before = result.copy()
        _raise_to(result[1:], before[:-1])
        _raise_to(result[:-1], before[1:])
        # A square step takes its corners from what the vertical part has reached already.
        across = result.copy() if step < square else before
        _raise_to(result[:, 1:], across[:, :-1])
        _raise_to(result[:, :-1], across[:, 1:])
    return result


def _raise_to(values: NDArray[np.uint8], others: NDArray[np.uint8]) -> None:
    np.maximum(values, others, out=values)
