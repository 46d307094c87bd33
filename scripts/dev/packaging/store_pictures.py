"""Takes the pictures for stores of the real extension, in every language.

Decides: which pages are shown to those who look at a store, the sizes of pictures and tile.
"""

import base64
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from selenium.webdriver.support.wait import WebDriverWait

from dev.browser.chromium import chromium_options, extension_id, start_driver
from dev.browser.driven_copy import driven_copy
from dev.builder.build import build
from dev.terminal import say
from dev.texts import read

SCREENSHOT = (1280, 800)
TILE = (440, 280)
WAIT_S = 120
SETTLED = """return document.documentElement.dataset.state === arguments[0]
    && [...document.images].every((image) => image.complete)"""
# Of the start page, name and finished picture only.
AS_TILE = """const main = document.querySelector('main');
    const [header, pictures] = main.children;
    main.replaceChildren(header, pictures.children[2].firstElementChild);
    main.style.cssText = 'padding: 14px 24px; gap: 10px; max-width: none';
    header.querySelector('.lead').remove();
    main.lastElementChild.style.cssText = 'block-size: 180px; aspect-ratio: auto';
    main.lastElementChild.firstElementChild.style.objectFit = 'contain';
    document.documentElement.style.overflow = 'hidden';"""


def take_pictures(out: Path, languages: Iterable[str]) -> None:
    """Take all pictures.

    Parameters
    ----------
    out : Path
        A folder for each language is made there.
    languages : iterable of str
        Names of folders in `_locales`.
    """
    extension = driven_copy(build()[0])
    for language in languages:
        with tempfile.TemporaryDirectory(prefix="offcut-store-") as scratch:
            _Photographer(extension, language, Path(scratch), out / language).take()
        say(f"{out / language}: pictures taken.")


class _Photographer:
    """A headless browser in one language."""

    def __init__(self, extension: Path, language: str, scratch: Path, out: Path) -> None:
        self._origin = f"chrome-extension://{extension_id(extension)}"
        self._out = out
        options = chromium_options(extension, scratch / "profile", scratch, headless=True)
        options.add_argument(f"--lang={read(language)['language']}")
        # Selenium's own types are half done: `dict` and `*args` without what is in them.
        self._driver: Any = start_driver(options)
        out.mkdir(parents=True, exist_ok=True)

    def take(self) -> None:
        """Show each page, and take its picture."""
        try:
            self._show("/welcome/welcome.html", "ready")
            self._shoot("1-start", SCREENSHOT)
            self._driver.execute_script(AS_TILE)
            self._shoot("tile", TILE)
            self._show("/welcome/welcome.html", "ready")
            self._cut_out()
            self._await("done")
            self._shoot("2-result", SCREENSHOT)
            self._show("/options/options.html", "ready")
            self._shoot("3-settings", SCREENSHOT)
            self._show("/privacy/privacy.html", "ready")
            self._shoot("4-privacy", SCREENSHOT)
        finally:
            self._driver.quit()

    def _cut_out(self) -> None:
        """Try the start page's picture, and look at its result."""
        before = set(self._driver.window_handles)
        self._driver.find_element("id", "try-button").click()
        wait = WebDriverWait(self._driver, WAIT_S)
        wait.until(lambda _: self._look_at_result(before), "no result page")

    def _look_at_result(self, before: set[str]) -> bool:
        """Look for it: the engine's document is a window for the driver, too."""
        for tab in set(self._driver.window_handles) - before:
            self._driver.switch_to.window(tab)
            if "/result/" in self._driver.current_url:
                return True
        return False

    def _show(self, page: str, state: str) -> None:
        self._driver.get(self._origin + page)
        self._await(state)

    def _await(self, state: str) -> None:
        wait = WebDriverWait(self._driver, WAIT_S)
        wait.until(lambda driver: driver.execute_script(SETTLED, state), f"never {state}")

    def _shoot(self, name: str, size: tuple[int, int]) -> None:
        width, height = size
        screen = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self._driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
        self._driver.execute_cdp_cmd("Emulation.setScrollbarsHidden", {"hidden": True})
        taken = self._driver.execute_cdp_cmd("Page.captureScreenshot", {"format": "png"})
        (self._out / f"{name}.png").write_bytes(base64.b64decode(taken["data"]))
