"""What is measured, in turns, and the ratios that come of it."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from dev.bench.browser_runs import BrowserRun
from dev.bench.memory import watch_memory
from dev.bench.native_runs import NativeRun
from dev.bench.pictures import Picture

FAST: dict[str, Any] = {"quality": "fast"}
BEST: dict[str, Any] = {"quality": "best"}
INFERENCE = "inference"
BOOT_STAGES = ("start_python", "load_model", "fetch")


@dataclass(slots=True)
class Samples:
    """Every value measured, by the name of what was measured."""

    values: dict[str, list[float]] = field(default_factory=dict[str, list[float]])

    def add(self, name: str, value: float) -> None:
        """Note a value."""
        self.values.setdefault(name, []).append(value)

    def median(self, name: str) -> float | None:
        """Give the middle of what was measured under a name; None if nothing was."""
        values = self.values.get(name)
        return statistics.median(values) if values else None

    def ratio(self, ours: str, theirs: str) -> float | None:
        """Divide two medians."""
        above, below = self.median(ours), self.median(theirs)
        return above / below if above is not None and below else None


def address_of(picture: Picture) -> str:
    """Name a picture for the pages of the bench's own site."""
    return f"pictures/{picture.file.name}"


def measure_cold(start: Callable[[], Any], picture: Picture, samples: Samples) -> None:
    """Measure the first picture of a new browser, for us and then for imgly in another one."""
    with start() as browser:
        browser.open("ours")
        with watch_memory(browser.pid) as peak:
            run = browser.ours(picture.file, FAST)
        samples.add("cold/fast", run["ms"])
        samples.add("cold/python start", run["timings"]["start_python"])
        samples.add("cold/model start", run["timings"]["load_model"])
        samples.add("memory/fast", peak.added)
    with start() as browser:
        browser.open("imgly")
        with watch_memory(browser.pid) as peak:
            run = browser.imgly(address_of(picture), "small")
        samples.add("cold/imgly uint8", run["ms"])
        samples.add("memory/imgly uint8", peak.added)


def measure_warm(
    browser: BrowserRun, picture: Picture, rounds: int, samples: Samples, runs: dict[str, Any]
) -> None:
    """Measure one picture by everything that there is, `rounds` times in turns.

    Parameters
    ----------
    runs : dict
        Options of the extension by the run's name.
    """
    address = address_of(picture)
    size = f"{picture.megapixels:g} MP"
    for _ in range(rounds):
        for name, options in runs.items():
            run = browser.ours(picture.file, options)
            samples.add(f"{size}/{name}", run["ms"])
            _add_stages(samples, f"{size}/{name}", run)
        samples.add(f"{size}/imgly uint8", browser.imgly(address, "small")["ms"])
        samples.add(f"{size}/bare inference", browser.limit("inference")["inference"])
        own = browser.limit("own inference")["inference"]
        samples.add(f"{size}/bare inference/own kernels", own)
        limits = browser.limit("png", address)
        samples.add(f"{size}/bare copy", limits["copy"])


def _add_stages(samples: Samples, name: str, run: dict[str, Any]) -> None:
    for stage, milliseconds in run["timings"].items():
        samples.add(f"{name}/{stage}", milliseconds)
    samples.add(f"{name}/bytes", run["bytes"])
    # Everything: also what no stage counts, such as the ways between the pages.
    samples.add(f"{name}/all but inference", run["ms"] - run["timings"][INFERENCE])


def measure_native(run: NativeRun, name: str, picture: Picture, samples: Samples) -> None:
    """Measure one picture by a native program."""
    answer = run.cut_out(picture.file)
    samples.add(f"{picture.megapixels:g} MP/{name}", answer["ms"])


def measure_png(browser: BrowserRun, cutout: str, size: str, samples: Samples) -> None:
    """Let the browser's canvas write a cutout of ours once more."""
    limits = browser.limit("png", cutout)
    samples.add(f"{size}/canvas png", limits["png"])
    samples.add(f"{size}/canvas png/bytes", limits["bytes"])


def measure_batch(
    browser: BrowserRun, picture: Picture, counts: tuple[int, int], samples: Samples
) -> None:
    """Measure pictures a minute: ours all opened at once, imgly's one after the other."""
    address = address_of(picture)
    ours, theirs = counts
    run = browser.ours(picture.file, FAST, ours)
    samples.add("batch/fast", ours / run["ms"] * 60_000)
    spent = sum(browser.imgly(address, "small")["ms"] for _ in range(theirs))
    samples.add("batch/imgly uint8", theirs / spent * 60_000)
