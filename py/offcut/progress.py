"""Progress, timings and cancelling of one job: what happens between stages.

Decides: where a job may be cancelled, and what a timing contains.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from time import perf_counter

from offcut.errors import Cancelled
from offcut.stages import PROGRESS_WEIGHTS, fraction_before

Report = Callable[[str, float], None]
"""Called with a stage's name and the share of the whole job that is done, in [0, 1]."""

IsCancelled = Callable[[], bool]


def _ignore(_stage: str, _fraction: float) -> None:
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

    Attributes
    ----------
    timings : dict of str to float
        Milliseconds by stage. A stage that was left by an exception is in it too.
    """

    def __init__(self, report: Report = _ignore, is_cancelled: IsCancelled = _never) -> None:
        self.timings: dict[str, float] = {}
        self._report = report
        self._is_cancelled = is_cancelled
        self._stage = ""

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
        self._report(self._stage, min(done, 1.0))
