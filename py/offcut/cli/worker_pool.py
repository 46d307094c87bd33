"""Processes that make results, side by side; the parent hands out tasks and memory.

Decides: how many processes are started, what becomes of a picture whose process has died (one
more try), which picture may be decoded when memory is short (they wait in the order of asking).

A pool of `concurrent.futures` is broken as a whole when one of its processes dies; here each has
its own connection, and one that is gone takes nothing with it but what it was doing.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any, Final

from offcut.cli import worker_process as says
from offcut.cli.addresses import remove_unfinished
from offcut.cli.job import Job
from offcut.cli.memory import MB, PROCESS_BYTES, held_bytes
from offcut.cli.report import Report, describe_lost_worker, new_report
from offcut.cli.signals import hold_back_ctrl_c
from offcut.cli.task import Task
from offcut.errors import InferenceError

_AHEAD: Final = 2
"""Tasks that a worker has at once: the next one's file is read meanwhile."""
_MOST_DEATHS: Final = 2
_ROOM_BYTES: Final = 450 * MB
"""Of a picture of 12 megapixels: without such room, one more process could only wait."""
_OWN_BYTES: Final = 50 * MB
"""Of what Python starts beside the workers."""


@dataclass(slots=True, eq=False)
class _Worker:
    process: SpawnProcess
    connection: Connection
    held: int
    granted: int = 0
    is_ready: bool = False
    tasks: deque[int] = field(default_factory=deque[int])


class WorkerPool:
    """Makes results in several processes.

    Parameters
    ----------
    job : Job
        Must be picklable.
    tasks : sequence of Task
    count : int
        Of processes, at most.
    memory : int
        Bytes that all processes together, this one included, may take.
    """

    def __init__(self, job: Job, tasks: Sequence[Task], count: int, memory: int) -> None:
        self._job = job
        self._tasks = tasks
        self._count = min(count, len(tasks))
        self._memory = memory
        self._waiting = deque(range(len(tasks)))
        self._deaths = Counter[int]()
        self._failed_starts = 0
        self._base = PROCESS_BYTES
        self._workers: list[_Worker] = []
        self._asking: deque[tuple[_Worker, int]] = deque()

    def run(self) -> Iterator[tuple[int, Report]]:
        """Make all results; give each one's number and its report as soon as it is there.

        Raises
        ------
        OffcutError
            SESSION_FAILED if no process can load the model.
        """
        left = len(self._tasks)
        try:
            while left:
                self._hire()
                self._hand_out()
                for worker in self._heard():
                    for done in self._listen(worker):
                        left -= 1
                        yield done
                self._grant()
        finally:
            for worker in list(self._workers):
                self._dismiss(worker)

    # ---- processes ----------------------------------------------------------------------

    def _hire(self) -> None:
        """Start processes while there is work for them and room; the first tells what one takes."""
        while self._waiting and len(self._workers) < self._count:
            is_first = not any(worker.is_ready for worker in self._workers)
            if self._workers and (is_first or self._free() < self._base + _ROOM_BYTES):
                return
            self._start()

    def _start(self) -> None:
        ours, theirs = get_context("spawn").Pipe()
        process = get_context("spawn").Process(
            target=says.work, args=(theirs, self._job), daemon=True
        )
        with hold_back_ctrl_c():
            process.start()
        theirs.close()
        self._workers.append(_Worker(process, ours, self._base))

    def _dismiss(self, worker: _Worker) -> None:
        """End a process, take its unfinished file away, and give its tasks back."""
        worker.process.kill()
        worker.process.join()
        worker.connection.close()
        self._workers.remove(worker)
        self._asking = deque(asked for asked in self._asking if asked[0] is not worker)
        for number in reversed(worker.tasks):
            target = self._tasks[number].target
            if isinstance(target, Path) and worker.process.pid is not None:
                remove_unfinished(target, worker.process.pid)
            self._waiting.appendleft(number)

    def _lose(self, worker: _Worker) -> Iterator[tuple[int, Report]]:
        """Go on without a process that has died of itself."""
        if not worker.is_ready:
            self._failed_starts += 1
            if self._failed_starts > _MOST_DEATHS:
                raise InferenceError("SESSION_FAILED", "Worker processes end before they start.")
        running = worker.tasks[0] if worker.tasks else None
        self._dismiss(worker)
        if running is not None:
            self._deaths[running] += 1
            if self._deaths[running] >= _MOST_DEATHS:
                self._waiting.remove(running)
                yield running, new_report(self._tasks[running]) | describe_lost_worker()

    # ---- tasks --------------------------------------------------------------------------

    def _hand_out(self) -> None:
        for round_ in range(1, _AHEAD + 1):
            for worker in self._workers:
                if worker.is_ready and len(worker.tasks) < round_ and self._waiting:
                    number = self._waiting.popleft()
                    worker.tasks.append(number)
                    self._tell(worker, says.DO, number, self._tasks[number])

    def _heard(self) -> list[_Worker]:
        """Wait for those that have said something, or have died."""
        ready = wait([worker.connection for worker in self._workers])
        return [worker for worker in self._workers if worker.connection in ready]

    def _listen(self, worker: _Worker) -> Iterator[tuple[int, Report]]:
        if worker not in self._workers:
            return
        try:
            kind, *rest = worker.connection.recv()
        except (EOFError, OSError):
            yield from self._lose(worker)
            return
        if kind == says.READY:
            worker.is_ready = True
            (worker.held,) = rest
        elif kind == says.FAILED:
            raise InferenceError("SESSION_FAILED", rest[0])
        elif kind == says.NEEDS:
            self._asking.append((worker, rest[0]))
        else:
            number, report, worker.held = rest
            worker.granted = 0
            self._base = max(self._base, worker.held)
            worker.tasks.remove(number)
            yield number, report

    def _tell(self, worker: _Worker, *message: Any) -> None:
        with suppress(OSError):  # it has died, which is heard next
            worker.connection.send(message)

    # ---- memory -------------------------------------------------------------------------

    def _free(self) -> int:
        taken = sum(worker.held + worker.granted for worker in self._workers)
        return self._memory - _OWN_BYTES - held_bytes() - taken

    def _grant(self) -> None:
        """Let pictures have their memory, in the order in which they asked."""
        while self._asking:
            worker, needed = self._asking[0]
            if needed > self._free():
                self._make_room(worker, needed)
            is_alone = all(other is worker or not other.granted for other in self._workers)
            if needed <= self._free():
                worker.granted = needed
                self._tell(worker, says.GO)
            elif is_alone:
                self._tell(worker, says.REFUSED, self._free())
            else:
                return
            self._asking.popleft()

    def _make_room(self, worker: _Worker, needed: int) -> None:
        """End processes that only wait, for a picture that needs what they hold."""
        if any(other.granted for other in self._workers):
            return  # first those that work shall end by themselves
        for other in [other for other in self._workers if other is not worker]:
            if needed > self._free():
                self._dismiss(other)
