"""Progress, timings and cancelling of one job: what happens between stages.

Decides: where a job may be cancelled, and what a timing contains.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from time import perf_counter

from offcut.errors import Cancelled
from offcut.stages import ENCODE, INFERENCE, PROGRESS_WEIGHTS, STAGES, fraction_before

Report = Callable[[str, float], None]
"""Called with a stage's name and the share of the whole job that is done, in [0, 1]."""

ReportFrame = Callable[[int, int], None]
"""Called with the number of a frame, from 1 on, and how many there are."""

IsCancelled = Callable[[], bool]


def _ignore(_stage: str, _fraction: float) -> None:
    """Report to nobody."""


def _ignore_frame(_number: int, _count: int) -> None:
    """Report to nobody."""


def _never() -> bool:
    return False


class Progress:
    """Follows one job through its stages.

    Parameters
    ----------
    report : callable, optional
        Told about every stage and every step within one.
    is_cancelled : callable, optional
        Asked between stages and between bands; True ends the job with `Cancelled`.
    report_frame : callable, optional
        Told about every frame of a picture that moves, when its turn comes.

    Attributes
    ----------
    timings : dict of str to float
        Milliseconds by stage. A stage that was left by an exception is in it too.
    """

    def __init__(
        self,
        report: Report = _ignore,
        is_cancelled: IsCancelled = _never,
        report_frame: ReportFrame = _ignore_frame,
    ) -> None:
        self.timings: dict[str, float] = {}
        self._report = report
        self._is_cancelled = is_cancelled
        self._report_frame = report_frame
        self._stage = ""
        self._frame: tuple[int, int] | None = None

    @contextmanager
    def stage(self, name: str) -> Generator[None]:
        """Time one stage, after checking that the job is still wanted."""
        self._stage = name
        self.advance(0.0)
        start = perf_counter()
        try:
            yield
        finally:
            elapsed = (perf_counter() - start) * 1000
            self.timings[name] = self.timings.get(name, 0.0) + elapsed

    def advance(self, fraction: float) -> None:
        """Say that `fraction` of the running stage is done; stops a cancelled job here.

        Raises
        ------
        Cancelled
            If the job is no longer wanted.
        """
        if self._is_cancelled():
            raise Cancelled(self._stage)
        done = fraction_before(self._stage) + PROGRESS_WEIGHTS[self._stage] * fraction
        if self._frame is None:
            self._report(self._stage, min(done, 1.0))
            return
        # The stages of all frames together take the place of the network's stage.
        number, count = self._frame
        share = (number + min(done / fraction_before(ENCODE), 1.0)) / count
        self._report(INFERENCE, fraction_before(INFERENCE) + PROGRESS_WEIGHTS[INFERENCE] * share)

    def begin_frame(self, number: int, count: int) -> None:
        """Say that the stages of a frame follow, counted from 0; stops a cancelled job here.

        Raises
        ------
        Cancelled
            If the job is no longer wanted.
        """
        self._frame = (number, count)
        self._stage = STAGES[0]
        self._report_frame(number + 1, count)
        self.advance(0.0)

    def end_frames(self) -> None:
        """Say that what follows is of all frames together."""
        self._frame = None
