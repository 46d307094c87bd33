"""How many processes there are, how much memory pictures are taken to need, and the pace told."""

from __future__ import annotations

import argparse
import io
import itertools
from dataclasses import replace
from pathlib import Path

import pytest
from files import saved
from heic_files import heic
from offcut import OffcutOptions
from offcut.cli import worker_plan
from offcut.cli.arguments import parse_arguments
from offcut.cli.memory import default_memory, parse_memory, picture_bytes
from offcut.cli.progress_bar import ProgressBar
from offcut.cli.task import Task
from offcut.cli.worker_plan import plan_workers
from offcut.encoding.file_formats import MEDIA_TYPES
from PIL import Image

FAST = OffcutOptions(quality="fast")


def flags(*arguments: str) -> argparse.Namespace:
    return parse_arguments(["in.png", *arguments])


def tasks(count: int) -> list[Task]:
    return [Task(Path(f"{number}.png"), Path(f"{number}-cutout.png")) for number in range(count)]


@pytest.mark.parametrize(
    ("count", "memory", "workers", "threads"),
    [
        (7, "64G", 0, 8),  # too few to start processes for
        (8, "64G", 2, 4),
        (100, "64G", 8, 1),
        (100, "4G", 4, 2),  # cores without a process of their own help the others
        (100, "1G", 0, 8),
    ],
)
def test_there_are_as_many_processes_as_pictures_cores_and_memory_allow(
    count: int, memory: str, workers: int, threads: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker_plan, "_cores", lambda: 8)
    plan = plan_workers(flags("--memory", memory), tasks(count))
    assert (plan.workers, plan.threads) == (workers, threads)


def test_what_is_named_is_done() -> None:
    plan = plan_workers(flags("--workers", "3"), tasks(1))
    assert (plan.workers, plan.threads) == (3, 1)
    plan = plan_workers(flags("--workers", "3", "--threads", "2", "--memory", "5G"), tasks(1))
    assert (plan.threads, plan.memory) == (2, 5_000_000_000)
    assert str(plan) == "3 processes of 2 threads, 5.0 GB at most"
    streams = [Task(None, None)]
    assert plan_workers(flags(), streams).workers == 0
    with pytest.raises(ValueError, match="standard streams"):
        plan_workers(flags("--workers", "2"), streams)


@pytest.mark.parametrize("count", [1, 100])
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--threads", "0"], "--threads is a number, 1 to"),
        (["--threads", "-1"], "--threads is a number, 1 to"),
        (["--threads", "two"], "--threads is a number, 1 to"),
        (["--threads", "99999"], "--threads is a number, 1 to"),
        (["--workers", "0"], "--workers is a number or auto, 1 to"),
        (["--workers", "99999"], "--workers is a number or auto, 1 to"),
        (["--memory", "1"], "is too little"),
        (["--memory", "0G"], "is too little"),
    ],
)
def test_numbers_are_checked_however_many_pictures_there_are(
    arguments: list[str], words: str, count: int
) -> None:
    with pytest.raises(ValueError, match=words):
        plan_workers(flags(*arguments), tasks(count))


def test_memory_is_written_as_people_write_it() -> None:
    assert parse_memory("4G") == parse_memory("4gb") == parse_memory("4000M") == 4_000_000_000
    assert parse_memory("1.5 GB") == 1_500_000_000
    assert 0 < default_memory() < 10**15


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "HEIC"])
def test_what_a_picture_needs_is_read_from_its_header(kind: str) -> None:
    image = Image.new("RGB", (2000, 1000), "red")
    data = heic(image) if kind == "HEIC" else saved(image, kind)
    small = picture_bytes(b"no picture", FAST)
    least = 9 if kind == "JPEG" else 16
    assert picture_bytes(data, FAST) - small >= 2_000_000 * least
    canvas = OffcutOptions(quality="fast", canvas="4000x4000")
    assert picture_bytes(data, canvas) - small >= 16_000_000 * least
    # What will be refused is not decoded.
    refused = OffcutOptions(quality="fast", max_megapixels=1)
    assert picture_bytes(data, refused) - small < 2_000_000 * least


def test_a_jpeg_that_is_turned_needs_more() -> None:
    image = Image.new("RGB", (2000, 1000), "red")
    exif = Image.Exif()
    exif[0x0112] = 6
    plain, turned = saved(image, "JPEG"), saved(image, "JPEG", exif=exif.tobytes())
    assert picture_bytes(turned, FAST) - picture_bytes(plain, FAST) >= 2_000_000 * 3


def test_the_pace_and_the_time_that_is_left_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("COLUMNS", "120")
    stream, clock = Terminal(), itertools.count(0, 90)
    bar = ProgressBar(stream, 101, is_wanted=True, clock=lambda: next(clock))
    bar.count()
    assert stream.getvalue().endswith("[1/101]  1 a minute, 2:30:00 left")


@pytest.mark.parametrize("format", MEDIA_TYPES)
def test_every_format_has_its_memory(format: str) -> None:
    assert picture_bytes(b"no picture", replace(FAST, format=format)) > 0
