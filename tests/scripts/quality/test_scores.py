"""The columns that tell how far a cutout is from the truth."""

from __future__ import annotations

import numpy as np
import pytest
from dev.quality.made_pictures.graphics import make_graphics
from dev.quality.scores import COLUMNS, HIGH_IS_GOOD, Truth, score
from numpy.typing import NDArray
from subjects import disc, picture_of

MATTE = disc(120, 160, radius=40)
TRUTH = Truth("disc", picture_of(MATTE), (MATTE / 255).astype(np.float32), picture_of(MATTE))
INSIDE, OUTSIDE = (slice(55, 65), slice(75, 85)), (slice(2, 12), slice(2, 12))


def changed(place: tuple[slice, slice], opacity: int) -> NDArray[np.uint8]:
    alpha = MATTE.copy()
    alpha[place] = opacity
    return alpha


def test_the_truth_itself_is_perfect() -> None:
    assert score(TRUTH, MATTE) == {
        column: 1.0 if column in HIGH_IS_GOOD else 0.0 for column in COLUMNS
    }


@pytest.mark.parametrize(
    ("column", "place", "opacity"),
    [
        ("smear", OUTSIDE, 255),
        ("smear", OUTSIDE, 20),
        ("veil", OUTSIDE, 60),
        ("veil", INSIDE, 200),
        ("lost", INSIDE, 100),
    ],
)
def test_what_is_misplaced_is_counted(
    column: str, place: tuple[slice, slice], opacity: int
) -> None:
    assert score(TRUTH, changed(place, opacity))[column] > 0


@pytest.mark.parametrize(
    ("column", "place", "opacity"),
    [("smear", OUTSIDE, 10), ("veil", OUTSIDE, 255), ("veil", INSIDE, 0), ("lost", INSIDE, 130)],
)
def test_what_another_column_tells_is_not_counted(
    column: str, place: tuple[slice, slice], opacity: int
) -> None:
    assert score(TRUTH, changed(place, opacity))[column] == 0


def test_the_gradient_of_a_soft_edge_is_smaller() -> None:
    soft, softer = disc(120, 160, radius=40, softness=4), disc(120, 160, radius=40, softness=12)
    assert 0 < score(TRUTH, soft)["grad"] < score(TRUTH, softer)["grad"]


def test_the_graphics_are_the_same_every_time_and_exact() -> None:
    for truth, again in zip(make_graphics(), make_graphics(), strict=True):
        assert np.array_equal(truth.image, again.image)
        assert truth.foreground is not None
        opaque = truth.alpha == 1
        assert np.array_equal(truth.image[opaque], truth.foreground[opaque])
