"""Makes results on a Dask cluster: many machines, the same task that a process here gets.

Decides: how many tasks a cluster has at once, which files reach its workers, how long a scheduler
that is gone is waited for, and that its successor is given what is left.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import suppress
from functools import partial
from queue import Empty, Queue
from time import monotonic
from typing import Any, Final

from offcut.cli.job import Job, with_threads
from offcut.cli.report import Report, describe_lost_worker, new_report
from offcut.cli.task import Task
from offcut.weights.model_files import find_delta, find_weights, read_registry

_AHEAD: Final = 4
"""Tasks at once for each thread of the cluster: none is idle, and the scheduler stays small."""
_FIRST_PATIENCE_S: Final = 20
_PATIENCE_S: Final = 300
_MOST_IN_VAIN: Final = 3
"""Schedulers that end one after the other before anything is made."""
_LOOK_AGAIN_S: Final = 5


def on_cluster(address: str, tasks: Sequence[Task], job: Job) -> Iterator[tuple[int, Report]]:
    """Make all results on a cluster; give each one's number and its report as it comes.

    Parameters
    ----------
    address : str
        Of the scheduler.
    tasks : sequence of Task
        Whose places every worker can reach: addresses, or folders that all machines share.
    job : Job

    Raises
    ------
    ValueError
        If dask.distributed is not installed.
    OSError
        If there is no scheduler, or none comes back in five minutes.
    """
    try:
        import distributed  # noqa: PLC0415 (an extra)
    except ImportError as error:
        raise ValueError("--scheduler needs Dask: pip install 'offcut[dask]'") from error
    left = dict.fromkeys(range(len(tasks)))
    patience, in_vain = _FIRST_PATIENCE_S, 0
    while left:
        client = _connect(distributed, address, patience)
        patience = _PATIENCE_S
        try:
            for number, report in _Run(client, tasks, job).of(list(left)):
                in_vain = 0
                del left[number]
                yield number, report
        except (_SchedulerGoneError, CancelledError, OSError):
            in_vain += 1
            if in_vain > _MOST_IN_VAIN:
                raise
        finally:
            with suppress(Exception):  # it closes a connection that may be gone
                client.close(timeout=_LOOK_AGAIN_S)


class _SchedulerGoneError(OSError):
    """The scheduler has ended, and with it all that it knew."""


class _Run:
    """Tasks on one scheduler, as long as it lives."""

    def __init__(self, client: Any, tasks: Sequence[Task], job: Job) -> None:
        self._client = client
        self._tasks = tasks
        self._job = job
        self._over: Queue[tuple[int, Any]] = Queue()
        self._running: dict[int, Any] = {}
        self._threads = 0
        self._counted_s = float("-inf")

    def of(self, numbers: Sequence[int]) -> Iterator[tuple[int, Report]]:
        from offcut.cli.cluster_worker import JobOnWorker  # noqa: PLC0415 (needs Dask)

        plugin = JobOnWorker(with_threads(self._job, 1), _model_files(self._job))
        self._client.register_plugin(plugin)
        waiting = deque(numbers)
        while waiting or self._running:
            while waiting and len(self._running) < self._room():
                self._submit(waiting.popleft())
            number, future = self._next()
            yield number, self._report_of(number, future)

    def _room(self) -> int:
        """Say how many tasks the cluster shall have; it may grow and shrink meanwhile."""
        if monotonic() > self._counted_s + _LOOK_AGAIN_S:
            self._threads = sum(self._client.nthreads().values())
            self._counted_s = monotonic()
        return _AHEAD * max(1, self._threads)

    def _submit(self, number: int) -> None:
        from offcut.cli.cluster_worker import make_on_worker  # noqa: PLC0415 (as above)

        future = self._client.submit(make_on_worker, self._tasks[number], pure=False)
        self._running[number] = future
        future.add_done_callback(partial(self._note, number))

    def _note(self, number: int, future: Any) -> None:
        self._over.put((number, future))

    def _next(self) -> tuple[int, Any]:
        while True:
            try:
                number, future = self._over.get(timeout=_LOOK_AGAIN_S)
            except Empty:
                if self._client.status != "running":
                    raise _SchedulerGoneError from None
                continue
            if future.status not in ("finished", "error"):
                raise _SchedulerGoneError
            del self._running[number]
            return number, future

    def _report_of(self, number: int, future: Any) -> Report:
        """Give what a task has answered; one on which workers die again and again is given up."""
        from distributed import KilledWorker  # noqa: PLC0415 (as above)

        if future.status == "error":
            error = future.exception()
            if isinstance(error, KilledWorker):
                return new_report(self._tasks[number]) | describe_lost_worker()
            raise error
        return future.result()


def _connect(distributed: Any, address: str, patience_s: float) -> Any:
    end = monotonic() + patience_s
    while True:
        try:
            return distributed.Client(address, timeout=_LOOK_AGAIN_S, set_as_default=False)
        except (OSError, TimeoutError) as error:
            if monotonic() > end:
                raise OSError(f"no scheduler answers at {address}") from error


def _model_files(job: Job) -> dict[str, bytes]:
    """Read what the workers need of models, by the places in their folder."""
    files = {"registry.json": read_registry().encode()}
    for spec in job.remover.models:
        weights = find_weights(spec)
        files[f"weights/{weights.name}"] = weights.read_bytes()
        if spec.prepared is not None:
            delta = find_delta(spec.prepared.delta)
            files[f"prepared/{delta.name}"] = delta.read_bytes()
    return files
