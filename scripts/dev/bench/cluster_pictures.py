"""Many pictures on a cluster beside the plain command: speed, and the same files after accidents.

Decides: what is measured (the plain command with two processes, a cluster of two, and the same
while a worker is killed and the scheduler started again), and the goal.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any, Final

from dev.bench.cluster import LOOK_EVERY_S, S3, WORKERS, Cluster, bucket_files, s3_server
from dev.bench.many_pictures import make_folder
from dev.bench.report import load_average
from dev.terminal import SetupError, say

GOAL: Final = 0.85
"""Pictures a minute of the cluster, of those of the plain command with as many processes."""
Accident = tuple[float, Callable[[], object]]
"""What happens, and at which share of the results."""
KILL_AT: Final = 0.25
RESTART_AT: Final = 0.5


def measure_cluster(count: int) -> str:
    """Measure, and give a table in Markdown.

    Parameters
    ----------
    count : int
        Of pictures, 1 to 12 megapixels.

    Raises
    ------
    SetupError
        If a command fails, or some result differs.
    """
    with tempfile.TemporaryDirectory() as scratch, s3_server() as endpoint:
        make_folder(Path(scratch) / "in", count)
        files = bucket_files(endpoint)
        files.mkdir("pictures")
        files.put(f"{scratch}/in/", "pictures/in/", recursive=True)
        environment = os.environ | S3 | {"AWS_ENDPOINT_URL": endpoint}
        runs = _Runs(files, environment, count)
        plain, seconds = runs.make("plain", ["--workers", str(WORKERS)])
        cluster = Cluster(environment)
        try:
            cluster.await_workers()
            scheduled = ["--scheduler", cluster.address]
            on_cluster, cluster_seconds = runs.make("cluster", scheduled)
            accidents = [(KILL_AT, cluster.kill_worker), (RESTART_AT, cluster.restart_scheduler)]
            after_accidents, accident_seconds = runs.make("accidents", scheduled, accidents)
        finally:
            cluster.end()
    for made in (on_cluster, after_accidents):
        if made != plain:
            raise SetupError(f"{len(made)} results instead of {len(plain)}, or other bytes")
    rows = {
        "plain, 2 workers": seconds,
        "cluster of 2 workers": cluster_seconds,
        "the same, a worker killed, the scheduler started again": accident_seconds,
    }
    return "\n".join(
        [
            f"{count} pictures of 1 to 12 megapixels, S3 to S3, load average {load_average()}",
            "",
            "| | seconds | pictures a minute |",
            "|---|---|---|",
            *(
                f"| {name} | {taken:.0f} | {count / taken * 60:.1f} |"
                for name, taken in rows.items()
            ),
            "",
            f"* {len(plain)} files, the same bytes in all three",
            f"* cluster / plain: {seconds / cluster_seconds:.2f}, wanted at least {GOAL}",
        ]
    )


class _Runs:
    """The command on the pictures of a bucket."""

    def __init__(self, files: Any, environment: dict[str, str], count: int) -> None:
        self._files = files
        self._environment = environment
        self._count = count

    def make(
        self,
        name: str,
        flags: list[str],
        accidents: Sequence[Accident] = (),
    ) -> tuple[dict[str, str], float]:
        """Make all pictures, and take the results away; gives their digests by name, and seconds.

        What shall happen in between does so when such a share of the results is there.
        """
        say(f"{name} ...")
        started = perf_counter()
        command = [sys.executable, "-m", "offcut", "s3://pictures/in", "--quality=fast", "--quiet"]
        process = subprocess.Popen(
            [*command, "--out", f"s3://pictures/{name}", *flags],
            env=self._environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        over = threading.Event()
        watcher = threading.Thread(target=self._cause, args=(name, accidents, over))
        watcher.start()
        _, words = process.communicate()
        seconds = perf_counter() - started
        over.set()
        watcher.join()
        if process.returncode:
            raise SetupError(f"{name} ended with {process.returncode}:\n{words.strip()}")
        return self._take(name), seconds

    def _cause(self, name: str, accidents: Sequence[Accident], over: threading.Event) -> None:
        for share, happen in accidents:
            while self._made(name) < share * self._count:
                if over.wait(LOOK_EVERY_S * 5):
                    raise SetupError(f"{name} was over before all had happened")
            say(f"  {happen.__name__} at {self._made(name)} pictures")
            happen()

    def _made(self, name: str) -> int:
        return len(self._files.find(f"pictures/{name}"))

    def _take(self, name: str) -> dict[str, str]:
        found = self._files.find(f"pictures/{name}")
        digests = {
            Path(each).name: hashlib.sha256(self._files.cat_file(each)).hexdigest()
            for each in found
        }
        self._files.rm(f"pictures/{name}", recursive=True)
        return digests
