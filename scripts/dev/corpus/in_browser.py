"""Sends files through the real extension in a headless Chromium, with the engine alive after each.

Decides: what counts as the engine's end: a code that says so, and a plain picture that is not cut
out after some files in a row that were refused. After others the next cut-out shows that it lives.
"""

import shutil
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import numpy as np
from PIL import Image
from selenium.common.exceptions import TimeoutException, WebDriverException
from selenium.webdriver.chrome.webdriver import WebDriver

from dev.browser.chromium import chromium_options, extension_id, start_driver
from dev.browser.headless import JobError, choose, open_popup
from dev.corpus.mutate import mutation
from dev.processes import KILOBYTE, descendants, status_number

LOST = frozenset({"ENGINE_LOST", "SESSION_FAILED", "OUT_OF_MEMORY", "INTERNAL"})
MOST_REFUSED = 8
"""In a row, until a plain picture is tried."""
QUICK = "chrome.storage.local.set({ quality: 'fast' }).then(arguments[0])"
FOLLOW = """
    const [jobId, tell] = arguments;
    const port = chrome.runtime.connect({ name: 'jobs' });
    port.onDisconnect.addListener(() => tell('ENGINE_LOST'));
    port.onMessage.addListener(({ jobs }) => {
        const job = jobs.find((each) => each.jobId === jobId);
        if (job && (job.state === 'queued' || job.state === 'running')) return;
        port.disconnect();
        tell(!job ? 'INTERNAL' : job.state === 'failed' ? job.failure.code : job.state);
    });
"""
"""The popup's page follows the job as its own list does, and tells what came of it."""


class BrowserWorker:
    """One browser with the popup in its one tab; begun anew after it has hung."""

    def __init__(self, build: Path, seconds: float) -> None:
        self._build = build
        self._seconds = seconds
        self._origin = f"chrome-extension://{extension_id(build)}"
        self._driver: WebDriver | None = None
        self._refused = 0
        self._folder = Path(tempfile.mkdtemp(prefix="offcut-corpus-"))
        self._plain = self._folder / "plain.png"
        rows, columns = np.mgrid[0:96, 0:96]
        disc = np.hypot(rows - 48, columns - 48) < 30
        Image.fromarray(np.where(disc, 220, 40).astype(np.uint8)).save(self._plain)

    def ask(self, path: Path, seed: str | None) -> tuple[str, int, int]:
        """Send one file through; gives what came of it, milliseconds and megabytes.

        The megabytes are the most that one process of the browser has ever had until then.
        """
        data = path.read_bytes()
        file = self._folder / f"odd{path.suffix}"
        file.write_bytes(data if seed is None else mutation(data, seed))
        began = time.monotonic()
        came = self._outcome(file)
        spent = round((time.monotonic() - began) * 1000)
        is_lost = came.startswith(("HANG", "CRASH"))
        self._refused = 0 if is_lost or came == "done" else self._refused + 1
        if came in LOST:
            came = f"BUG {came}"
        elif self._refused >= MOST_REFUSED:
            self._refused = 0
            after = self._outcome(self._plain)
            came = came if after == "done" else f"BUG {came}, then a plain picture: {after}"
        most = self._megabytes()
        if is_lost:
            self._quit()
        return came, spent, most

    def end(self) -> None:
        """End the browser, and remove what it has left."""
        self._quit()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _outcome(self, file: Path) -> str:
        try:
            driver = self._driver or self._begin()
            job = choose(driver, file)
            came: str = driver.execute_async_script(  # pyright: ignore[reportUnknownMemberType]
                FOLLOW, job
            )
            return came
        except JobError as error:
            return f"REFUSED {error}"
        except TimeoutException:
            return "HANG"
        except WebDriverException as error:
            return f"CRASH {(error.msg or '').splitlines()[0]}"

    def _begin(self) -> WebDriver:
        profile = Path(tempfile.mkdtemp(prefix="profile-", dir=self._folder))
        driver = start_driver(chromium_options(self._build, profile, profile, headless=True))
        self._driver = driver
        driver.set_page_load_timeout(self._seconds)
        driver.set_script_timeout(self._seconds)
        open_popup(driver, self._origin)
        driver.execute_async_script(QUICK)  # pyright: ignore[reportUnknownMemberType]
        return driver

    def _megabytes(self) -> int:
        process = self._driver and self._driver.service.process
        if not process:
            return 0
        most = max(status_number(pid, "VmHWM") for pid in descendants(process.pid))
        return round(most * KILOBYTE / 1e6)

    def _quit(self) -> None:
        if self._driver:
            with suppress(WebDriverException):
                self._driver.quit()
        self._driver = None
