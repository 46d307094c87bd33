"""Leads a headless browser through the popup and a batch, and reads their costs."""

import statistics
from pathlib import Path
from typing import Any

from PIL import Image
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from dev.browser.chromium import chromium_options, extension_id, start_driver
from dev.browser.demo import demo_pictures
from dev.processes import KILOBYTE, PROC, descendants, status_number
from dev.terminal import say

FIRST = 20
"""Pictures after which everything that is kept is there."""
SIDE = 160
PICTURE_S = 60
MB = 1e6
PAINT = """return performance.getEntriesByName('first-contentful-paint')[0]?.startTime"""
DONE = "return document.querySelectorAll('.item[data-state=done]').length"
STORAGE = """const done = arguments[0];
    (async () => {
        let [originals, results, other] = [0, 0, 0];
        const root = await navigator.storage.getDirectory();
        const batch = await root.getDirectoryHandle('batch', { create: true });
        for await (const [name, handle] of batch.entries()) {
            const { size } = await handle.getFile();
            if (name.endsWith('.in')) originals += size;
            else if (name.endsWith('.out')) results += size;
            else other += size;
        }
        done([originals, results, other]);
    })()"""
# Stands in for the browser's own dialogue, which no driver can answer: a folder in memory of
# the page's own storage, beside the batch.
FOLDER = """window.showDirectoryPicker = async () =>
    (await navigator.storage.getDirectory()).getDirectoryHandle('chosen', { create: true })"""


class PageMeasurement:
    """One browser, measured from outside."""

    def __init__(self, folder: Path, scratch: Path) -> None:
        self.scratch = scratch
        self.origin = f"chrome-extension://{extension_id(folder)}"
        options = chromium_options(folder, scratch / "profile", scratch, headless=True)
        self.driver: Any = start_driver(options)

    def first_paint(self, opens: int) -> None:
        """Print how soon the popup shows something, from the start of its loading."""
        times: list[float] = []
        for _ in range(opens):
            self.driver.get("about:blank")
            self.driver.get(f"{self.origin}/popup/popup.html")
            WebDriverWait(self.driver, 10, 0.02).until(
                lambda driver: driver.execute_script(PAINT), "no paint"
            )
            times.append(self.driver.execute_script(PAINT))
        median, worst = statistics.median(times), max(times)
        say(f"popup, first paint: median {median:.0f} ms, worst of {opens} {worst:.0f} ms")

    def batch(self, count: int, *, into_folder: bool) -> None:
        """Print memory and storage after the 20th picture and after the last one."""
        pictures = self._pictures(count)
        self.driver.get(f"{self.origin}/batch/batch.html")
        WebDriverWait(self.driver, 10, 0.05).until(
            lambda _: (
                self.driver.find_element(By.TAG_NAME, "html").get_dom_attribute("data-state")
                == "empty"
            )
        )
        if into_folder:
            self.driver.execute_script(FOLDER)
        self.driver.find_element(By.ID, "file-input").send_keys("\n".join(map(str, pictures)))
        if into_folder:
            self.driver.find_element(By.ID, "into-folder").click()
        former: dict[str, float] = {}
        for done in (min(FIRST, count), count):
            self._wait_done(done)
            self.driver.find_element(By.ID, "pause").click() if done < count else None
            now = self._costs()
            for name, value in now.items():
                growth = f" ({value / former[name] - 1:+.1%})" if former.get(name) else ""
                say(f"after {done:3d} pictures, {name}: {value / MB:.2f} MB{growth}")
            former = now
            self.driver.find_element(By.ID, "resume").click() if done < count else None

    def _pictures(self, count: int) -> list[Path]:
        with Image.open(demo_pictures()[0]) as demo:
            photo = demo.convert("RGB")
        paths = [self.scratch / f"{number:03d}.jpg" for number in range(count)]
        for number, path in enumerate(paths):
            photo.resize((SIDE + number % 16, SIDE)).save(path)
        return paths

    def _wait_done(self, count: int) -> None:
        wait = WebDriverWait(self.driver, PICTURE_S * count, 0.1)
        wait.until(lambda driver: driver.execute_script(DONE) >= count, f"not {count} were made")

    def _costs(self) -> dict[str, float]:
        originals, results, other = self.driver.execute_async_script(STORAGE)
        self.driver.execute_cdp_cmd("HeapProfiler.collectGarbage", {})
        heap = self.driver.execute_cdp_cmd("Runtime.getHeapUsage", {})["usedSize"]
        return {
            "JavaScript heap of the workbench": heap,
            "process of the extension (page, engine, workers, wasm)": self._process_bytes(),
            "storage, originals": originals,
            "storage, results not saved yet": results,
            "storage, everything else": other,
        }

    def _process_bytes(self) -> float:
        """Resident memory of the renderer that all pages and workers of the extension share."""
        marked = b"--extension-process"
        family = descendants(self.driver.service.process.pid)
        owned = [pid for pid in family if marked in _command_line(pid)]
        return KILOBYTE * sum(status_number(pid, "VmRSS") for pid in owned)


def _command_line(pid: int) -> bytes:
    try:
        return (PROC / str(pid) / "cmdline").read_bytes()
    except OSError:
        return b""  # the process has ended
