"""Who answers the taps of which picture, for a long-lived process such as the extension's worker.

Decides: how many pictures' looks are kept.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import Final

from offcut.subject import Subject
from offcut.tapping.tapper import Tapper

MOST_TAPPERS: Final = 2
"""Each holds on to its picture."""


class TapSessions:
    """A `Tapper` for each of the pictures that were tapped last, by the engine's keys."""

    def __init__(self) -> None:
        self._tappers: OrderedDict[str, tuple[Subject, Tapper]] = OrderedDict()

    def tapper(self, key: str, subject: Subject) -> Tapper:
        """Give the one for a subject, which is kept under `key`."""
        known = self._tappers.pop(key, None)
        if known is None or known[0] is not subject:
            known = (subject, Tapper(subject))
        self._tappers[key] = known
        while len(self._tappers) > MOST_TAPPERS:
            self._tappers.popitem(last=False)
        return known[1]

    def make_room(self) -> None:
        """Let go of all pictures, before another job: what was looked at is soon looked at anew."""
        self._tappers.clear()

    def forget(self, job_id: str) -> None:
        """Let go of everything that belongs to a job."""
        for key in [key for key in self._tappers if key.startswith(f"{job_id}/")]:
            del self._tappers[key]
