"""The quality "best": further passes of one network, or one pass each of several."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np
import pytest
from files import saved
from numpy.typing import NDArray
from offcut import OffcutOptions, run_pipeline
from offcut.network.inference import Feeds
from offcut.progress import Progress
from subjects import SIDE, SPEC, FakeSession, disc, grainy, photo_of

PICTURE = saved(photo_of(disc(200, 300, radius=50)), "PNG")
BEST = OffcutOptions(quality="best")
HELPER = replace(
    SPEC, id="helper", input=replace(SPEC.input, name="picture", height=128, width=128)
)


@dataclass
class ReddishSession:
    """Sees whatever is red, as far as it is told to see anything.

    Attributes
    ----------
    strength : float
        Opacity that it gives to red.
    fed : list of float32 arrays
        What it was shown.
    """

    strength: float = 1.0
    fed: list[NDArray[np.float32]] = field(default_factory=list[NDArray[np.float32]])

    def run(self, feeds: Feeds, fetch: str) -> NDArray[np.float32]:
        """Answer as `offcut.network.inference.Session` says."""
        assert fetch == SPEC.output.name
        (tensor,) = feeds.values()
        self.fed.append(tensor)
        red = np.clip((tensor[:, :1] - tensor[:, 2:]) * 4, 0, 1)
        return (red * self.strength).astype(np.float32)


def test_fast_asks_once() -> None:
    session = ReddishSession()
    run_pipeline(PICTURE, session, SPEC)
    assert len(session.fed) == 1


def test_best_shows_the_whole_the_mirror_image_and_the_subject() -> None:
    alpha = disc(200, 300, radius=30)
    alpha = np.roll(alpha, -80, axis=1)
    session = ReddishSession()
    cutout = run_pipeline(saved(photo_of(alpha), "PNG"), session, SPEC, BEST)
    whole, mirrored, crop = (np.argwhere(tensor[0, 0] > 0.5).mean(axis=0) for tensor in session.fed)
    side = SPEC.input.width
    assert whole[1] < 0.4 * side
    assert mirrored[1] > 0.6 * side
    assert crop[1] == pytest.approx(side / 2, abs=2)
    assert cutout.alpha[100, 70] == 255
    assert cutout.alpha[100, 230] == 0


def test_best_looks_at_the_middle_more_closely_where_it_is_unsure() -> None:
    session = ReddishSession(0.6)
    run_pipeline(PICTURE, session, SPEC, BEST)
    whole, *others = (np.count_nonzero(tensor[0, 0] > 0.5) for tensor in session.fed)
    assert len(others) == 3
    assert others[-1] == pytest.approx(whole / 0.7**2, rel=0.1)


def test_best_leaves_no_veil_where_fast_has_one() -> None:
    session = FakeSession(np.full((1, 1, SIDE, SIDE), 0.55, np.float32))
    picture = saved(grainy(photo_of(disc(200, 300, radius=50))), "PNG")
    fast = run_pipeline(picture, session, SPEC)
    best = run_pipeline(picture, session, SPEC, BEST)
    assert 100 < fast.alpha[100, 150] < 200
    assert best.alpha[100, 150] == 255


def test_a_subject_that_fills_the_picture_is_not_run_a_second_time() -> None:
    session = ReddishSession()
    run_pipeline(saved(np.full((90, 90, 3), (200, 60, 40), np.uint8), "PNG"), session, SPEC, BEST)
    assert len(session.fed) == 2


def test_a_helper_takes_the_place_of_the_further_passes() -> None:
    base, helper = ReddishSession(), ReddishSession()
    sessions = {"u2netp": base, "helper": helper}
    run_pipeline(PICTURE, sessions, (SPEC, HELPER), BEST)
    assert (len(base.fed), len(helper.fed)) == (1, 1)
    assert helper.fed[0].shape == (1, 3, 128, 128)


def test_helpers_are_not_asked_for_the_fast_quality() -> None:
    sessions = {"u2netp": ReddishSession(), "helper": ReddishSession()}
    run_pipeline(PICTURE, sessions, (SPEC, HELPER))
    assert not sessions["helper"].fed


def test_what_only_the_helper_sees_is_found() -> None:
    sessions = {"u2netp": ReddishSession(0.1), "helper": ReddishSession()}
    cutout = run_pipeline(PICTURE, sessions, (SPEC, HELPER), BEST)
    assert cutout.alpha[100, 150] > 200
    assert cutout.alpha[10, 10] == 0


def test_progress_never_goes_back_over_several_passes() -> None:
    reports: list[float] = []
    progress = Progress(lambda _stage, fraction: reports.append(fraction))
    run_pipeline(PICTURE, ReddishSession(), SPEC, BEST, progress)
    assert all(later >= earlier for earlier, later in pairwise(reports))
