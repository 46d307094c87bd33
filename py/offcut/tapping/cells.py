"""Planes and masks at the size of cells, and what is counted over many masks at once."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from offcut.kernels.dilation import window_maximum
from offcut.tapping.region_graph import CELL

Masks = NDArray[np.bool_]
"""bool, shape (masks, rows, columns)."""


def to_cells(plane: NDArray[Any], join: np.ufunc) -> NDArray[Any]:
    """Shrink a plane to cells: of each, the sum, the greatest or the least."""
    height, width = plane.shape
    margins = ((0, -height % CELL), (0, -width % CELL))
    full = np.pad(plane, margins, mode="edge")
    rows = join.reduce(full.reshape(full.shape[0] // CELL, CELL, full.shape[1]), axis=1)
    return join.reduce(rows.reshape(rows.shape[0], rows.shape[1] // CELL, CELL), axis=2)


def widen(masks: Masks, radius: int) -> Masks:
    """Widen all masks; whatever is beside the picture is in none."""
    turned = np.ascontiguousarray(masks.transpose(1, 2, 0))
    return window_maximum(turned, radius).transpose(2, 0, 1)


def mean_in(masks: Masks, plane: NDArray[Any]) -> NDArray[np.float64]:
    """Average a plane over each mask; 0 where a mask is empty."""
    count = masks.sum(axis=(1, 2))
    total = np.array([plane[mask].sum(dtype=np.float64) for mask in masks])
    return total / np.maximum(count, 1)


def share_of(part: Masks, whole: Masks) -> NDArray[np.float64]:
    """Say which share of each mask another one has."""
    return part.sum(axis=(1, 2)) / np.maximum(whole.sum(axis=(1, 2)), 1)


def ends_of(lines: Masks) -> NDArray[np.intp]:
    """Give the first and the last line of each mask."""
    return np.stack((lines.argmax(axis=1), lines.shape[1] - 1 - lines[:, ::-1].argmax(axis=1)), 1)
