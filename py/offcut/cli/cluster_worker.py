"""What a worker of a Dask cluster does with a task; the only part of Offcut that runs there.

Decides: what a worker gets once, when it starts or joins: the job, the registry and the weights, in
its own folder; that it keeps the memory that it had from the system for the next picture.
"""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path
from typing import Any, Final

from distributed import WorkerPlugin, get_worker

from offcut.cli.job import Job
from offcut.cli.make_result import make_result
from offcut.cli.report import Report
from offcut.cli.task import Task
from offcut.weights.model_files import VARIABLE

_NAME: Final = "offcut"
_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
"""Parameters of glibc's `mallopt`."""
_LARGEST_BLOCK: Final = 32 * 1024 * 1024
"""Up to here glibc itself comes to take blocks from its heap, where nobody tells it otherwise."""


class JobOnWorker(WorkerPlugin):
    """The job of a call; the cluster brings it to each of its workers, once.

    Parameters
    ----------
    job : Job
    models : dict of str to bytes
        Files by their place in a folder of models: the registry, the weights in use.
    """

    name = _NAME

    def __init__(self, job: Job, models: dict[str, bytes]) -> None:
        self.job = job
        self.models = models

    def setup(self, worker: Any) -> None:
        """Put the models into the worker's folder, and load the network."""
        folder = Path(worker.local_directory) / "offcut-models"
        for place, content in self.models.items():
            (folder / place).parent.mkdir(parents=True, exist_ok=True)
            (folder / place).write_bytes(content)
        self.models = {}
        _keep_memory()
        os.environ[VARIABLE] = str(folder)
        self.job.remover.load()


def _keep_memory() -> None:
    """Have glibc keep freed memory for the next picture, as in a process that Dask has not started.

    Dask starts its workers with a small `MALLOC_TRIM_THRESHOLD_`: then every array of a picture is
    taken from the system anew, and emptied by it first.
    """
    if sys.platform != "linux":
        return
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:  # musl has none
        mallopt(_MMAP_THRESHOLD, _LARGEST_BLOCK)
        mallopt(_TRIM_THRESHOLD, 2 * _LARGEST_BLOCK)


def make_on_worker(task: Task) -> Report:
    """Make one result with the job that the worker has got."""
    plugin: Any = get_worker().plugins[_NAME]
    return make_result(task, plugin.job)
