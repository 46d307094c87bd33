"""Leads a headless browser through every page and state, and takes their pictures."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from PIL import Image
from selenium.webdriver.chrome.webdriver import WebDriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from dev.chromium import chromium_options, extension_id, start_driver
from dev.demo import demo_pictures
from dev.paths import ROOT
from dev.terminal import say

THEMES = ("light", "dark")
SIZE = (1000, 720)
POPUP_SIZE = (384, 400)
WAIT_S = 90
COLORS = 192
"""Of the palette that the pictures are saved with, to keep them small in git."""


class Studio:
    """One browser, led through every state."""

    def __init__(self, folder: Path, scratch: Path, out: Path) -> None:
        self.scratch = scratch
        self.out = out
        self.origin = f"chrome-extension://{extension_id(folder)}"
        options = chromium_options(folder, scratch / "profile", scratch, headless=True)
        self.driver: WebDriver = start_driver(options)
        self.home = self.driver.current_window_handle

    def take_all(self) -> None:
        """Lead the browser through every page and state."""
        photo, wide = demo_pictures()[0], self.scratch / "large.png"
        with Image.open(photo) as small:
            small.resize((3000, 3000)).save(wide)
        flat = self.scratch / "plain wall.png"
        Image.new("RGB", (640, 420), (176, 190, 197)).save(flat)
        try:
            self._page("popup", "/popup/popup.html", POPUP_SIZE)
            self._page("settings", "/options/options.html", SIZE)
            self._job("progress", wide, lambda: self._state() == "running" and self._has_original())
            self._job("result", photo, lambda: self._state() == "done")
            self._job("failure", flat, lambda: self._state() == "failed")
        finally:
            self.driver.quit()

    def _page(self, name: str, address: str, size: tuple[int, int]) -> None:
        self.driver.switch_to.window(self.home)
        self.driver.get(self.origin + address)
        self._shoot(name, size)

    def _job(self, name: str, picture: Path, is_there: Callable[[], bool]) -> None:
        self.driver.switch_to.window(self.home)
        self.driver.get(f"{self.origin}/popup/popup.html")
        before = set(self.driver.window_handles)
        self.driver.find_element(By.ID, "file-input").send_keys(str(picture))
        wait = WebDriverWait(self.driver, WAIT_S, 0.02)
        wait.until(lambda _: self._look_at_result(before), "no result page")
        wait.until(lambda _: is_there(), f"the state for {name} did not come")
        self._shoot(name, SIZE)
        self.driver.close()

    def _look_at_result(self, before: set[str]) -> bool:
        for tab in set(self.driver.window_handles) - before:
            self.driver.switch_to.window(tab)
            if self.driver.current_url.startswith(f"{self.origin}/result/"):
                return True
        return False

    def _state(self) -> str:
        return str(self._evaluate("document.documentElement.dataset.state"))

    def _has_original(self) -> bool:
        return bool(self._evaluate("document.getElementById('original').naturalWidth > 0"))

    def _shoot(self, name: str, size: tuple[int, int]) -> None:
        for theme in THEMES:
            feature = {"name": "prefers-color-scheme", "value": theme}
            self._cdp("Emulation.setEmulatedMedia", {"features": [feature]})
            screen = dict(zip(("width", "height"), size, strict=True))
            flat = {"deviceScaleFactor": 1, "mobile": False}
            self._cdp("Emulation.setDeviceMetricsOverride", {**screen, **flat})
            target = self.out / f"{name}-{theme}.png"
            with Image.open(BytesIO(self.driver.get_screenshot_as_png())) as picture:
                picture.convert("RGB").quantize(COLORS).save(target, optimize=True)
            say(str(target.relative_to(ROOT) if target.is_relative_to(ROOT) else target))

    # Selenium's own types are half done: `dict` and `*args` without what is in them.
    def _cdp(self, command: str, parameters: dict[str, object]) -> None:
        self.driver.execute_cdp_cmd(command, parameters)  # pyright: ignore[reportUnknownMemberType]

    def _evaluate(self, expression: str) -> object:
        return self.driver.execute_script(  # pyright: ignore[reportUnknownMemberType]
            f"return {expression}"
        )
