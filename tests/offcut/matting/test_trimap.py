"""Alpha matte -> trimap."""

from __future__ import annotations

import numpy as np
from offcut.matting.trimap import BACKGROUND, SUBJECT, UNKNOWN, trimap_from_range


def test_only_what_is_certain_all_around_is_known() -> None:
    low = np.array([[0, 0, 0.3, 1, 0.995]], np.float32)
    high = np.array([[0, 1, 0.6, 1, 1]], np.float32)
    expected = [[BACKGROUND, UNKNOWN, UNKNOWN, SUBJECT, SUBJECT]]
    assert trimap_from_range(low, high).tolist() == expected


def test_a_faint_matte_is_background_and_is_not_stretched() -> None:
    low = np.zeros((3, 4), np.float32)
    trimap = trimap_from_range(low, np.full((3, 4), 0.008, np.float32))
    assert trimap.dtype == np.uint8
    assert not trimap.any()
