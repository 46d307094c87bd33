"""Starts a Chromium for a test: with an extension, and with the small internet as its proxy."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol, cast

from dev.browser.chromium import chromium_options, extension_id, start_driver
from devtools import DevTools
from offcut_browser import OffcutBrowser
from waiting import DEADLINE

# Unless the person of this profile has chosen already.
CHOOSE_QUALITY = """const [quality, done] = arguments;
    const { local } = chrome.storage;
    local.get({ quality }).then((kept) => local.set(kept)).then(done);"""


class Proxy(Protocol):
    """Whatever answers for all hosts."""

    @property
    def address(self) -> str:
        """Host and port."""
        ...


def run_browser(
    extension: Path,
    site: Proxy,
    folder: Path,
    *arguments: str,
    headless: bool,
    language: str = "en-US",
    preferences: dict[str, Any] | None = None,
    quality: str = "fast",
) -> Generator[OffcutBrowser]:
    """Start Chromium with an extension, and end it when the test is over.

    Most tests are not about what "auto", the default, does after the quick result: it would cost
    them its time. Without a `quality` nothing is chosen.
    """
    downloads = folder / "downloads"
    downloads.mkdir(exist_ok=True)
    options = chromium_options(extension, folder / "profile", downloads, headless=headless)
    preset = cast("dict[str, Any]", options.experimental_options["prefs"])
    # So that a person finds its icon in the toolbar.
    preset["extensions.pinned_extensions"] = [extension_id(extension)]
    preset.update(preferences or {})
    options.add_argument(f"--proxy-server={site.address}")
    options.add_argument("--proxy-bypass-list=<-loopback>")
    options.add_argument(f"--lang={language}")
    options.add_argument("--window-position=0,0")
    options.add_argument("--window-size=1200,960")
    for argument in arguments:
        options.add_argument(argument)
    driver = start_driver(options)
    driver.set_script_timeout(DEADLINE)
    try:
        with DevTools(driver) as devtools:
            browser = OffcutBrowser(driver, devtools, extension_id(extension), downloads)
            if quality:
                browser.open("/manifest.json")
                driver.execute_async_script(CHOOSE_QUALITY, quality)
                browser.open("about:blank")
            yield browser
    finally:
        driver.quit()


@contextmanager
def open_browser(
    extension: Path,
    site: Proxy,
    folder: Path,
    *arguments: str,
    language: str = "en-US",
    quality: str = "fast",
) -> Generator[OffcutBrowser]:
    """Start a headless Chromium whose profile lies in `folder`, for as long as is wanted."""
    yield from run_browser(
        extension, site, folder, *arguments, headless=True, language=language, quality=quality
    )
