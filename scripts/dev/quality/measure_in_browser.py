"""Runs models in the real extension: adds each from its file, and presses its test button."""

import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from selenium.webdriver.chrome.webdriver import WebDriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from dev.browser.chromium import chromium_options, extension_id, start_driver
from dev.paths import MODELS
from dev.processes import KILOBYTE, descendants, status_number
from dev.quality.model_cost import Cost

WAIT_S = 180
T = TypeVar("T")


def measure_in_browser(folder: Path, entries: list[dict[str, Any]], runs: int) -> dict[str, Cost]:
    """Measure each model in a browser of its own, so that peaks do not mix.

    Parameters
    ----------
    folder : Path
        The built extension.
    entries : list of dict
        Of the registry; their weights are in models/weights.
    runs : int

    Returns
    -------
    dict of str to Cost
        Memory is the peak of the extension's process: Chromium runs the engine and all its
        workers in one.
    """
    return {entry["id"]: _measure(folder, entry, runs) for entry in entries}


def _measure(folder: Path, entry: dict[str, Any], runs: int) -> Cost:
    with tempfile.TemporaryDirectory(prefix="offcut-models-") as scratch:
        options = chromium_options(folder, Path(scratch) / "profile", Path(scratch), headless=True)
        driver = start_driver(options)
        try:
            driver.get(f"chrome-extension://{extension_id(folder)}/options/options.html")
            card = f"[data-model={entry['id']}]"
            _wait(driver, lambda: driver.find_elements(By.CSS_SELECTOR, card))
            if not entry["bundled"]:
                weights = str(MODELS / "weights" / entry["file"])
                driver.find_element(By.ID, "model-file").send_keys(weights)
                here = f"{card}[data-status=here]"
                _wait(driver, lambda: driver.find_elements(By.CSS_SELECTOR, here))
            seconds = [_test(driver, card) for _ in range(runs)]
            return Cost(min(seconds), _peak_megabytes(driver))
        finally:
            driver.quit()


def _test(driver: WebDriver, card: str) -> float:
    button = driver.find_element(By.CSS_SELECTOR, f"{card} [data-action=test]")
    button.click()
    news = driver.find_element(By.CSS_SELECTOR, f"{card} .news")
    _wait(driver, lambda: "Testing" not in news.text and news.text)
    found = re.search(r"in ([\d.]+) s", news.text)
    if found is None:
        raise RuntimeError(f"the test said: {news.text}")
    return float(found[1])


def _peak_megabytes(driver: WebDriver) -> float:
    """Give the largest peak of the browser's processes, from Linux's own count."""
    family = descendants(driver.service.process.pid)
    return max(status_number(pid, "VmHWM") for pid in family) * KILOBYTE / 1e6


def _wait(driver: WebDriver, condition: Callable[[], T]) -> T:
    return WebDriverWait(driver, WAIT_S, 0.05).until(lambda _: condition())
