"""What scores compare beside opacities: gradients of mattes, and outlines of their solid parts."""

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

GRADIENT_SIGMA: Final = 1.4
GRADIENT_REACH: Final = 4
"""Pixels."""

Mask = NDArray[np.bool_]


def gradient(matte: NDArray[np.float32]) -> NDArray[np.float32]:
    """Steepness of a matte, by derivatives of a Gaussian whose filters have the norm 1."""
    at = np.arange(-GRADIENT_REACH, GRADIENT_REACH + 1)
    smooth = np.exp(-0.5 * (at / GRADIENT_SIGMA) ** 2)
    steep = at * smooth
    smooth, steep = smooth / np.sqrt((smooth**2).sum()), steep / np.sqrt((steep**2).sum())
    along = _filter(_filter(matte, steep, 1), smooth, 0)
    down = _filter(_filter(matte, steep, 0), smooth, 1)
    return np.hypot(along, down)


def _filter(
    plane: NDArray[np.float32], weights: NDArray[np.float64], axis: int
) -> NDArray[np.float32]:
    reach, length = len(weights) // 2, plane.shape[axis]
    padded = np.pad(plane, [(reach, reach) if at == axis else (0, 0) for at in (0, 1)], mode="edge")
    total = np.zeros_like(plane)
    for first, weight in enumerate(weights.astype(np.float32)):
        span = slice(first, first + length)
        total += weight * (padded[span] if axis == 0 else padded[:, span])
    return total


def outline(solid: Mask) -> Mask:
    """Pixels whose right, lower or lower right neighbour is on the other side."""
    right, below, across = (np.zeros_like(solid) for _ in range(3))
    right[:, :-1] = solid[:, 1:]
    below[:-1] = solid[1:]
    across[:-1, :-1] = solid[1:, 1:]
    edge = (solid ^ right) | (solid ^ below) | (solid ^ across)
    edge[-1] = solid[-1] ^ right[-1]
    edge[:, -1] = solid[:, -1] ^ below[:, -1]
    edge[-1, -1] = False
    return edge


def outline_agreement(found: Mask, true: Mask, distance: int) -> float:
    """F measure of two outlines, of which a pixel counts if the other one is near."""
    ours, theirs = outline(found), outline(true)
    count, wanted = int(ours.sum()), int(theirs.sum())
    if not count or not wanted:
        return float(count == wanted)
    precision = int((ours & within(theirs, distance)).sum()) / count
    recall = int((theirs & within(ours, distance)).sum()) / wanted
    total = precision + recall
    return 2 * precision * recall / total if total else 0.0


def within(mask: Mask, distance: int) -> Mask:
    """Dilate by a disc: what is at most `distance` pixels away from the mask."""
    height, width = mask.shape
    near = np.zeros_like(mask)
    sums = np.zeros((height, width + 1), np.int32)
    np.cumsum(mask, axis=1, out=sums[:, 1:])
    column = np.arange(width, dtype=np.intp)
    for down in range(min(distance, height - 1) + 1):
        reach = math.isqrt(distance * distance - down * down)
        stop, start = np.minimum(column + reach + 1, width), np.maximum(column - reach, 0)
        row = sums[:, stop] > sums[:, start]
        near[down:] |= row[: height - down]
        near[: height - down] |= row[down:]
    return near
