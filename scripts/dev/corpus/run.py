"""Runs files through workers that may crash or hang, and notes each answer in a journal.

Decides: how long one file may take, what counts as a crash, and how a run goes on where it ended.
"""

import json
import os
import select
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from dev.corpus.mutate import files_of, mutation
from dev.paths import PACKAGE, SCRIPTS

if TYPE_CHECKING:
    from dev.corpus.in_browser import BrowserWorker

WORKER = ("-m", "dev.corpus.worker")


@dataclass(frozen=True)
class Terms:
    """What a run is about."""

    folder: Path
    mutations: int
    seed: int
    workers: int
    seconds: float
    megabytes: int
    first: int = 0
    """Number of the first mutation. A piece that begins later leaves the originals out."""
    build: Path | None = None
    """Folder of an extension, through which the files go in a browser."""


@dataclass(frozen=True)
class Answer:
    """What came of one file."""

    number: int
    """Below zero for originals."""
    name: str
    came: str
    ms: int = 0
    mb: int = 0

    @property
    def is_bug(self) -> bool:
        """Neither a cut-out nor an error with a code."""
        return self.came.startswith(("BUG", "CRASH", "HANG"))


class Worker:
    """One process; begun anew after it has crashed or hung."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self._process: subprocess.Popen[str] | None = None

    def ask(self, path: Path, seed: str | None) -> tuple[str, int, int]:
        """Send one file through; gives what came of it, milliseconds and megabytes."""
        process = self._process or self._begin()
        assert process.stdin and process.stdout
        with suppress(BrokenPipeError):
            process.stdin.write(json.dumps([str(path), seed]) + "\n")
            process.stdin.flush()
        ready, _, _ = select.select([process.stdout], [], [], self._terms.seconds)
        line = process.stdout.readline() if ready else ""
        if line:
            came, ms, mb = json.loads(line)
            return came, ms, mb
        self.end()
        return (f"CRASH {process.returncode}" if ready else "HANG"), 0, 0

    def end(self) -> None:
        """End the process, if there is one."""
        if self._process:
            if self._process.poll() is None:
                self._process.kill()
            self._process.communicate()
        self._process = None

    def _begin(self) -> subprocess.Popen[str]:
        env = {
            **os.environ,
            "PYTHONPATH": f"{SCRIPTS}{os.pathsep}{PACKAGE.parent}",
            "OFFCUT_CORPUS_MEMORY": str(self._terms.megabytes),
            "OMP_NUM_THREADS": "1",
            "OPENBLAS_NUM_THREADS": "1",
        }
        self._process = subprocess.Popen(
            [sys.executable, *WORKER],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            text=True, env=env,
        )  # fmt: skip
        return self._process


def run(terms: Terms, journal: Path) -> None:
    """Try all that the journal has not yet, and keep the files of bugs beside it."""
    if journal.exists() and not journal.read_text(encoding="utf-8").endswith("\n"):
        with journal.open("a", encoding="utf-8") as file:
            file.write("\n")
    known = {answer.number for answer in read(journal)}
    tasks = iter([task for task in _tasks(terms) if task[0] not in known])
    lock = Lock()

    def work() -> None:
        worker = _worker(terms)
        try:
            while True:
                with lock:
                    task = next(tasks, None)
                if task is None:
                    return
                number, path, seed = task
                answer = Answer(number, path.name, *worker.ask(path, seed))
                with lock:
                    _note(answer, path, seed, journal)
        finally:
            worker.end()

    with ThreadPoolExecutor(terms.workers) as pool:
        for each in [pool.submit(work) for _ in range(terms.workers)]:
            each.result()


def _worker(terms: Terms) -> "Worker | BrowserWorker":
    if not terms.build:
        return Worker(terms)
    from dev.corpus.in_browser import BrowserWorker  # noqa: PLC0415 - needs selenium

    return BrowserWorker(terms.build, terms.seconds)


def read(journal: Path) -> list[Answer]:
    """Give the answers of a journal; its last line may be cut off."""
    lines = journal.read_text(encoding="utf-8").splitlines() if journal.exists() else []
    answers: list[Answer] = []
    for line in lines:
        with suppress(json.JSONDecodeError):
            answers.append(Answer(**json.loads(line)))
    return answers


def _tasks(terms: Terms) -> Iterator[tuple[int, Path, str | None]]:
    files = files_of(terms.folder)
    for number, path in enumerate(files if terms.first == 0 else []):
        yield -1 - number, path, None
    for number in range(terms.first, terms.first + (terms.mutations if files else 0)):
        path = files[number % len(files)]
        yield number, path, f"{terms.seed} {path.name} {number}"


def _note(answer: Answer, path: Path, seed: str | None, journal: Path) -> None:
    with journal.open("a", encoding="utf-8") as file:
        file.write(json.dumps(asdict(answer)) + "\n")
    if answer.is_bug and seed is not None:
        kept = journal.with_name(f"{journal.stem}-bugs")
        kept.mkdir(exist_ok=True)
        (kept / f"{answer.number}-{path.name}").write_bytes(mutation(path.read_bytes(), seed))
