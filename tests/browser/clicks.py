"""Clicks on our menu entry without a screen: the browser's event is made, the rest is real.

A headless browser has no menu to click. So these tests raise the event that the browser
raises, in the service worker, while the pointer really is over the element. What a real
menu does with it is tested on a screen, for one of each family.
"""

from __future__ import annotations

import base64
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from devtools import TargetGoneError
from offcut_browser import OffcutBrowser
from picture_pages import PAGE
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from site_proxy import Site
from waiting import until

SAFE_PAGE = "http://localhost/"
"""A page that may copy: the browser trusts it."""

# The first click of a browser starts the engine: until then nobody is at the other end.
WATCH = """
    const done = arguments[0];
    const job = new URLSearchParams(location.search).get('job');
    async function watch() {
        const { request } = await import('/messages/request.js');
        await request('background', 'engine.ensure'); // which knows the job that is being opened
        const port = chrome.runtime.connect({ name: `job:${job}` });
        port.onDisconnect.addListener(() => done(null));
        port.onMessage.addListener((snapshot) => {
            const { name, picture, failure } = snapshot;
            if (!picture && !failure) return;
            port.disconnect();
            if (!picture) return done({ failure });
            const reader = new FileReader();
            reader.onload = () => done({ name, type: picture.type,
                                         bytes: reader.result.split(',')[1] });
            reader.readAsDataURL(picture);
        });
    }
    watch().catch((error) => done({ failure: { code: String(error) } }));"""


@dataclass(frozen=True)
class Collected:
    """What a click got: the bytes of the picture, or why there are none."""

    name: str = ""
    type: str = ""
    data: bytes = b""
    failure: dict[str, Any] | None = None


def with_rights(extension: Path, folder: Path, *rights: str) -> Path:
    """Copy the built extension, with more rights from the start: hosts and others.

    They stand for the right that a click gives to its tab, and for what a person has allowed.
    """
    copy = folder / "extension"
    shutil.copytree(extension, copy)
    manifest = copy / "manifest.json"
    content = json.loads(manifest.read_text(encoding="utf-8"))
    content["host_permissions"] = [right for right in rights if "/" in right]
    content["permissions"] += [right for right in rights if "/" not in right]
    manifest.write_text(json.dumps(content), encoding="utf-8")
    return copy


def point_at(browser: OffcutBrowser, selector: str, frame: str = "") -> None:
    """Move the pointer over the middle of an element."""
    driver = browser.driver
    driver.switch_to.window(browser.home)
    if frame:
        driver.switch_to.frame(driver.find_element(By.CSS_SELECTOR, frame))
    element = driver.find_element(By.CSS_SELECTOR, selector)
    ActionChains(driver).move_to_element(element).perform()
    driver.switch_to.default_content()


def right_click(browser: OffcutBrowser, selector: str, right: int) -> None:
    """Right-click beside the middle of an element; what a menu would do is raised apart."""
    browser.driver.switch_to.window(browser.home)
    element = browser.driver.find_element(By.CSS_SELECTOR, selector)
    actions = ActionChains(browser.driver)
    actions.move_to_element_with_offset(element, right, 0).context_click().perform()


def worker(browser: OffcutBrowser) -> str:
    """Target id of the service worker, which is woken if it sleeps."""
    wake = f"{browser.origin}/options/options.html"

    def found() -> str | None:
        targets = browser.devtools.targets("service_worker")
        ours = [t["targetId"] for t in targets if t["url"].startswith(browser.origin)]
        # It is listed a little before it has begun.
        has_begun = "typeof chrome === 'object' && chrome.contextMenus !== undefined"
        try:
            begun = [target for target in ours if browser.devtools.evaluate(target, has_begun)]
        except TargetGoneError:  # it has just gone to sleep
            return None
        return begun[0] if begun else None

    if running := found():
        return running
    with browser.devtools.woken_by(wake):
        return until(found, "the service worker")


def stop_worker(browser: OffcutBrowser) -> None:
    """End the service worker, as the browser does when it has had nothing to do for a while."""
    browser.devtools.stop_service_workers()


def raise_click(
    browser: OffcutBrowser, entry: str = "open need", frame: int = 0, **info: Any
) -> None:
    """Raise the browser's event of a click on our entry in the first tab."""
    event = {"menuItemId": entry, "editable": False, "frameId": frame, **info}
    browser.devtools.menu_clicked(worker(browser), event)


def collected(browser: OffcutBrowser) -> Collected:
    """Wait until the job that is looked at has its picture, or has failed."""

    def look() -> dict[str, Any] | None:
        return cast("dict[str, Any] | None", browser.driver.execute_async_script(WATCH))

    found = until(look, "the picture of the job")
    if found.get("failure"):
        return Collected(failure=found["failure"])
    return Collected(found["name"], found["type"], base64.b64decode(found["bytes"]))


def frame_id(browser: OffcutBrowser) -> int:
    """Id of the only frame inside the page, as the extension knows it."""
    script = """chrome.tabs.query({}).then((tabs) =>
        chrome.scripting.executeScript({
            target: { tabId: tabs.find(({ url }) => url?.startsWith('http')).id, allFrames: true },
            func: () => 0,
        })).then((frames) => Math.max(...frames.map(({ frameId }) => frameId)))"""
    return int(browser.devtools.evaluate(worker(browser), script))


def raise_shortcut(browser: OffcutBrowser) -> None:
    """Raise the browser's event of our keyboard shortcut in the first tab."""
    browser.devtools.shortcut_pressed(worker(browser))


def show(browser: OffcutBrowser, site: Site, html: str, page: str = PAGE) -> None:
    """Open a page and point at its `#target`."""
    site.page(page, html)
    browser.open(page)
    point_at(browser, "#target")


def on_icon(browser: OffcutBrowser) -> str:
    """The text on the toolbar icon while the page is looked at."""
    badge = """chrome.tabs.query({}).then((tabs) => chrome.action.getBadgeText({
        tabId: tabs.find(({ url }) => url?.startsWith('http')).id }))"""
    return str(browser.devtools.evaluate(worker(browser), badge))


def note_badges(browser: OffcutBrowser) -> Callable[[], list[str]]:
    """Let the service worker note each text of the toolbar icon; gives a look at its notes."""
    target = worker(browser)
    browser.devtools.evaluate(
        target,
        """(() => {
            self.badges = [];
            const { setBadgeText } = chrome.action;
            chrome.action.setBadgeText = (details) => {
                self.badges.push(details.text);
                return setBadgeText(details);
            };
        })()""",
    )
    return lambda: browser.devtools.evaluate(target, "self.badges")
