"""Connected parts of small masks: the one at a place, and its holes filled."""

from __future__ import annotations

import numpy as np

from offcut.kernels.connected_components import Mask, Regions, find_regions


def part_at(mask: Mask, row: int, column: int) -> Mask | None:
    """Give the connected part of a mask that holds a pixel; None if the pixel is not in it."""
    if not mask[row, column]:
        return None
    regions = _regions(mask)
    runs = np.flatnonzero(regions.row == row)
    here = runs[(regions.start[runs] <= column) & (column < regions.stop[runs])]
    chosen = np.zeros(regions.count, np.bool_)
    chosen[regions.region[here]] = True
    part = np.zeros(mask.shape, np.bool_)
    regions.paint(part, chosen, value=True)
    return part


def fill_holes(mask: Mask) -> Mask:
    """Add what is enclosed by a mask."""
    if mask.all():
        return mask
    regions = _regions(~mask)
    filled = mask.copy()
    regions.paint(filled, ~regions.touches_border(), value=True)
    return filled


def _regions(mask: Mask) -> Regions:
    regions = find_regions([mask], is_diagonal=False, most_runs=mask.size)
    assert regions is not None  # there are no more runs than pixels
    return regions
