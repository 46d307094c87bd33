"""Leads a headless browser through every page and state, and takes their pictures.

Decides: which pages and states are photographed, at which sizes and in which themes.
"""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from dev.browser.chromium import chromium_options, extension_id, start_driver
from dev.browser.demo import demo_pictures
from dev.browser.editor_states import EDITOR_STATES, EditorPage
from dev.terminal import say

THEMES = ("light", "dark")
SIZE = (1000, 720)
TALL = (1000, 1500)
NARROW = (320, 900)
MIDDLE = (768, 1024)
WIDE = (1440, 900)
POPUP_SIZE = (400, 560)
WAIT_S = 120
COLORS = 192
"""Of the palette that the pictures are saved with, to keep them small in git."""

# The workbench makes a thumbnail only when its row comes into view.
DRAWN = """return [...document.images].every((image) => image.hidden || image.complete)
    && [...document.querySelectorAll('.item[data-state=done]')].every((item) =>
        item.getBoundingClientRect().top >= innerHeight || item.querySelector('img[src]'))"""


class ScreenshotTour:
    """One browser, led through every state.

    Parameters
    ----------
    folder : Path
        The built extension.
    scratch : Path
        For the profile and for the pictures that are cut out.
    out : Path
        Where the screenshots go.
    """

    def __init__(self, folder: Path, scratch: Path, out: Path) -> None:
        self.scratch = scratch
        self.out = out
        self.origin = f"chrome-extension://{extension_id(folder)}"
        options = chromium_options(folder, scratch / "profile", scratch, headless=True)
        # Selenium's own types are half done: `dict` and `*args` without what is in them.
        self.driver: Any = start_driver(options)
        self.home = self.driver.current_window_handle
        self.photos = demo_pictures()[:3]
        self.large = scratch / "large.png"
        with Image.open(self.photos[0]) as small:
            small.resize((3000, 3000)).save(self.large)
        self.flat = scratch / "plain wall.png"
        Image.new("RGB", (640, 420), (176, 190, 197)).save(self.flat)

    def take_all(self) -> None:
        """Lead the browser through every page and state."""
        try:
            self._popup()
            self._workbench()
            self._results()
            self._settings()
        finally:
            self.driver.quit()

    def _popup(self) -> None:
        self._open("/popup/popup.html", "ready")
        self._shoot("popup", POPUP_SIZE)
        self._choose(self.flat)
        self._wait(lambda: self._count(".job[data-state=failed]"), "a failed job")
        self._choose(self.photos[1])
        self._wait(lambda: self._count(".job[data-state=done] img[src]"), "a finished job")
        self._choose(self.large)
        self._wait(lambda: self._count(".job[data-state=running] img[src]"), "a running job")
        self._shoot("popup-jobs", POPUP_SIZE)
        self._wait(lambda: not self._count(".job[data-state=running]"), "the end")
        self.driver.execute_script(
            "document.querySelectorAll('.job [data-act=remove]').forEach((each) => each.click())"
        )
        self._wait(lambda: not self._count(".job"), "the empty list")

    def _workbench(self) -> None:
        self._open("/batch/batch.html", "empty")
        self._shoot("workbench-empty", SIZE)
        self._choose(*self.photos, self.flat)
        self._wait(lambda: self._state() == "done", "the batch")
        self.driver.execute_script("document.getElementById('making').open = true")
        self._shoot("workbench-done", (1000, 1100), NARROW)
        self._choose(self.large, *self.photos)
        self._wait(lambda: self._count(".item[data-state=running]"), "work")
        self.driver.execute_script("document.getElementById('making').open = false")
        self._shoot("workbench-running", SIZE)
        self.driver.find_element(By.ID, "pause").click()
        self.driver.get("about:blank")
        self._open("/batch/batch.html", "paused")
        self._shoot("workbench-restored", SIZE)
        self.driver.find_element(By.ID, "erase").click()
        self._shoot("workbench-question", SIZE)
        self.driver.find_element(By.CSS_SELECTOR, "#erase-dialog [value=erase]").click()
        self._wait(lambda: self._state() == "empty", "the empty workbench")

    def _results(self) -> None:
        for name, picture, state in (
            ("progress", self.large, "running"),
            ("result", self.photos[0], "done"),
            ("failure", self.flat, "failed"),
        ):
            self._open("/popup/popup.html", "ready")
            # Jobs of before are listed, too, and for a while after their tab is closed.
            self._wait(lambda: self._count("html[data-jobs]"), "the list")
            former = self._jobs()
            self._choose(picture)
            self._wait(lambda known=former: self._jobs()[:1] not in ([], known[:1]), "the job")
            before = set(self.driver.window_handles)
            newest = f'[data-job="{self._jobs()[0]}"] [data-act=open]'
            self.driver.find_element(By.CSS_SELECTOR, newest).click()
            self._wait(lambda known=before: self._look_at_result(known), "the result page")
            self._wait(lambda wanted=state: self._state() == wanted, f"{name}: {state}")
            self._shoot(name, SIZE)
            if state == "done":
                self._editor()
            self.driver.close()
            self.driver.switch_to.window(self.home)

    def _editor(self) -> None:
        """Every tool and group of the result page, at three widths."""
        editor = EditorPage(self.driver)
        for name, arrange in EDITOR_STATES.items():
            arrange(editor)
            self._wait(editor.is_settled, f"the editor: {name}")
            self._shoot(f"editor-{name}", WIDE, MIDDLE, NARROW)

    def _settings(self) -> None:
        self._open("/options/options.html", "ready")
        self._shoot("settings", TALL, NARROW)
        self._open("/welcome/welcome.html", "ready")
        self._shoot("start-page", TALL, NARROW)

    def _open(self, address: str, state: str) -> None:
        self.driver.switch_to.window(self.home)
        self.driver.get(self.origin + address)
        self._wait(lambda: self._state() == state, f"{address} to be {state}")

    def _choose(self, *pictures: Path) -> None:
        field = self.driver.find_element(By.ID, "file-input")
        field.send_keys("\n".join(map(str, pictures)))

    def _wait(self, condition: Callable[[], object], what: str) -> None:
        wait = WebDriverWait(self.driver, WAIT_S, 0.02)
        wait.until(lambda _: condition(), f"waited in vain for {what}")

    def _settle(self) -> None:
        """Wait until every picture in view is drawn."""
        self._wait(lambda: self.driver.execute_script(DRAWN), "the pictures")

    def _jobs(self) -> list[str]:
        """Ids of the jobs in the list of the popup, the newest first."""
        script = "return [...document.querySelectorAll('.job')].map(({ dataset }) => dataset.job)"
        return self.driver.execute_script(script)

    def _look_at_result(self, before: set[str]) -> bool:
        for tab in set(self.driver.window_handles) - before:
            self.driver.switch_to.window(tab)
            if self.driver.current_url.startswith(f"{self.origin}/result/"):
                return True
        return False

    def _state(self) -> str:
        return str(self.driver.execute_script("return document.documentElement.dataset.state"))

    def _count(self, selector: str) -> int:
        return len(self.driver.find_elements(By.CSS_SELECTOR, selector))

    def _shoot(self, name: str, *sizes: tuple[int, int]) -> None:
        for size in sizes:
            width = "" if size is sizes[0] else f"-{size[0]}"
            screen = dict(zip(("width", "height"), size, strict=True))
            flat = {"deviceScaleFactor": 1, "mobile": False}
            self._cdp("Emulation.setDeviceMetricsOverride", {**screen, **flat})
            self._settle()
            for theme in THEMES:
                feature = {"name": "prefers-color-scheme", "value": theme}
                self._cdp("Emulation.setEmulatedMedia", {"features": [feature]})
                target = self.out / f"{name}{width}-{theme}.png"
                with Image.open(BytesIO(self.driver.get_screenshot_as_png())) as picture:
                    picture.convert("RGB").quantize(COLORS).save(target, optimize=True)
                say(str(target))
        self._cdp("Emulation.clearDeviceMetricsOverride", {})

    def _cdp(self, command: str, parameters: dict[str, object]) -> None:
        self.driver.execute_cdp_cmd(command, parameters)
