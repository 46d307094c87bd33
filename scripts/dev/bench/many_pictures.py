"""Many pictures by the command: pictures a minute beside rembg's folder command, and memory.

Decides: which pictures are measured (1 to 12 megapixels), which ways of working, and the goals.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Final

from PIL import Image

from dev.bench.memory import watch_memory
from dev.bench.report import load_average
from dev.bench.rivals import rembg_python
from dev.browser.demo import demo_pictures
from dev.terminal import SetupError, say

# What `rembg p IN OUT` does with each file; that command itself needs a web server's packages.
REMBG: Final = """
import sys
from pathlib import Path
from rembg import new_session, remove
session = new_session("u2netp")
for file in sorted(Path(sys.argv[1]).iterdir()):
    (Path(sys.argv[2]) / f"{file.stem}.png").write_bytes(remove(file.read_bytes(), session=session))
"""
MEGAPIXELS: Final = (1, 2, 3, 5, 8, 12)
MEMORY: Final = "3G"
INTERVAL_S: Final = 0.5
"""Between looks at memory: at .05 s these took a fifth of a core, in runs of minutes."""
GOALS: Final = (("2 workers", "rembg p", 2.5), ("2 workers", "1 worker", 1.6))
"""Of pictures a minute: the one is at least so many times the other."""


@dataclass(frozen=True, slots=True)
class Run:
    """One way of working through the folder.

    Pictures a minute, seconds of processors for one of them, which other work on the machine
    changes little, and megabytes of all processes.
    """

    name: str
    a_minute: float
    processor_seconds: float
    megabytes: float


def measure_many(count: int) -> str:
    """Measure, and give a table in Markdown.

    Parameters
    ----------
    count : int
        Of pictures.

    Raises
    ------
    SetupError
        If rembg cannot be had, or a command fails.
    """
    python = rembg_python()
    weights = {"U2NET_HOME": str(python.parents[1] / "u2net")}
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        make_folder(folder / "in", count)
        runs: list[Run] = []
        for name, workers, threads in (
            ("1 worker", 1, 1),
            ("1 worker, 2 threads", 1, 2),
            ("2 workers", 2, 1),
            ("2 workers, 2 threads", 2, 2),
        ):
            flags = [f"--workers={workers}", f"--threads={threads}", f"--memory={MEMORY}"]
            offcut = [sys.executable, "-m", "offcut", folder / "in", "--quality=fast", "--quiet"]
            runs.append(_run(name, [*offcut, *flags, "--out"], folder, count, {}))
        rembg = [python, "-c", REMBG, folder / "in"]
        runs.append(_run("rembg p", rembg, folder, count, weights))
    return table(runs, count)


def make_folder(folder: Path, count: int) -> None:
    """Write JPEGs of all sizes in turn, out of freely licensed pictures."""
    folder.mkdir()
    sources = [Image.open(path).convert("RGB") for path in demo_pictures()]
    for number in range(count):
        source = sources[number % len(sources)]
        pixels = MEGAPIXELS[number % len(MEGAPIXELS)] * 1e6
        scale = (pixels / (source.width * source.height)) ** 0.5
        size = round(source.width * scale), round(source.height * scale)
        enlarged = source.resize(size, Image.Resampling.BICUBIC)
        enlarged.save(folder / f"{number:04}.jpg", quality=90)


def table(runs: list[Run], count: int) -> str:
    """Write what was found, and which goals it reaches."""
    lines = [
        f"{count} pictures of 1 to 12 megapixels, to PNG, load average {load_average()}",
        "",
        "| | pictures a minute | processor seconds each | MB, all processes |",
        "|---|---|---|---|",
        *map(_row, runs),
        "",
    ]
    speeds = {run.name: run.a_minute for run in runs}
    for ours, theirs, least in GOALS:
        ratio = speeds[ours] / speeds[theirs]
        lines.append(f"* {ours} / {theirs}: {ratio:.2f}, wanted at least {least}")
    return "\n".join(lines)


def _row(run: Run) -> str:
    speeds = f"{run.a_minute:.1f} | {run.processor_seconds:.2f}"
    return f"| {run.name} | {speeds} | {run.megabytes:.0f} |"


def _run(
    name: str, command: list[str | Path], folder: Path, count: int, environment: dict[str, str]
) -> Run:
    say(f"{name} ...")
    results = folder / name.replace(" ", "-")
    results.mkdir()
    start, before = perf_counter(), _processor_seconds()
    process = subprocess.Popen(
        [*command, results],
        env=os.environ | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    with watch_memory(process.pid, INTERVAL_S) as peak:
        _, words = process.communicate()
    seconds = perf_counter() - start
    made = len(list(results.iterdir()))
    if process.returncode or made != count:
        raise SetupError(f"{name} made {made} of {count} pictures:\n{words.strip()}")
    processor_seconds = (_processor_seconds() - before) / count
    return Run(name, count / seconds * 60, processor_seconds, peak.most)


def _processor_seconds() -> float:
    """Give what all ended processes of this one have taken so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
