"""Changes of the edge that the user asks for: threshold, shift, feather.

Decides: what threshold, shift and feather do, and in which order; whether corners get round, how a
subject at the border fades.

All on the full-size matte in eight bits: a float copy of it would be the largest array of
the whole job.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from offcut.arrays import AlphaMatte, check_matte, row_bands
from offcut.subject import Edge

# A Gaussian has faded to 2 % at two standard deviations: that is where feathering ends.
_FEATHERS_PER_SIGMA: Final = 2.0


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
    mixed = alpha
    if shift > 0:
        mixed = shown if threshold is None else shift_edge(alpha, shift)
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
    image = Image.fromarray(alpha)
    found = image.getbbox()
    if found is None:
        return alpha
    # Pillow's blur ends before three deviations; beyond that all is background, and stays so.
    reach = math.ceil(3 * radius / _FEATHERS_PER_SIGMA) + 4
    box = (
        max(0, found[0] - 2 * reach),
        max(0, found[1] - 2 * reach),
        min(image.width, found[2] + 2 * reach),
        min(image.height, found[3] + 2 * reach),
    )
    blurred = np.zeros_like(alpha)
    blurred[box[1] : box[3], box[0] : box[2]] = np.asarray(image.crop(box).filter(blur))
    return blurred


def shift_edge(alpha: AlphaMatte, distance: float) -> AlphaMatte:
    """Move the edge, as soft as it is, by some pixels outwards, or inwards if negative.

    Grey dilation or erosion with an octagon, the nearest to a disc that costs a few
    operations a pixel; it is off a disc by at most 8 % of `distance` and half a pixel. Between
    whole pixels the two nearest results are mixed.

    Notes
    -----
    O(H * W * log(distance)): see `_dilate`.
    """
    whole, part = divmod(abs(distance), 1.0)
    reach = int(whole) + (part > 0)
    share = bytes(round(value * part) for value in range(256))
    shifted = alpha.copy()
    # Beyond this box all is background, and stays so.
    box = Image.fromarray(alpha).getbbox() or (0, 0, 0, 0)
    columns = slice(max(0, box[0] - reach), box[2] + reach)
    outer = slice(max(0, box[1] - reach), min(len(alpha), box[3] + reach))
    for band in row_bands(outer.stop - outer.start, alpha.shape[1]):
        rows = slice(outer.start + band.start, outer.start + band.stop)
        top = max(0, rows.start - reach)
        seen = alpha[top : rows.stop + reach, columns]
        near = _dilate(seen if distance > 0 else ~seen, int(whole))
        if part:
            further = _dilate_once(near, is_square=_square(reach) > _square(int(whole))) - near
            near = near + np.frombuffer(further.tobytes().translate(share), np.uint8).reshape(
                near.shape
            )
        near = near[rows.start - top : rows.stop - top]
        shifted[rows, columns] = near if distance > 0 else ~near
    return shifted


def _square(distance: int) -> int:
    """Give how much of an octagon's radius is a square's; the rest is a diamond's."""
    return round(distance * (math.sqrt(2) - 1))


def _dilate(alpha: NDArray[np.uint8], distance: int) -> NDArray[np.uint8]:
    """Find the greatest value within an octagon: that of a diamond around a square around it.

    A diamond of radius r is a plus sign around two diagonals of r pixels each.
    """
    if distance == 0:
        return alpha.copy()
    square = _square(distance)
    diamond = distance - square
    result = np.pad(alpha, distance)  # a way may lead out of the picture and back
    result = _dilate_along(result, 1, 0, 2 * square + 1)
    result = _dilate_along(result, 0, 1, 2 * square + 1)
    result = _dilate_along(result, 1, 1, diamond)
    result = _dilate_along(result, 1, -1, diamond)
    result = _dilate_once(result, is_square=False)
    # Lines begin at their pixel and do not lie around it.
    top, left = distance + square + diamond - 1, distance + square
    return result[top : top + alpha.shape[0], left : left + alpha.shape[1]]


def _dilate_along(
    values: NDArray[np.uint8], down: int, across: int, length: int
) -> NDArray[np.uint8]:
    """Find the greatest of `length` pixels from each one upwards and to the left.

    `down` and `across` say to which side the values spread; the line doubles until it is long
    enough.
    """
    reached = 1
    while reached < length:
        step = min(reached, length - reached)
        result = values.copy()
        target, source = result[step * down :], values[: len(values) - step * down]
        if across > 0:
            target, source = target[:, step:], source[:, :-step]
        elif across < 0:
            target, source = target[:, :-step], source[:, step:]
        np.maximum(target, source, out=target)
        values = result
        reached += step
    return values


def _dilate_once(values: NDArray[np.uint8], *, is_square: bool) -> NDArray[np.uint8]:
    """Find the greatest of each pixel and its four neighbours, or eight for a square."""
    result = values.copy()
    _raise_to(result[1:], values[:-1])
    _raise_to(result[:-1], values[1:])
    # A square takes its corners from what the vertical part has reached already.
    beside = result.copy() if is_square else values
    _raise_to(result[:, 1:], beside[:, :-1])
    _raise_to(result[:, :-1], beside[:, 1:])
    return result


def _raise_to(values: NDArray[np.uint8], others: NDArray[np.uint8]) -> None:
    np.maximum(values, others, out=values)
