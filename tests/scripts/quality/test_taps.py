"""The protocol of taps: where the next one falls, and how a course of them is counted."""

from __future__ import annotations

import numpy as np
import pytest
from dev.quality.cached_sessions import OpenModel
from dev.quality.taps import Course, depths, follow, harmful, mean_iou, next_tap
from numpy.typing import NDArray
from offcut.network.inference import Feeds
from offcut.tapping.scene import Tap
from subjects import SPEC, disc, photo_of, subject_of


class SeesRed:
    """A network that finds what is red rather than blue."""

    def run(self, feeds: Feeds, fetch: str) -> NDArray[np.float32]:
        """Answer as `offcut.network.inference.Session` says."""
        assert fetch == SPEC.output.name
        (tensor,) = feeds.values()
        return (tensor[:, :1] > tensor[:, 2:]).astype(np.float32)


def test_depths_are_the_distances_to_the_nearest_pixel_outside() -> None:
    random = np.random.default_rng(3)
    mask = random.random((13, 17)) < 0.9
    rows, columns = np.nonzero(~np.pad(mask, 1))
    for row, column in np.ndindex(mask.shape):
        far = np.hypot(rows - row - 1, columns - column - 1).min()
        assert depths(mask)[row, column] == pytest.approx(far)


def test_a_tap_falls_into_the_middle_of_the_largest_wrong_region() -> None:
    solid = np.zeros((60, 90), np.bool_)
    solid[10:41, 20:51] = True
    nothing = np.zeros(solid.shape, np.uint8)
    assert next_tap(nothing, solid) == Tap(35.5, 25.5, "add")
    found = np.where(solid, 255, 0).astype(np.uint8)
    assert next_tap(found, solid) is None
    found[50:55, 60:65] = 255
    assert next_tap(found, solid) == Tap(62.5, 52.5, "take")


def test_a_course_is_counted_by_its_goals() -> None:
    quick, slow = Course("a", [0.7, 0.86, 0.91]), Course("b", [0.5, 0.4])
    assert (quick.taps_to(0.85), quick.taps_to(0.9)) == (1, 2)
    assert slow.taps_to(0.85) == 10
    assert harmful([quick, slow]) == pytest.approx(1 / 3)
    assert mean_iou([quick, slow], 5) == pytest.approx((0.91 + 0.4) / 2)


def test_a_thing_that_was_missed_is_there_after_a_tap() -> None:
    solid = disc(radius=30)
    subject = subject_of(np.zeros_like(solid), photo_of(solid))
    model = OpenModel(SPEC, SeesRed())  # pyright: ignore[reportArgumentType]
    course = follow("disc", subject, solid >= 128, model, offered=1)
    assert course.ious[0] == 0
    assert course.taps_to(0.9) == 1
