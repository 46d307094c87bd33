"""Real right-clicks on a picture, and the prompts that they may bring."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager

import numpy as np
from mouse import Mouse
from offcut_browser import OffcutBrowser
from popup_page import popups
from site_proxy import Site
from waiting import outlast_prompt_guard, until

PAGE = "http://page.test/"

OPEN_TO_ALL = {"Access-Control-Allow-Origin": "*"}


def show(
    browser: OffcutBrowser, site: Site, picture: str, doctype: str = "<!doctype html>"
) -> None:
    """Open a page with one picture, and wait until it is drawn."""
    site.page(PAGE, picture, doctype)
    browser.open(PAGE)
    script = "const i = document.images[0]; return i && i.complete && i.naturalWidth > 0"
    until(lambda: browser.driver.execute_script(script), "the picture to be drawn")


def remove_background(browser: OffcutBrowser, mouse: Mouse) -> None:
    """Right-click the picture, choose our entry, and look at the result page."""
    before = browser.result_tabs()
    browser.driver.switch_to.window(browser.home)
    mouse.open_menu(browser, "img")
    press_in_menu(browser, mouse, "Return")
    browser.new_results(before)


def press_in_menu(browser: OffcutBrowser, mouse: Mouse, *keys: str) -> None:
    """Press keys from our entry on in the menu that is open; none before its submenu is there."""
    browser.devtools.await_menus()
    for key in (*browser.devtools.to_our_entry, *keys):
        before = mouse.windows()
        mouse.press(key)
        if key == "Right":
            until(lambda before=before: mouse.windows() - before, "the submenu")
            browser.devtools.await_menus()


def answer_prompt(
    browser: OffcutBrowser, mouse: Mouse, answer: str, answered: Callable[[], object]
) -> None:
    """Open the permission prompt by its button, and answer it."""
    mouse.click(browser, "#allow")
    press_in_prompt(browser, mouse, answer)
    until(answered, "the answered prompt")


ALLOW, REFUSE = "Tab Return", "Return"
"""Answers to the browser's prompt, in Chromium's keys: its prompt has the focus on Deny."""


def press_in_prompt(browser: OffcutBrowser, mouse: Mouse, answer: str) -> None:
    """Wait for the browser's prompt, answer it, and wait until it is gone."""
    if browser.devtools.sees_prompts:
        button = lambda: browser.devtools.prompt_button(is_yes=answer == ALLOW)  # noqa: E731
        had_popup = popups(browser)
        mouse.click_screen(*until(button, "the permission prompt"))
        # Beside a popup that is open a click closes that, and may do no more.
        until(lambda: button() is None or popups(browser) != had_popup, "the click to be taken")
        if place := button():
            mouse.click_screen(*place)
        until(lambda: button() is None, "the prompt to go away")
        return
    # The prompt belongs to the browser: whether it is up shows on the screen only, by its own
    # white before the page around it, which is darkened a while earlier.
    until(lambda: is_dark(mouse) and not is_dark(mouse, PROMPT), "the permission prompt")
    outlast_prompt_guard()
    mouse.press(*answer.split())
    until(lambda: not is_dark(mouse), "the prompt to go away")


PAGE_CORNER, PROMPT = (40, 700, 44, 704), (790, 100, 800, 110)
"""Places of the screen without any words: left, top, right and bottom."""


def is_dark(mouse: Mouse, place: tuple[int, int, int, int] = PAGE_CORNER) -> bool:
    return bool(np.frombuffer(mouse.screen(place), np.uint8).mean() < 200)


@contextmanager
def setting(browser: OffcutBrowser, switch: str) -> Generator[None]:
    """Switch something on in the settings, and off again."""
    press_switch(browser, switch, is_on=True)
    try:
        yield
    finally:
        press_switch(browser, switch, is_on=False)


ENTRIES = {"ask-in-click": "open ask", "submenu": "restore need sub"}
"""What the menu has while a switch is on."""

HAS_ENTRY = """const [id, done] = arguments;
    chrome.contextMenus.update(id, {}).then(() => done(true), () => done(false));"""


def await_menu(browser: OffcutBrowser) -> None:
    """Wait until a browser that has just started has our entry in its context menu."""
    browser.open("/popup/popup.html")
    until(
        lambda: browser.driver.execute_async_script(HAS_ENTRY, "open need"),
        "the entry in the menu",
    )
    browser.open("about:blank")


def press_switch(browser: OffcutBrowser, switch: str, *, is_on: bool) -> None:
    """Press a switch of the settings page, and wait until the menu knows."""
    browser.open_settings()
    browser.click(switch)

    def is_known() -> bool:
        has = [
            browser.driver.execute_async_script(HAS_ENTRY, entry)
            for entry in (ENTRIES[switch], "open need")
        ]
        return has[0] if is_on else has == [False, True]

    until(is_known, "the menu to be made anew")
