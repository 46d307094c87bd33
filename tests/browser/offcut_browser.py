"""A real Chromium with the real extension, driven as a person would."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from accounts import Accounts
from devtools import DevTools
from selenium.webdriver.chrome.webdriver import WebDriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from waiting import until

SAVED = frozenset({".png", ".psd", ".ora", ".webp", ".gif", ".jpg", ".zip", ".pdf"})
OVER = ("done", "failed", "cancelled")


# From inside the page: a state may be over before an answer has reached this process.
DO_WHEN = """const done = arguments[0];
    const find = (selector) => document.querySelector(selector);
    const watcher = new MutationObserver(act);
    watcher.observe(document, { subtree: true, childList: true, attributes: true });
    act();
    function act() {
        if (!(CONDITION)) return;
        watcher.disconnect();
        done((ACT));
    }"""


PRESS_SHOWN = """const button = document.querySelector(arguments[0]);
    if (!button?.checkVisibility() || button.disabled) return false;
    button.click();
    return true;"""


class OffcutBrowser:
    """One browser window with the extension, and the steps that the tests take in it."""

    def __init__(self, driver: WebDriver, devtools: DevTools, origin: str, downloads: Path) -> None:
        self.driver = driver
        self.devtools = devtools
        self.origin = origin
        self.downloads = downloads
        self.home = driver.current_window_handle
        self.accounts: Accounts | None = None
        """Where the browser's own log of the network is kept."""

    def open(self, address: str) -> None:
        """Show a page of the web, or of the extension (`/popup/popup.html`), in the first tab."""
        self.driver.switch_to.window(self.home)
        self.driver.get(self.origin + address if address.startswith("/") else address)

    def open_settings(self) -> None:
        """Show the settings page, and wait until nothing in it moves any more."""
        self.open("/options/options.html")
        self.wait_state("ready")
        # The engine tells of its models later; their cards push what is below them down.
        listed = '#models[data-state="ready"]'
        until(lambda: self.driver.find_elements(By.CSS_SELECTOR, listed), "the models")

    def open_popup(self) -> None:
        """Show the popup in the first tab, and wait until it lists its jobs, if only none."""
        self.open("/popup/popup.html")
        self.wait_state("ready")
        until(lambda: self.dataset().get("jobs"), "the list")

    def result_tabs(self) -> list[str]:
        """Window handles of all open result pages but the first tab."""
        # ChromeDriver's window handles are the ids of the DevTools targets.
        return [
            page["targetId"]
            for page in self.devtools.targets("page")
            if page["url"].startswith(f"{self.origin}/result/") and page["targetId"] != self.home
        ]

    def new_results(self, before: list[str], count: int = 1) -> list[str]:
        """Wait for result pages that were not there before, and look at the first."""

        def opened() -> list[str] | None:
            fresh = [tab for tab in self.result_tabs() if tab not in before]
            # ChromeDriver learns of a tab a little later than the browser has it.
            is_known = set(fresh) <= set(self.driver.window_handles)
            return fresh if len(fresh) == count and is_known else None

        tabs = until(opened, f"{count} result pages")
        self.driver.switch_to.window(tabs[0])
        return tabs

    def pick_file(self, *pictures: Path) -> list[str]:
        """Choose local pictures in the popup and open them; gives the tabs of their results."""
        self.open_popup()
        before = self.result_tabs()
        former = {job for job, _ in self.job_states()}
        chosen = "\n".join(map(str, pictures))
        self.driver.find_element(By.ID, "file-input").send_keys(chosen)

        def begun() -> list[str] | None:
            jobs = [job for job, _ in self.job_states() if job not in former]
            return jobs if len(jobs) == len(pictures) else None

        fresh = until(begun, f"{len(pictures)} jobs in the popup")
        for job in reversed(fresh):  # the newest stands first
            self.press(job, "open")
        return self.new_results(before, len(pictures))

    def job_states(self) -> list[tuple[str, str]]:
        """Id and state of the jobs in the list of the popup, the newest first."""
        script = """return [...document.querySelectorAll('.job')]
            .map(({ dataset }) => [dataset.job, dataset.state])"""
        return [(job, state) for job, state in self.driver.execute_script(script)]

    def press(self, job: str, act: str) -> None:
        """Press a button of a job in the popup, once it is there."""
        self.driver.switch_to.window(self.home)
        self.press_shown(f'[data-job="{job}"] [data-act="{act}"]')

    def press_shown(self, selector: str) -> None:
        """Press a button that is moved by what goes on around it, once it can be pressed.

        In one step: the driver's own click looks first where the button is, and a row above
        it that goes or grows meanwhile puts another one there.
        """
        until(lambda: self.driver.execute_script(PRESS_SHOWN, selector), f"{selector} to press")

    def cut_out(self, picture: Path) -> str:
        """Run one local picture to its end in a tab of its own; gives the final state."""
        self.pick_file(picture)
        return self.wait_over()

    def state(self) -> str:
        """`data-state` of the page that is looked at."""
        return str(self.dataset().get("state", ""))

    def dataset(self) -> dict[str, str]:
        """All `data-*` of the page's root element."""
        # A page that is just being loaded has no root element yet, and in Firefox gives nothing.
        script = "return Object.assign({}, document.documentElement?.dataset)"
        return cast("dict[str, str]", self.driver.execute_script(script) or {})

    def timings(self) -> dict[str, float]:
        """Milliseconds by stage of the job that is looked at."""
        return json.loads(self.dataset()["timings"])

    def failure(self) -> dict[str, Any]:
        """The failure of the job that is looked at."""
        return json.loads(self.dataset()["failure"])

    def wait_state(self, *states: str) -> str:
        """Wait until the page is in one of some states."""
        return until(
            lambda: state if (state := self.state()) in states else None,
            f"state {' or '.join(states)}",
        )

    def wait_over(self) -> str:
        """Wait for the job's end, whatever it is."""
        return self.wait_state(*OVER)

    def wait_stage(self, stage: str) -> None:
        """Wait until a stage of the running job is under way, seen from inside the page."""
        self.when(f"find('[data-stage={stage}][data-state=running]')", "true")

    def wait_reached(self, stage: str) -> None:
        """Wait until a stage is under way: on a slow machine it may be over before it is seen."""
        is_done = "find(':root[data-state=done]')"
        self.when(f"find('[data-stage={stage}][data-state=running]') || {is_done}", "true")

    def cancel_at(self, stage: str) -> None:
        """Press "Cancel" the moment that a stage of the running job begins."""
        self.press_when(f"find('[data-stage={stage}][data-state=running]')", "find('#cancel')")

    def press_when(self, condition: str, button: str) -> None:
        """Press a button of the page the moment that a condition holds; see `when`."""
        self.when(condition, f"{button}.click()")

    def when(self, condition: str, act: str) -> Any:
        """Evaluate something in the page the moment that a condition holds, and give it.

        Both are JavaScript, and may use `find(selector)`.
        """
        script = DO_WHEN.replace("CONDITION", condition).replace("ACT", act)
        return self.driver.execute_async_script(script)

    def element(self, element_id: str) -> WebElement:
        """Find an element by its id."""
        return self.driver.find_element(By.ID, element_id)

    def click(self, element_id: str) -> None:
        """Press a button."""
        self.element(element_id).click()

    def type_over(self, field: WebElement, text: str) -> None:
        """Type over what is in a field, without leaving it; a headless Firefox has no Ctrl+A."""
        self.driver.execute_script("arguments[0].focus(); arguments[0].select()", field)
        # Keys for a field, in place of keys alone, may put the caret at its end first.
        ActionChains(self.driver).send_keys(text or Keys.BACKSPACE).perform()

    def text(self, element_id: str) -> str:
        """What an element shows."""
        return self.element(element_id).text

    def download(self) -> Path:
        """Press Download and wait for the file."""
        return self.saved_by(lambda: self.click("download"))

    def saved_by(self, act: Callable[[], None]) -> Path:
        """Do something that saves a file, and wait for it."""
        before = set(self.downloads.iterdir())
        act()
        return self.saved_since(before)

    def saved_since(self, before: set[Path]) -> Path:
        """Wait for a file that was not among these in the folder for downloads."""
        return until(lambda: self._downloaded(before), "the download")

    def cutout_bytes(self) -> bytes:
        """The bytes of the cutout that the page shows."""
        script = """
            const done = arguments[0];
            fetch(document.getElementById('cutout').src).then((r) => r.blob()).then((blob) => {
                const reader = new FileReader();
                reader.onload = () => done(reader.result.split(',')[1]);
                reader.readAsDataURL(blob);
            });"""
        return base64.b64decode(cast("str", self.driver.execute_async_script(script)))

    def close_results(self) -> None:
        """Close every result page, which ends its job."""
        for tab in self.result_tabs():
            self.driver.switch_to.window(tab)
            self.driver.close()
        self.driver.switch_to.window(self.home)

    def _downloaded(self, before: set[Path]) -> Path | None:
        # The browser takes the name with an empty file before it moves the whole one there.
        fresh = set(self.downloads.iterdir()) - before
        whole = (path for path in fresh if path.suffix in SAVED and path.stat().st_size)
        return next(whole, None)
