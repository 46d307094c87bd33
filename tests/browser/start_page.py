"""The start page, which opens by itself after the installation."""

from __future__ import annotations

from offcut_browser import OffcutBrowser
from waiting import until

WELCOME = "/welcome/welcome.html"


def welcome_tabs(browser: OffcutBrowser) -> list[str]:
    """Window handles of the start pages that are open."""
    return [
        page["targetId"]
        for page in browser.devtools.targets("page")
        if page["url"].startswith(browser.origin + WELCOME)
    ]


def look_at_welcome(browser: OffcutBrowser) -> None:
    """Wait for the start page, and look at it."""
    (tab,) = until(lambda: welcome_tabs(browser), "the start page")
    until(lambda: tab in browser.driver.window_handles, "the driver to know it")
    browser.driver.switch_to.window(tab)
    browser.wait_state("ready")


def open_welcome(browser: OffcutBrowser) -> None:
    browser.open(WELCOME)
    browser.wait_state("ready")
