"""Sends pictures through the real extension in a headless Chromium, as a user would.

Decides: how long a picture may take, what a result file is called, what is reported of each
picture.
"""

import json
import shutil
import struct
import tempfile
import time
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from selenium.common.exceptions import TimeoutException, WebDriverException
from selenium.webdriver.chrome.webdriver import WebDriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from dev.browser.chromium import chromium_options, extension_id, start_driver
from dev.terminal import say

JOB_TIMEOUT_S = 300
DOWNLOAD_TIMEOUT_S = 60
POLL_S = 0.05
OVER = ("done", "failed", "cancelled")
JOBS_LISTED = "return Array.from(document.querySelectorAll('.job'), (row) => row.dataset.job)"


class JobError(Exception):
    """A picture has no cutout; the message is the sentence that the user saw."""


@dataclass(frozen=True, slots=True)
class Finished:
    """A cutout as it came out of the browser."""

    file: Path
    timings: dict[str, float]


def cut_out_all(build: Path, pictures: list[Path], out: Path) -> int:
    """Cut out every picture and say how it went.

    Returns
    -------
    int
        Exit code: 0 when every picture has a cutout, 1 otherwise.
    """
    out.mkdir(parents=True, exist_ok=True)
    failed = 0
    with tempfile.TemporaryDirectory(prefix="offcut-run-") as scratch:
        for picture, target, cut_out in _jobs(build, pictures, out, Path(scratch)):
            started = time.monotonic()
            try:
                finished = cut_out()
            except JobError as error:
                failed += 1
                say(f"{picture}: {error}")
                continue
            shutil.move(finished.file, target)
            say(_report(target, time.monotonic() - started, finished.timings))
    return 1 if failed else 0


def _jobs(
    build: Path, pictures: list[Path], out: Path, scratch: Path
) -> Iterator[tuple[Path, Path, Callable[[], Finished]]]:
    """One browser for all pictures: the second job shows how fast a warm engine is."""
    downloads = scratch / "downloads"
    downloads.mkdir()
    options = chromium_options(build, scratch / "profile", downloads, headless=True)
    driver = start_driver(options)
    origin = f"chrome-extension://{extension_id(build)}"
    taken: set[str] = set()
    try:
        for number, picture in enumerate(pictures):
            target = _free_name(out, picture.stem, taken)
            own_downloads = downloads / str(number)
            yield picture, target, partial(_cut_out, driver, origin, picture, own_downloads)
    finally:
        driver.quit()


def _free_name(out: Path, stem: str, taken: set[str]) -> Path:
    """Name the cutout; `a.jpg`, `a.png` and `A.png` of one call must not overwrite each other."""
    target, count = out / f"{stem}-cutout.png", 1
    while _folded(target) in taken:
        count += 1
        target = out / f"{stem}-{count}-cutout.png"
    taken.add(_folded(target))
    return target


def _folded(target: Path) -> str:
    return unicodedata.normalize("NFC", target.name).casefold()


def _cut_out(driver: WebDriver, origin: str, picture: Path, downloads: Path) -> Finished:
    """Start a job in the popup and finish it on its own page, which its id names.

    Everything happens in one tab, and what is downloaded lies in a folder of its own: nothing that
    a former picture has left can be taken for this one's.
    """
    downloads.mkdir()
    behavior = {"behavior": "allow", "downloadPath": str(downloads.resolve())}
    try:
        _run_cdp(driver, "Browser.setDownloadBehavior", behavior)
        job = start_job(driver, origin, picture)
        driver.get(f"{origin}/result/result.html?job={job}")
        return _finish(driver, downloads)
    except TimeoutException as error:
        raise JobError(f"gave up waiting: {error.msg}") from error
    except WebDriverException as error:
        raise JobError(f"the browser gave up: {(error.msg or '').splitlines()[0]}") from error


def _run_cdp(driver: WebDriver, command: str, parameters: dict[str, str]) -> None:
    driver.execute_cdp_cmd(command, parameters)  # pyright: ignore[reportUnknownMemberType]


def start_job(driver: WebDriver, origin: str, picture: Path) -> str:
    """Choose the picture in the popup; gives the id of the job that this starts."""
    open_popup(driver, origin)
    return choose(driver, picture)


def open_popup(driver: WebDriver, origin: str) -> None:
    """Open the popup in the tab, and wait until it shows all jobs."""
    driver.get(f"{origin}/popup/popup.html")
    WebDriverWait(driver, JOB_TIMEOUT_S, POLL_S).until(
        lambda _: _is_listed(driver), "the popup did not start"
    )


def choose(driver: WebDriver, picture: Path) -> str:
    """Choose the picture in the popup that is open; gives the id of the job that this starts."""
    wait = WebDriverWait(driver, JOB_TIMEOUT_S, POLL_S)
    former = _jobs_listed(driver)
    driver.find_element(By.ID, "file-input").send_keys(str(picture.resolve()))
    started = wait.until(lambda _: _new_jobs(driver, former), "no job was started")
    if len(started) != 1:
        raise JobError(f"{len(started)} jobs were started for it, not one")
    return started.pop()


def _is_listed(driver: WebDriver) -> bool:
    """Tell whether the popup shows all former jobs, which the engine sends it a little later."""
    count = dataset(driver, "jobs")
    is_ready = dataset(driver, "state") == "ready" and count is not None
    return is_ready and len(_jobs_listed(driver)) == int(count or 0)


def _new_jobs(driver: WebDriver, former: set[str]) -> set[str]:
    """Give the jobs that have been added; raises what the popup says instead."""
    problem = driver.find_element(By.ID, "problem").text
    if problem:
        raise JobError(problem)
    return _jobs_listed(driver) - former


def _jobs_listed(driver: WebDriver) -> set[str]:
    # In one go: between two calls a row may be gone, when the engine forgets an old job.
    jobs: list[str] = driver.execute_script(JOBS_LISTED)  # pyright: ignore[reportUnknownMemberType]
    return set(jobs)


def _finish(driver: WebDriver, downloads: Path) -> Finished:
    """Wait for the end of the job whose page is open, and download its cutout."""
    WebDriverWait(driver, JOB_TIMEOUT_S, POLL_S).until(
        lambda _: dataset(driver, "state") in OVER, "the job did not end"
    )
    if dataset(driver, "state") != "done":
        raise JobError(driver.find_element(By.ID, "failure-text").text)
    WebDriverWait(driver, JOB_TIMEOUT_S, POLL_S).until(
        lambda _: dataset(driver, "better") != "coming", "the better result did not end"
    )
    driver.find_element(By.ID, "download").click()
    WebDriverWait(driver, DOWNLOAD_TIMEOUT_S, POLL_S).until(
        lambda _: list(downloads.glob("*.png")), "the download did not arrive"
    )
    return Finished(next(downloads.glob("*.png")), json.loads(dataset(driver, "timings") or "{}"))


def dataset(driver: WebDriver, name: str) -> str | None:
    """Give a `data-*` of the page's root element, None if it has none."""
    return driver.find_element(By.TAG_NAME, "html").get_dom_attribute(f"data-{name}")


def _report(target: Path, seconds: float, timings: dict[str, float]) -> str:
    width, height = struct.unpack(">II", target.read_bytes()[16:24])  # where a PNG has them
    size = f"{width} x {height}"
    stages = ", ".join(f"{stage} {round(ms)} ms" for stage, ms in timings.items())
    return f"{target}: {size}, {seconds:.1f} s ({stages})"
