"""The same pictures on a real Dask cluster, with an S3 server between the processes."""

from __future__ import annotations

import json
import os
import signal
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from bucket import files_of
from command import offcut
from dev.bench.cluster import Cluster
from files import saved
from native import native_session
from offcut.cli import cluster
from offcut.cli.command import main
from subjects import disc, photo_of
from waiting import until

Output = pytest.CaptureFixture[str]
COUNT = 12
pytestmark = [
    pytest.mark.slow,
    pytest.mark.weights,
    pytest.mark.filterwarnings("ignore"),  # Dask's own, of closing and of ports
]


@pytest.fixture
def scheduler(bucket: str) -> Iterator[Any]:
    """A cluster of two worker processes, which can reach the bucket."""
    from distributed import LocalCluster  # noqa: PLC0415 (it takes a second)

    native_session()  # skips where there are no weights
    assert bucket
    local: Any = LocalCluster
    with local(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as running:
        yield running


def run(bucket: str, *flags: str | Path) -> int:
    return main(["--quality", "fast", f"{bucket}/in", "--json", *map(str, flags)])


def put_pictures(count: int = COUNT) -> None:
    files = files_of("s3")
    for number in range(count):
        pixels = photo_of(disc(90 + number, 120, radius=30))
        files.pipe_file(f"pictures/in/{number:02}.png", saved(pixels, "PNG"))


def results(folder: str) -> dict[str, bytes]:
    files = files_of("s3")
    files.invalidate_cache()
    return {Path(name).name: files.cat_file(name) for name in files.find(f"pictures/{folder}")}


def when_some_are_there(folder: str, do: Callable[[], object]) -> threading.Thread:
    """Do something as soon as the first results are written."""

    def watch() -> None:
        until(lambda: len(results(folder)) > 1, "two results")
        do()

    thread = threading.Thread(target=watch)
    thread.start()
    return thread


def test_a_worker_killed_in_the_middle_changes_no_file(
    bucket: str, scheduler: Any, tmp_path: Path, capsys: Output
) -> None:
    put_pictures()
    manifest = tmp_path / "manifest.jsonl"
    victim = next(iter(scheduler.workers.values())).pid

    killer = when_some_are_there("out", lambda: os.kill(victim, signal.SIGKILL))
    flags = ["--scheduler", scheduler.scheduler_address, "--manifest", manifest]
    assert run(bucket, "--out", f"{bucket}/out", *flags) == 0
    killer.join()
    reports = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [Path(report["input"]).name for report in reports] == [
        f"{number:02}.png" for number in range(COUNT)
    ]
    assert {report["status"] for report in reports} == {"done"}
    written = [json.loads(line)["output"] for line in manifest.read_text().splitlines()]
    assert written == [report["output"] for report in reports]
    assert run(bucket, "--out", f"{bucket}/plain") == 0
    assert len(results("plain")) == COUNT
    assert results("out") == results("plain")
    capsys.readouterr()
    assert run(bucket, "--out", f"{bucket}/out", *flags) == 0
    reports = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {report["status"] for report in reports} == {"skipped"}


def test_the_quality_that_hangs_on_a_machines_speed_is_refused(photo: Path, capsys: Output) -> None:
    assert offcut(photo, "--scheduler", "tcp://127.0.0.1:9") == 2
    assert "--quality fast or best" in capsys.readouterr().err


def test_a_scheduler_that_is_not_there_is_said(
    photo: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    monkeypatch.setattr(cluster, "_FIRST_PATIENCE_S", 0)
    assert offcut(photo, "--scheduler", "tcp://127.0.0.1:9", "--quality", "fast") == 2
    assert "no scheduler answers" in capsys.readouterr().err


@pytest.fixture
def machines(bucket: str) -> Iterator[Cluster]:
    native_session()  # skips where there are no weights
    assert bucket
    started = Cluster(dict(os.environ))
    yield started
    started.end()


def test_a_scheduler_that_is_started_anew_is_given_what_is_left(
    bucket: str, machines: Cluster, capsys: Output
) -> None:
    put_pictures()
    restarter = when_some_are_there("out", machines.restart_scheduler)
    assert run(bucket, "--out", f"{bucket}/out", "--scheduler", machines.address) == 0
    restarter.join()
    reports = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [report["status"] for report in reports] == ["done"] * COUNT
    assert run(bucket, "--out", f"{bucket}/plain") == 0
    assert results("out") == results("plain")
