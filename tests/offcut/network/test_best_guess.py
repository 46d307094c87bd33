"""Where a network sees something faintly, that is the guess; what is empty has none."""

from __future__ import annotations

import numpy as np
import pytest
from offcut.network.best_guess import best_guess
from subjects import disc

DISC = (disc(64, 64, radius=15) / 255).astype(np.float32)


@pytest.mark.parametrize("peak", [0.15, 0.3, 0.49])
def test_what_is_seen_faintly_becomes_the_guess(peak: float) -> None:
    guess = best_guess(DISC * np.float32(peak) * np.float32(0.9) + np.float32(0.1 * peak))
    assert guess is not None
    assert guess.dtype == np.float32
    assert np.array_equal(guess > 0.5, DISC > 0.5)
    assert (guess.min(), guess.max()) == (0, 1)


@pytest.mark.parametrize("level", [0, 0.05, 0.3, 0.49])
def test_a_matte_that_is_the_same_everywhere_has_none(level: float) -> None:
    assert best_guess(np.full((64, 64), level, np.float32)) is None


def test_traces_are_no_guess() -> None:
    assert best_guess(DISC * np.float32(0.09)) is None
