"""One Chromium with the extension, imgly's page and the limits' page, each in a tab.

Decides: what counts as a page that has failed, which ends a wait at once, and that no process of a
browser outlives its run.
"""

import base64
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from selenium.webdriver.chrome.webdriver import WebDriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from dev.bench.page_scripts import FIELD, OURS, PAGE, SAID
from dev.browser.chromium import chromium_options, extension_id, start_driver
from dev.processes import descendants, end_processes

SCRIPT_TIMEOUT_S = 900


class BenchError(Exception):
    """A run failed; the message is what the page said."""


class BrowserRun:
    """One running browser.

    Attributes
    ----------
    driver : WebDriver
    """

    def __init__(self, driver: WebDriver, origin: str, site: str) -> None:
        self.driver = driver
        self._origin = origin
        self._site = site
        self._tabs: dict[str, str] = {}

    @property
    def pid(self) -> int:
        """Process of the browser's driver, the root of all of the browser's processes."""
        process = cast("Any", self.driver).service.process
        return int(process.pid)

    @property
    def version(self) -> str:
        """Of the browser."""
        return str(cast("Any", self.driver).capabilities["browserVersion"])

    def open(self, name: str) -> None:
        """Load a page: ``ours``, ``imgly``, ``limits`` or ``network``."""
        if name not in self._tabs:
            if self._tabs:
                self.driver.switch_to.new_window("tab")
            self._tabs[name] = self.driver.current_window_handle
            ours = f"{self._origin}/options/options.html"
            self.driver.get(ours if name == "ours" else f"{self._site}{name}.html")
            if name == "ours":
                cast("Any", self.driver).execute_script(FIELD)
        self.driver.switch_to.window(self._tabs[name])

    def add_model(self, model_id: str, weights: Path) -> None:
        """Give the extension the weights of a model, as its user does from a file.

        Raises
        ------
        BenchError
            As soon as the page says that this has failed.
        """
        self.open("ours")
        by_file: Any = self.driver.find_element(By.ID, "model-file")
        by_file.send_keys(str(weights))
        wait = WebDriverWait(self.driver, SCRIPT_TIMEOUT_S, 0.05)
        wait.until(lambda _: self._has_model(model_id))

    def _has_model(self, model_id: str) -> bool:
        said = cast("Any", self.driver).execute_script(SAID)
        if said is not None:
            raise BenchError(f"The settings page, about the model {model_id}: {said}")
        here = f"[data-model={model_id}][data-status=here]"
        return bool(self.driver.find_elements(By.CSS_SELECTOR, here))

    def ours(self, picture: Path, options: dict[str, Any], count: int = 1) -> dict[str, Any]:
        """Cut a picture out `count` times, all jobs opened at once."""
        self.open("ours")
        field: Any = self.driver.find_element(By.ID, "bench-picture")
        field.send_keys(str(picture))
        return self._run(OURS, field, options, count)

    def imgly(self, picture: str, model: str) -> dict[str, Any]:
        """Cut a picture out by imgly; ``small`` is its uint8 model, ``medium`` the fp16 one."""
        self.open("imgly")
        return self._run(PAGE, self._site + picture, "measure", ["BLOB", model])

    def imgly_matte(self, picture: str, model: str) -> bytes:
        """Give imgly's matte of a picture, row by row, one byte for each of its pixels."""
        self.open("imgly")
        answer = self._run(PAGE, self._site + picture, "segment", ["BLOB", model])
        return base64.b64decode(answer["matte"])

    def network(self, weights: str, tensor: str, request: dict[str, Any]) -> dict[str, Any]:
        """Run a network in the extension's model worker.

        Parameters
        ----------
        weights, tensor : str
            Where the site has the ONNX file and the input, as bare float32.
        request : dict
            Names of the input and the output, `name` and `fetch`, and the input's `dims`.

        Returns
        -------
        dict
            ``ms`` of the run, ``load``, those of the weights' loading before the first, and
            ``output``, bytes of float32.
        """
        self.open("network")
        answer = self._run(
            PAGE, None, "measure", [self._site + weights, self._site + tensor, request]
        )
        return {**answer, "output": base64.b64decode(answer["output"])}

    def limit(self, kind: str, picture: str | None = None) -> dict[str, Any]:
        """Measure a limit: ``inference``, ``own inference``, or ``png`` of a picture."""
        self.open("limits")
        address = self._site + picture if picture else None
        return self._run(PAGE, address, "measure", [kind, "BLOB"])

    def _run(self, script: str, *arguments: Any) -> dict[str, Any]:
        answer = cast(
            "dict[str, Any]", cast("Any", self.driver).execute_async_script(script, *arguments)
        )
        if "error" in answer:
            raise BenchError(answer["error"])
        return answer


@contextmanager
def browser_run(build: Path, site: str) -> Generator[BrowserRun]:
    """Start a browser that has never run before."""
    with tempfile.TemporaryDirectory(prefix="offcut-bench-", ignore_cleanup_errors=True) as scratch:
        folder = Path(scratch)
        options = chromium_options(build, folder / "profile", folder, headless=True)
        driver = start_driver(options)
        driver.set_script_timeout(SCRIPT_TIMEOUT_S)
        # The driver's own connection would give up sooner than the script.
        cast("Any", driver).command_executor.client_config.timeout = SCRIPT_TIMEOUT_S
        try:
            yield BrowserRun(driver, f"chrome-extension://{extension_id(build)}", site)
        finally:
            end_browser(driver)


def end_browser(driver: WebDriver) -> None:
    """End a browser and its driver, also if they hang; nothing in them is worth a good end."""
    end_processes(descendants(cast("Any", driver).service.process.pid))
    driver.quit()
