"""What a worker process does: it gets tasks, makes results one by one, and reports on each.

Decides: that the next picture is read while one is worked on, that a picture waits for its memory
before it is decoded, that Ctrl-C is the parent's to handle, that a worker without a parent ends.
"""

from __future__ import annotations

import signal
import sys
import warnings
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from multiprocessing.connection import Connection
from typing import Any, Final

from offcut.cli.job import Job
from offcut.cli.make_result import make_result, read_picture
from offcut.cli.memory import held_bytes, require_memory
from offcut.cli.task import Task
from offcut.errors import OffcutError

READY: Final = "ready"
FAILED: Final = "failed"
NEEDS: Final = "needs"
DONE: Final = "done"
"""What a worker says: a tuple of one of these and what the parent must know of it."""
GO: Final = "go"
REFUSED: Final = "refused"
DO: Final = "do"
"""What the parent says: a task to be done, and the answers to NEEDS."""


def work(connection: Connection, job: Job) -> None:
    """Do tasks until the connection ends.

    Parameters
    ----------
    connection : Connection
        To the parent.
    job : Job
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if not sys.warnoptions:
        warnings.simplefilter("ignore")
    try:
        job.remover.load()
    except (OffcutError, OSError) as error:
        connection.send((FAILED, str(error)))
        return
    connection.send((READY, held_bytes()))
    with ThreadPoolExecutor(1) as reader:
        _Worker(connection, job, reader).run()


class _Worker:
    def __init__(self, connection: Connection, job: Job, reader: ThreadPoolExecutor) -> None:
        self._connection = connection
        self._job = job
        self._reader = reader
        self._waiting: deque[tuple[int, Task, Future[bytes]]] = deque()

    def run(self) -> None:
        try:
            while True:
                self._take_tasks()
                number, task, file = self._waiting.popleft()
                report = make_result(task, self._job, read_ahead=file.result, admit=self._ask)
                self._connection.send((DONE, number, report, held_bytes()))
        except (EOFError, OSError):  # the parent is gone
            return

    def _take_tasks(self) -> None:
        while not self._waiting or self._connection.poll():
            self._take(self._connection.recv())

    def _take(self, message: tuple[Any, ...]) -> None:
        kind, number, task = message
        assert kind == DO
        file = self._reader.submit(partial(read_picture, task.source))
        self._waiting.append((number, task, file))

    def _ask(self, needed: int) -> None:
        """Wait until a picture may have its memory."""
        self._connection.send((NEEDS, needed))
        while (message := self._connection.recv())[0] == DO:
            self._take(message)
        if message[0] == REFUSED:
            require_memory(needed, message[1])
