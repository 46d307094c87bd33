"""Starts a Chromium for a test: with an extension, and with the small internet as its proxy."""

from __future__ import annotations

import itertools
from collections.abc import Generator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Protocol, cast

from accounts import Accounts
from dev.browser.chromium import chromium_options, extension_id, start_driver
from dev.browser.firefox import (
    ORIGIN,
    firefox_options,
    gecko_id,
    read_manifest,
    start_firefox,
)
from devtools import DevTools
from firefox_commands import FirefoxCommands
from firefox_tools import DEBUGGER_FOLDER, FirefoxTools
from ledger import keep_ledger
from net_log import read_firefox_log, read_net_log
from offcut_browser import OffcutBrowser
from selenium.webdriver.chrome.webdriver import WebDriver
from site_proxy import Site
from waiting import DEADLINE

# Unless the person of this profile has chosen already.
CHOOSE_QUALITY = """const [quality, done] = arguments;
    const { local } = chrome.storage;
    local.get({ quality }).then((kept) => local.set(kept)).then(done);"""

_numbers = itertools.count()


Started = tuple[WebDriver, DevTools, str]
"""Driver, tools, and the origin of the extension's pages."""


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

    When it has ended, what its extension asked of the network is compared with its ledger.

    Most tests are not about what "auto", the default, does after the quick result: it would cost
    them its time. Without a `quality` nothing is chosen.
    """
    downloads = folder / "downloads"
    downloads.mkdir(exist_ok=True)
    log = folder / f"net-{next(_numbers)}.json" if isinstance(site, Site) else None
    if is_for_firefox(extension):
        started = _firefox(extension, site, folder, preferences, language, log, headless=headless)
        reader = partial(read_firefox_log, extension=gecko_id(extension), origin=ORIGIN)
    else:
        reader = read_net_log
        logged = [f"--log-net-log={log}"] if log else []
        started = _chromium(
            extension,
            site,
            folder,
            *arguments,
            *logged,
            headless=headless,
            language=language,
            preferences=preferences,
        )
    with started as (driver, devtools, origin):
        driver.set_script_timeout(DEADLINE)
        browser = OffcutBrowser(driver, devtools, origin, downloads)
        if log:
            browser.accounts = Accounts(origin, site.address, partial(reader, log))
        if quality:
            browser.open("/manifest.json")
            driver.execute_async_script(CHOOSE_QUALITY, quality)
            browser.open("about:blank")
        yield browser
        if browser.accounts:
            keep_ledger(browser)
    if browser.accounts and (found := browser.accounts.faults()):
        raise AssertionError(f"the ledger does not explain: {found}")


@contextmanager
def _chromium(
    extension: Path,
    site: Proxy,
    folder: Path,
    *arguments: str,
    headless: bool,
    language: str,
    preferences: dict[str, Any] | None,
) -> Generator[Started]:
    downloads = folder / "downloads"
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
    try:
        with DevTools(driver) as devtools:
            yield driver, devtools, f"chrome-extension://{extension_id(extension)}"
    finally:
        driver.quit()


@contextmanager
def _firefox(
    extension: Path,
    site: Proxy,
    folder: Path,
    preferences: dict[str, Any] | None,
    language: str,
    log: Path | None,
    *,
    headless: bool,
) -> Generator[Started]:
    options = firefox_options(
        extension, folder / "profile", folder / "downloads", headless=headless
    )
    host, port = site.address.split(":")
    proxy: dict[str, Any] = {"network.proxy.type": 1, "network.proxy.no_proxies_on": ""}
    proxy["network.proxy.allow_hijacking_localhost"] = True
    for protocol in ("http", "ssl"):
        proxy[f"network.proxy.{protocol}"] = host
        proxy[f"network.proxy.{protocol}_port"] = int(port)
    theirs: dict[str, Any] = {"extensions.openPopupWithoutUserGesture.enabled": True}
    # In which its prompts take no click.
    theirs["security.notification_enable_delay"] = 0
    # What a peer connection sends would be heard on this machine only.
    theirs["media.peerconnection.ice.loopback"] = True
    theirs["media.peerconnection.ice.proxy_only_if_behind_proxy"] = False
    theirs["security.sandbox.content.read_path_whitelist"] = f"{DEBUGGER_FOLDER}/"
    for name, value in {**proxy, **theirs, **(preferences or {})}.items():
        options.set_preference(name, value)
    driver = start_firefox(extension, options, language)
    try:
        driver.set_window_rect(0, 0, 1200, 960)
        # The tests speak to what both drivers have, and to these tools.
        tools = FirefoxTools(driver, gecko_id(extension))
        if log:
            tools.note_requests(log)
        both = cast("Any", driver)
        both.execute_cdp_cmd = FirefoxCommands(driver, tools).execute
        yield both, cast("Any", tools), ORIGIN
    finally:
        driver.quit()


def is_for_firefox(extension: Path) -> bool:
    """Say whether a built extension is that of Firefox."""
    return "browser_specific_settings" in read_manifest(extension)


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
