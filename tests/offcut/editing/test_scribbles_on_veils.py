"""A scribble on a veil takes what looks like what was drawn on, and not all that is as unsure."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from offcut.editing.scribbles import follow_scribble
from offcut.editing.strokes import Stroke
from subjects import KERNELS, source_of

SIZE = (160, 240)
WINDOW, STATUE = (60, 90, 170), (200, 190, 170)
STATUE_FROM = 130
"""Column; to its left there is the window."""


def unsure(over_window: float, over_statue: float) -> NDArray[np.uint8]:
    """Make the matte of a network that cannot tell the two, with clear background above."""
    alpha = np.full(SIZE, round(255 * over_window), np.uint8)
    alpha[:, STATUE_FROM:] = round(255 * over_statue)
    alpha[:20] = 0
    return alpha


def cleared(alpha: NDArray[np.uint8]) -> NDArray[np.uint8]:
    pixels = np.full((*SIZE, 3), WINDOW, np.float64)
    pixels[:, STATUE_FROM:] = STATUE
    pixels += np.random.default_rng(1).normal(0, 6, (*SIZE, 1))
    source = source_of(np.clip(np.rint(pixels), 0, 255).astype(np.uint8))
    found = follow_scribble(source, alpha, Stroke("remove", 9, ((70, 90), (112, 80))), KERNELS)
    assert found is not None
    box, inner = found
    after = alpha.copy()
    after[box.top : box.bottom, box.left : box.right] = inner
    return after


@pytest.mark.parametrize(("window", "statue"), [(0.5, 0.6), (0.6, 0.7), (0.75, 0.85)])
def test_what_is_as_unsure_but_looks_otherwise_stays(window: float, statue: float) -> None:
    before = unsure(window, statue)
    after = cleared(before)
    assert after[75:95, 70:110].max() < 10, "what was drawn on is gone"
    kept = (slice(60, 120), slice(STATUE_FROM + 4, 180))
    assert np.abs(before[kept].astype(int) - after[kept]).mean() < 3
