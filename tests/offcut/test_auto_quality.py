"""The quality "auto": the quick result, and a better one where that takes no longer than it may."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pytest
from command import PHOTO
from files import saved
from numpy.typing import NDArray
from offcut import OffcutOptions, run_pipeline
from offcut.errors import InferenceError
from offcut.network import automatic
from offcut.network.inference import Feeds, InferenceRequest
from offcut.network.models import ModelSpec
from offcut.pipeline import better_steps, found_steps
from offcut.progress import Progress
from offcut.subject import Subject
from offcut.weights.model_files import read_registry
from subjects import KERNELS, SPEC, Seeing, disc, photo_of

PICTURE = saved(photo_of(np.roll(disc(200, 300, radius=30), -80, axis=1)), "PNG")
BEST = OffcutOptions(quality="best")
AUTO = OffcutOptions(quality="auto")
HELPER = replace(SPEC, id="helper")


@dataclass
class Reddish:
    """Sees whatever is red; fails in one of its runs, if it is told to."""

    fails_in: int = 0
    runs: int = 0

    def run(self, feeds: Feeds, fetch: str) -> NDArray[np.float32]:
        """Answer as `offcut.network.inference.Session` says."""
        assert fetch == SPEC.output.name
        self.runs += 1
        if self.runs == self.fails_in:
            raise InferenceError("OUT_OF_MEMORY", "full")
        (tensor,) = feeds.values()
        return np.clip((tensor[:, :1] - tensor[:, 2:]) * 4, 0, 1).astype(np.float32)


def same() -> Sequence[ModelSpec]:
    return [SPEC]


def never() -> None:
    return None


def test_it_is_the_default() -> None:
    assert OffcutOptions() == AUTO


def test_without_anybody_who_knows_the_time_it_is_the_quick_result() -> None:
    session = Reddish()
    cutout = run_pipeline(PICTURE, session, SPEC, AUTO)
    assert session.runs == 1
    assert not cutout.subject.is_best


def test_with_time_it_is_the_best_and_asks_no_more_than_that() -> None:
    asked, better = Reddish(), Reddish()
    best = run_pipeline(PICTURE, asked, SPEC, BEST)
    auto = run_pipeline(PICTURE, better, SPEC, AUTO, better=same)
    assert better.runs == asked.runs == 3
    assert auto.encoded == best.encoded
    assert auto.subject.is_best
    assert best.subject.is_best


def test_without_time_it_stays_the_quick_one() -> None:
    session = Reddish()
    quick = run_pipeline(PICTURE, Reddish(), SPEC, OffcutOptions(quality="fast"))
    auto = run_pipeline(PICTURE, session, SPEC, AUTO, better=never)
    assert session.runs == 1
    assert auto.encoded == quick.encoded


def test_other_qualities_do_not_ask_for_a_better_result() -> None:
    session = Reddish()
    run_pipeline(PICTURE, session, SPEC, OffcutOptions(quality="fast"), better=same)
    assert session.runs == 1


@pytest.mark.parametrize("fails_in", [2, 3])
def test_a_better_result_that_fails_leaves_the_quick_one(fails_in: int) -> None:
    quick = run_pipeline(PICTURE, Reddish(), SPEC, OffcutOptions(quality="fast"))
    session = Reddish(fails_in)
    auto = run_pipeline(PICTURE, session, SPEC, AUTO, better=same)
    assert session.runs == fails_in
    assert auto.encoded == quick.encoded
    assert not auto.subject.is_best


def test_a_quick_result_that_fails_is_a_failure() -> None:
    with pytest.raises(InferenceError, match="full"):
        run_pipeline(PICTURE, Reddish(1), SPEC, AUTO, better=same)


def test_models_without_the_quick_one_look_at_everything_themselves() -> None:
    sessions = {"u2netp": Reddish(), "helper": Reddish()}
    best = run_pipeline(PICTURE, {"helper": Reddish()}, [HELPER], BEST)
    auto = run_pipeline(PICTURE, sessions, SPEC, AUTO, better=lambda: [HELPER])
    assert [session.runs for session in sessions.values()] == [1, 3]
    assert auto.encoded == best.encoded


def find(session: Reddish, quick: Subject | None = None, quality: str = "auto") -> Subject:
    options = OffcutOptions.from_json({"quality": quality})
    how = ([SPEC], options, Progress(), KERNELS)
    steps = found_steps(PICTURE, *how) if quick is None else better_steps(quick, *how)
    try:
        request = next(steps)
        while True:
            assert isinstance(request, InferenceRequest)
            request = steps.send(session.run(request.feeds, request.fetch))
    except StopIteration as end:
        return end.value


def test_a_quick_subject_goes_on_to_the_best_one_without_asking_twice() -> None:
    session = Reddish()
    quick = find(session)
    assert quick.first_pass is not None
    better = find(session, quick, "best")
    assert session.runs == 3
    best = find(Reddish(), quality="best")
    assert np.array_equal(better.alpha, best.alpha)
    assert better.source is quick.source
    assert better.first_pass is None


def test_what_a_file_has_cut_out_itself_cannot_be_better() -> None:
    own = disc()
    own[:48, :64] = 0  # a full circle would be a frame
    rgba = np.dstack((photo_of(disc()), own))
    session = Reddish()
    cutout = run_pipeline(saved(rgba, "PNG"), session, SPEC, AUTO, better=same)
    assert session.runs == 0
    assert cutout.subject.is_best


def test_a_model_that_cannot_be_loaded_makes_no_better_result() -> None:
    def load(spec: ModelSpec) -> Seeing:
        if spec.id != "u2netp":
            raise InferenceError("SESSION_FAILED", "too large")
        return Seeing()

    registry = read_registry()
    models = automatic.Automatic(registry, AUTO, lambda _: True, load)
    models.load()
    cutout = run_pipeline(PHOTO, models, models.models, AUTO, better=models.better)
    assert not cutout.subject.is_best
