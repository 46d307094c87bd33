"""A job that is begun ahead of its turn, while the network works for the one before it.

Decides: how large a picture may be that is begun so early.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Generator
from dataclasses import replace
from typing import Final

from offcut.moving_subject import MovingSubject
from offcut.options.options import OffcutOptions
from offcut.pipeline import Answer, Request
from offcut.progress import Progress
from offcut.runtime.browser_host import Begun, JsHost, begin, start_model
from offcut.stages import POSTPROCESS
from offcut.subject import Subject

AHEAD_MEGAPIXELS: Final = 24.0
"""Both pictures are in memory then."""

Steps = Generator[Request, Answer, Subject | MovingSubject]


def limit_ahead(options: OffcutOptions) -> OffcutOptions:
    """Let larger pictures be refused before their turn."""
    return replace(options, max_megapixels=min(options.max_megapixels, AHEAD_MEGAPIXELS))


def follow(host: JsHost, when_network_is_free: Callable[[], None]) -> Progress:
    """Follow a job, and tell when the network has done its part of it."""

    def report(stage: str, fraction: float) -> None:
        host.report(stage, fraction)
        if stage == POSTPROCESS:
            when_network_is_free()

    return Progress(report, host.isCancelled, host.reportFrame)


class Ahead:
    """The first steps of a job, up to the network's first answer.

    Parameters
    ----------
    request_json : str
        By which the job is known again in its turn.
    host : JsHost
    progress : Progress
    steps : generator
        Not begun yet.
    """

    def __init__(self, request_json: str, host: JsHost, progress: Progress, steps: Steps) -> None:
        self.progress = progress
        self.steps = steps
        self._request_json = request_json
        self._host = host
        self._begun = asyncio.ensure_future(begin(host, steps))

    def start(self) -> None:
        """Have the network work for it, if it is as far as that."""
        begun = self._begun.result() if self._begun.done() else None
        if begun is not None and begun.running is None:
            begun.running = start_model(self._host, begun.request)

    async def reach(self, request_json: str) -> Begun | None:
        """Wait until it has begun; None if it could not be, or if this is another job's turn."""
        return await self._begun if request_json == self._request_json else None

    def is_of(self, job_id: str) -> bool:
        """Say whether it belongs to a job."""
        return str(json.loads(self._request_json)["key"]).startswith(f"{job_id}/")


class NextJob:
    """Room for one job that is begun ahead of its turn."""

    def __init__(self) -> None:
        self._ahead: Ahead | None = None

    def put(self, ahead: Ahead) -> None:
        """Keep a job until its turn, instead of any other."""
        self._ahead = ahead

    def start(self) -> None:
        """Have the network work for it, if there is one."""
        if self._ahead is not None:
            self._ahead.start()

    def take(self) -> Ahead | None:
        """Give what is there away."""
        ahead, self._ahead = self._ahead, None
        return ahead

    def forget(self, job_id: str) -> None:
        """Let go of a job that is over."""
        if self._ahead is not None and self._ahead.is_of(job_id):
            self._ahead = None
