"""Compares builds of onnxruntime-web: time of u2netp and difference of its output.

The builds take turns in one headless Chromium, so a busy machine disturbs all of them alike.
"""

import argparse
import base64
import os
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple, cast

import numpy as np
from selenium.webdriver.chrome.webdriver import WebDriver

from dev.bench.browser_runs import end_browser
from dev.bench.site import serve
from dev.browser.chromium import chromium_options, start_driver
from dev.paths import BUILD
from dev.terminal import exit_with, say

HERE = Path(__file__).parent / "pages"
RUN = """
const [folder, threads, done] = arguments;
globalThis.run(folder, threads).then(done);
"""


class Run(NamedTuple):
    """One run of the network.

    Attributes
    ----------
    ms : float
        Milliseconds that passed.
    cpu_s : float
        Seconds of processor time that the browser took meanwhile.
    output : ndarray
        float32, flat.
    """

    ms: float
    cpu_s: float
    output: np.ndarray


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m dev.bench.compare", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path, help="each with ort*.mjs and ort*.wasm")
    parser.add_argument("--threads", type=int, default=2, help="(%(default)s)")
    parser.add_argument("--runs", type=int, default=12, help="of each (%(default)s)")
    options = parser.parse_args()
    folders: list[Path] = options.folders
    runs = measure(folders, options.threads, options.runs)
    first = runs[0][0].output
    say("ms: median, least | CPU s: median, least | largest difference to the first")
    for folder, each in zip(folders, runs, strict=True):
        ms = [run.ms for run in each]
        cpu = [run.cpu_s for run in each]
        far = max(float(np.abs(run.output - first).max()) for run in each)
        times = f"{median(ms):6.0f} {min(ms):6.0f} | {median(cpu):5.2f} {min(cpu):5.2f}"
        say(f"{times} | {far:.1e}  {folder}")
    return 0


def measure(folders: list[Path], threads: int, count: int) -> list[list[Run]]:
    """Run u2netp with each build in turn.

    Parameters
    ----------
    folders : list of Path
        Of the builds.
    threads : int
        Of each build.
    count : int
        Runs of each build that are kept, after two to warm up.

    Returns
    -------
    list of list of Run
        For each folder.
    """
    names = {f"build{index}": folder for index, folder in enumerate(folders)}
    places = {"": HERE, "weights": BUILD / "chrome/models/weights", **names}
    runs: list[list[Run]] = [[] for _ in folders]
    with serve(places) as address, browser() as driver:
        driver.get(f"{address}compare.html")
        for _ in range(count + 2):
            for name, each in zip(names, runs, strict=True):
                each.append(_run(driver, name, threads))
    return [each[2:] for each in runs]


def _run(driver: WebDriver, name: str, threads: int) -> Run:
    process = cast("Any", driver).service.process.pid
    before = _cpu_seconds(process)
    answer = cast("dict[str, Any]", driver.execute_async_script(RUN, name, threads))  # pyright: ignore[reportUnknownMemberType]
    if "error" in answer:
        raise SystemExit(f"{name}: {answer['error']}")
    output = np.frombuffer(base64.b64decode(answer["output"]), "<f4")
    return Run(answer["ms"], _cpu_seconds(process) - before, output)


def _cpu_seconds(root: int) -> float:
    """Sum the processor time of a process and its descendants so far; 0 where there is no /proc."""
    stats: dict[int, tuple[int, int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it has just ended
        stats[int(stat.parent.name)] = int(fields[1]), int(fields[11]) + int(fields[12])
    ticks, ahead = 0, [root]
    while ahead:
        parent = ahead.pop()
        ticks += stats.get(parent, (0, 0))[1]
        ahead += [pid for pid, (above, _) in stats.items() if above == parent]
    return ticks / os.sysconf("SC_CLK_TCK")


@contextmanager
def browser() -> Generator[WebDriver]:
    """Start a headless Chromium for pages of the bench, and end it."""
    with tempfile.TemporaryDirectory(prefix="offcut-compare-", ignore_cleanup_errors=True) as home:
        folder = Path(home)
        driver = start_driver(chromium_options(BUILD / "chrome", folder, folder, headless=True))
        driver.set_script_timeout(300)
        try:
            yield driver
        finally:
            end_browser(driver)


if __name__ == "__main__":
    exit_with(main)
