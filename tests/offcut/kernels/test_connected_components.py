"""Regions of a mask, and what is asked of them."""

from __future__ import annotations

import numpy as np
from offcut.kernels.connected_components import find_regions


def test_only_regions_that_share_a_pixel_with_a_mask_meet_it() -> None:
    mask = np.array([[1, 1, 0, 1], [0, 0, 0, 1], [1, 0, 0, 1]], np.bool_)
    other = np.array([[0, 0, 1, 0], [0, 0, 0, 1], [0, 1, 1, 0]], np.bool_)
    regions = find_regions([mask], is_diagonal=False, most_runs=mask.size)
    assert regions is not None
    found = np.zeros_like(mask)
    regions.paint(found, regions.meet(other), value=True)
    assert np.array_equal(found, np.array([[0, 0, 0, 1]] * 3, np.bool_))
