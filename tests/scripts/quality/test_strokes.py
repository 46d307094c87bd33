"""Strokes that are placed by a seed lie where they should, and are counted right."""

from __future__ import annotations

import numpy as np
import pytest
from dev.quality.scores import Truth
from dev.quality.stroke_places import (
    clearance,
    missed_things,
    stroke_in_background,
    stroke_on_thing,
)
from dev.quality.strokes import Figures, measure
from numpy.typing import NDArray
from offcut.editing.brush import draw
from subjects import disc, photo_of


@pytest.fixture
def truth() -> Truth:
    solid = disc(120, 160, radius=40)
    return Truth("disc", photo_of(solid), (solid / 255).astype(np.float32), None)


@pytest.fixture
def half(truth: Truth) -> NDArray[np.uint8]:
    """The first result: the left half of the disc."""
    alpha = np.rint(truth.alpha * 255).astype(np.uint8)
    alpha[:, 80:] = 0
    return alpha


def test_clearance_is_the_distance_to_the_outside() -> None:
    mask = np.ones((9, 9), np.bool_)
    mask[4, 4] = False
    found = clearance(mask, 3)
    assert (found[4, 4], found[4, 5], found[4, 6], found[4, 8]) == (0, 1, 2, 3)
    assert found[3, 3] == pytest.approx(2**0.5)


def test_a_stroke_in_the_background_touches_nothing_of_the_subject(
    truth: Truth, half: NDArray[np.uint8]
) -> None:
    for seed in range(20):
        stroke = stroke_in_background(truth, half, np.random.default_rng(seed))
        assert stroke is not None
        covered = draw(stroke.points, stroke.radius, half.shape)
        assert not (covered & truth.solid).any()


def test_a_stroke_on_a_missed_thing_lies_on_it(truth: Truth, half: NDArray[np.uint8]) -> None:
    (thing,) = missed_things(truth, half)
    assert np.array_equal(thing, truth.solid & (half < 128))
    stroke = stroke_on_thing(thing)
    assert stroke is not None
    covered = draw(stroke.points, 0.6 * stroke.radius, half.shape)
    assert (covered <= thing).all()


def test_the_same_seed_measures_the_same(truth: Truth, half: NDArray[np.uint8]) -> None:
    figures = [Figures(), Figures()]
    lines = [measure(truth, half, 5, np.random.default_rng(3), each) for each in figures]
    assert lines[0] == lines[1]
    assert len(figures[0].lost) == 5
    assert figures[0].lost == figures[1].lost
    assert max(figures[0].lost) < 0.005
    assert figures[0].back[0] > 0.8
    assert figures[0].spilt[0] < 0.05
