"""Where the pictures of one call are worked on: here, in processes of this machine, on a cluster.

Decides: how many processes and threads there are if nobody says it. A process has one thread, as
long as there are processes for all cores: threads of several processes get into each other's way.
That is a rule; what was measured so far (py/measurements.md, "Many pictures") does not settle it.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from offcut.cli.memory import MB, PROCESS_BYTES, default_memory, parse_memory
from offcut.cli.task import Task

AUTO: Final = "auto"
# A process takes as long to start as a picture takes to make.
_LEAST_TASKS: Final = 4
_MOST: Final = 1024
"""Processes or threads: more are a slip of the finger."""
_BYTES_EACH: Final = 900 * MB


@dataclass(frozen=True, slots=True)
class WorkerPlan:
    """Where pictures are worked on.

    Attributes
    ----------
    scheduler : str
        Of a Dask cluster; "" for this machine.
    workers : int
        Processes at most; 0 is this one.
    threads : int
        Of each, for the network.
    memory : int
        Bytes that all processes together may take.
    """

    scheduler: str
    workers: int
    threads: int
    memory: int

    def __str__(self) -> str:
        """Say it to a person."""
        threads = "1 thread" if self.threads == 1 else f"{self.threads} threads"
        return f"{self.workers} processes of {threads}, {self.memory / 1e9:.1f} GB at most"


def plan_workers(arguments: argparse.Namespace, tasks: Sequence[Task]) -> WorkerPlan:
    """Say where the tasks are worked on.

    Raises
    ------
    ValueError
        If the arguments do not fit together.
    """
    memory = default_memory() if arguments.memory is None else parse_memory(arguments.memory)
    if arguments.memory is not None and memory < PROCESS_BYTES:
        least = PROCESS_BYTES // MB
        raise ValueError(f"--memory {arguments.memory} is too little: one process takes {least}M")
    named_threads = 0 if arguments.threads is None else _number("--threads", arguments.threads)
    if arguments.scheduler is not None:
        return WorkerPlan(arguments.scheduler, 0, 1, memory)
    cores = _cores()
    uses_streams = any(task.source is None or task.target is None for task in tasks)
    if arguments.workers in (None, AUTO):
        room = max(1, memory // _BYTES_EACH)
        workers = 0 if uses_streams else min(cores, room, len(tasks) // _LEAST_TASKS)
        workers = 0 if workers < 2 else workers
        threads = cores // max(workers, 1)
    else:
        workers, threads = _number("--workers", arguments.workers, f" or {AUTO}"), 1
        if uses_streams:
            raise ValueError("--workers is for files, not for the standard streams")
    return WorkerPlan("", workers, named_threads or threads, memory)


def _number(flag: str, text: str, others: str = "") -> int:
    if not text.isdecimal() or not 1 <= int(text) <= _MOST:
        raise ValueError(f"{flag} is a number{others}, 1 to {_MOST}, not {text}")
    return int(text)


def _cores() -> int:
    """Count the cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
