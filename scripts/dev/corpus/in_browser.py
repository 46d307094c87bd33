"""Sends files through the real extension in a headless Chromium, with the engine alive after each.

Decides: what counts as the engine's end: a code that says so, and a plain picture that is not cut
out after a file that was refused.
"""

import json
import shutil
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import numpy as np
from PIL import Image
from selenium.common.exceptions import TimeoutException, WebDriverException
from selenium.webdriver.chrome.webdriver import WebDriver
from selenium.webdriver.support.wait import WebDriverWait

from dev.browser.chromium import chromium_options, extension_id, start_driver
from dev.browser.headless import OVER, POLL_S, JobError, dataset, start_job
from dev.corpus.mutate import mutation

LOST = frozenset({"ENGINE_LOST", "SESSION_FAILED", "OUT_OF_MEMORY", "INTERNAL"})
QUICK = "chrome.storage.local.set({ quality: 'fast' }).then(arguments[0])"


class BrowserWorker:
    """One browser; begun anew after it has hung."""

    def __init__(self, build: Path, seconds: float) -> None:
        self._build = build
        self._seconds = seconds
        self._origin = f"chrome-extension://{extension_id(build)}"
        self._driver: WebDriver | None = None
        self._folder = Path(tempfile.mkdtemp(prefix="offcut-corpus-"))
        self._plain = self._folder / "plain.png"
        rows, columns = np.mgrid[0:96, 0:96]
        disc = np.hypot(rows - 48, columns - 48) < 30
        Image.fromarray(np.where(disc, 220, 40).astype(np.uint8)).save(self._plain)

    def ask(self, path: Path, seed: str | None) -> tuple[str, int, int]:
        """Send one file through; gives what came of it, milliseconds, and no megabytes."""
        data = path.read_bytes()
        file = self._folder / f"odd{path.suffix}"
        file.write_bytes(data if seed is None else mutation(data, seed))
        began = time.monotonic()
        came = self._outcome(file)
        spent = round((time.monotonic() - began) * 1000)
        if came in LOST:
            came = f"BUG {came}"
        elif came != "done" and not came.startswith(("HANG", "CRASH")):
            after = self._outcome(self._plain)
            came = came if after == "done" else f"BUG {came}, then a plain picture: {after}"
        if came.startswith(("HANG", "CRASH")):
            self._quit()
        return came, spent, 0

    def end(self) -> None:
        """End the browser, and remove what it has left."""
        self._quit()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _outcome(self, file: Path) -> str:
        try:
            driver = self._driver or self._begin()
            job = start_job(driver, self._origin, file)
            driver.get(f"{self._origin}/result/result.html?job={job}")
            WebDriverWait(driver, self._seconds, POLL_S).until(
                lambda _: dataset(driver, "state") in OVER
            )
            if dataset(driver, "state") == "done":
                return "done"
            return str(json.loads(dataset(driver, "failure") or "{}").get("code", "no code"))
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
        driver.get(f"{self._origin}/manifest.json")
        driver.execute_async_script(QUICK)  # pyright: ignore[reportUnknownMemberType]
        return driver

    def _quit(self) -> None:
        if self._driver:
            with suppress(WebDriverException):
                self._driver.quit()
        self._driver = None
