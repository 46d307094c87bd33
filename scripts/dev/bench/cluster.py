"""A Dask cluster of this machine and a bucket, for pictures that are made on it and measured.

Decides: how scheduler and workers are started, ended and started again: with the commands that the
documentation names.
"""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any, Final

from dev.processes import descendants, end_processes, status_number

S3: Final = {
    "AWS_ACCESS_KEY_ID": "key",
    "AWS_SECRET_ACCESS_KEY": "secret",
    "AWS_DEFAULT_REGION": "us-east-1",
}
LOOK_EVERY_S: Final = 0.2
WORKERS: Final = 2


class Cluster:
    """One scheduler and two worker processes of one thread, as somebody starts them by hand.

    Parameters
    ----------
    environment : dict of str to str
        Of its processes: with the bucket's address and key.
    """

    def __init__(self, environment: dict[str, str]) -> None:
        self._environment = environment
        self._port = free_port()
        self.address = f"tcp://127.0.0.1:{self._port}"
        self._started: list[subprocess.Popen[bytes]] = []
        self._scheduler = self._start_scheduler()
        self._workers = self._start_workers()

    def await_workers(self) -> None:
        """Wait until both workers are there."""
        from distributed import Client  # noqa: PLC0415 (it takes a second)

        client: Any = Client
        with client(self.address) as asker:
            asker.wait_for_workers(WORKERS)

    def kill_worker(self) -> None:
        """Kill one of the processes that make pictures; its nanny starts another."""
        end_processes({max(descendants(self._workers.pid), key=_resident_kilobytes)})

    def restart_scheduler(self) -> None:
        """Kill the scheduler with all that it knows; start it again, and workers."""
        self._scheduler.kill()
        self._scheduler.wait()
        self._scheduler = self._start_scheduler()
        # Workers end with their scheduler; whoever keeps a cluster alive starts them again.
        self._workers.wait()
        self._workers = self._start_workers()

    def end(self) -> None:
        """End all of it."""
        for process in reversed(self._started):
            process.terminate()
        for process in self._started:
            process.wait()

    def _start_scheduler(self) -> subprocess.Popen[bytes]:
        started = self._start("scheduler", "--port", str(self._port), "--no-dashboard")
        while not is_open(self._port):
            time.sleep(LOOK_EVERY_S)
        return started

    def _start_workers(self) -> subprocess.Popen[bytes]:
        two = (
            "--nworkers",
            str(WORKERS),
            "--nthreads",
            "1",
            "--no-dashboard",
            "--death-timeout",
            "60",
        )
        return self._start("worker", self.address, *two)

    def _start(self, kind: str, *arguments: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.dask_{kind}", *arguments],
            env=self._environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._started.append(process)
        return process


@contextmanager
def s3_server() -> Generator[str]:
    """Start an S3 server in a process of its own; gives its address."""
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while not is_open(port):
            time.sleep(LOOK_EVERY_S)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def bucket_files(endpoint: str) -> Any:
    """Give the file system of a server's buckets; fsspec has no types."""
    import fsspec  # noqa: PLC0415 (a second)  # pyright: ignore[reportMissingTypeStubs]

    key, secret = S3["AWS_ACCESS_KEY_ID"], S3["AWS_SECRET_ACCESS_KEY"]
    return fsspec.filesystem(  # pyright: ignore[reportUnknownMemberType]
        "s3", key=key, secret=secret, endpoint_url=endpoint, use_listings_cache=False
    )


def free_port() -> int:
    """Find a port that nothing listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def is_open(port: int) -> bool:
    """Tell whether something listens at a port."""
    with socket.socket() as caller:
        return caller.connect_ex(("127.0.0.1", port)) == 0


def _resident_kilobytes(process: int) -> int:
    return status_number(process, "VmRSS")
