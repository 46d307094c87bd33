"""Sends pictures through the real extension in a headless Chromium, as a user would.

Decides: how long a picture may take, what a result file is called, what is reported of each
picture.
"""

import json
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
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
    taken: set[Path] = set()
    try:
        for picture in pictures:
            target = _free_name(out, picture.stem, taken)
            yield picture, target, lambda at=picture: _cut_out(driver, build, at, downloads)
    finally:
        driver.quit()


def _free_name(out: Path, stem: str, taken: set[Path]) -> Path:
    """Name the cutout; `a.jpg` and `a.png` of one call must not overwrite each other."""
    target, count = out / f"{stem}-cutout.png", 1
    while target in taken:
        count += 1
        target = out / f"{stem}-{count}-cutout.png"
    taken.add(target)
    return target


def _cut_out(driver: WebDriver, build: Path, picture: Path, downloads: Path) -> Finished:
    home = driver.current_window_handle
    origin = f"chrome-extension://{extension_id(build)}"
    try:
        driver.get(f"{origin}/popup/popup.html")
        WebDriverWait(driver, JOB_TIMEOUT_S, POLL_S).until(
            lambda _: _dataset(driver, "state") == "ready" and _dataset(driver, "jobs"),
            "the popup did not start",
        )
        former = _jobs_listed(driver)
        driver.find_element(By.ID, "file-input").send_keys(str(picture.resolve()))
        WebDriverWait(driver, JOB_TIMEOUT_S, POLL_S).until(
            lambda _: _show_result(driver, home, origin, former), "no result page opened"
        )
        finished = _finish(driver, downloads)
    except TimeoutException as error:
        raise JobError(f"gave up waiting: {error.msg}") from error
    except WebDriverException as error:
        raise JobError(f"the browser gave up: {(error.msg or '').splitlines()[0]}") from error
    finally:
        if driver.current_window_handle != home:
            driver.close()
        driver.switch_to.window(home)
    return finished


def _show_result(driver: WebDriver, home: str, origin: str, former: set[str]) -> bool:
    """Look at the result page if there is one; else open it, or say why there is no job.

    The popup lists former pictures for a while, too.
    """
    for tab in driver.window_handles:
        driver.switch_to.window(tab)
        if driver.current_url.startswith(f"{origin}/result/"):
            return True
    driver.switch_to.window(home)
    problem = driver.find_element(By.ID, "problem").text
    if problem:
        raise JobError(problem)
    for job in _jobs_listed(driver) - former:
        for button in driver.find_elements(By.CSS_SELECTOR, f'[data-job="{job}"] [data-act=open]'):
            button.click()
    return False


def _jobs_listed(driver: WebDriver) -> set[str]:
    jobs = driver.find_elements(By.CSS_SELECTOR, ".job")
    return {job.get_dom_attribute("data-job") for job in jobs}


def _finish(driver: WebDriver, downloads: Path) -> Finished:
    """Wait for the end of the job whose page is open, and download its cutout."""
    WebDriverWait(driver, JOB_TIMEOUT_S, POLL_S).until(
        lambda _: _dataset(driver, "state") in OVER, "the job did not end"
    )
    if _dataset(driver, "state") != "done":
        raise JobError(driver.find_element(By.ID, "failure-text").text)
    driver.find_element(By.ID, "download").click()
    WebDriverWait(driver, DOWNLOAD_TIMEOUT_S, POLL_S).until(
        lambda _: list(downloads.glob("*.png")), "the download did not arrive"
    )
    return Finished(next(downloads.glob("*.png")), json.loads(_dataset(driver, "timings") or "{}"))


def _dataset(driver: WebDriver, name: str) -> str | None:
    return driver.find_element(By.TAG_NAME, "html").get_dom_attribute(f"data-{name}")


def _report(target: Path, seconds: float, timings: dict[str, float]) -> str:
    with Image.open(target) as cutout:
        size = f"{cutout.width} x {cutout.height}"
    stages = ", ".join(f"{stage} {round(ms)} ms" for stage, ms in timings.items())
    return f"{target}: {size}, {seconds:.1f} s ({stages})"
