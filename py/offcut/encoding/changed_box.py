"""The part of a frame that is not as in the frame before: the rest need not be written."""

from __future__ import annotations

from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

_Kind = TypeVar("_Kind", np.uint8, np.bool_)


class Part(NamedTuple):
    """Rows `top` to `bottom` and columns `left` to `right`, the last ones excluded."""

    top: int
    left: int
    bottom: int
    right: int

    def of(self, picture: NDArray[_Kind]) -> NDArray[_Kind]:
        """Cut it out of a picture."""
        return np.ascontiguousarray(picture[self.top : self.bottom, self.left : self.right])


def changed_box(before: NDArray[np.uint8] | None, picture: NDArray[np.uint8], step: int) -> Part:
    """Find what is to be written of a frame.

    Parameters
    ----------
    before : uint8, shape (H, W, C), or None
        The frame before; None for the first one, which is written whole.
    picture : uint8, same shape
    step : int
        The part begins at multiples of it.

    Returns
    -------
    Part
        One pixel, where nothing has changed: a format has no frame without any.
    """
    if before is None:
        return Part(0, 0, *picture.shape[:2])
    return box_of((before != picture).any(axis=2), step)


def box_of(marked: NDArray[np.bool_], step: int) -> Part:
    """Find the box around what is marked, shape (H, W); one pixel if nothing is."""
    rows, columns = np.flatnonzero(marked.any(axis=1)), np.flatnonzero(marked.any(axis=0))
    if not len(rows):
        return Part(0, 0, 1, 1)
    top, left = (int(each[0]) // step * step for each in (rows, columns))
    return Part(top, left, int(rows[-1]) + 1, int(columns[-1]) + 1)
