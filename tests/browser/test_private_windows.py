"""Private windows: what one of them puts down is its own, and gone with it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from offcut_browser import OffcutBrowser
from pasting import PASTE
from private_window import allow_private_windows, open_beside, open_privately
from selenium.webdriver.support.select import Select
from stores import stores
from waiting import until
from workbench_page import choose

StartBrowser = Callable[..., AbstractContextManager[OffcutBrowser]]
ADDRESS = "http://secret.test/picture.jpg"
PUT_DOWN = """const done = arguments[0];
    import('/platform/session_store.js')
        .then(({ readSession }) => readSession()).then((items) => done(JSON.stringify(items)));"""
SHARED = "chrome.storage.session.get(null).then((all) => arguments[0](JSON.stringify(all)))"


def test_what_a_private_window_puts_down_is_its_own(
    start_browser: StartBrowser, tmp_path: Path
) -> None:
    with start_browser(tmp_path) as browser:
        allow_private_windows(browser)
        open_privately(browser)
        browser.driver.switch_to.window(open_beside(browser, "/popup/popup.html"))
        browser.wait_state("ready")
        browser.driver.execute_script(PASTE, ADDRESS)
        until(lambda: "failed" in dict(browser.job_states()).values(), "a host to be allowed")
        assert browser.driver.execute_script("return chrome.extension.inIncognitoContext")
        # The address waits for the right to its host, whatever becomes of the popup.
        assert ADDRESS in browser.driver.execute_async_script(PUT_DOWN)
        assert browser.driver.execute_async_script(SHARED) == "{}"
        browser.open("/options/options.html")
        assert not browser.driver.execute_script("return chrome.extension.inIncognitoContext")
        assert browser.driver.execute_async_script(PUT_DOWN) == "{}"


def test_only_settings_outlive_the_last_private_window(
    start_browser: StartBrowser, photos: dict[str, Path], tmp_path: Path
) -> None:
    with start_browser(tmp_path) as browser:
        allow_private_windows(browser)
        open_privately(browser)
        choose(browser, photos["small"])
        browser.wait_state("done")
        browser.driver.get(f"{browser.origin}/options/options.html")
        browser.wait_state("ready")
        Select(browser.element("theme")).select_by_value("dark")
        until(lambda: browser.text("saved") == "Saved.", "the setting to be saved")
        browser.driver.get(f"{browser.origin}/popup/popup.html")
        browser.wait_state("ready")
        browser.driver.execute_script(PASTE, ADDRESS)
        until(lambda: "failed" in dict(browser.job_states()).values(), "a host to be allowed")
        assert {"local", "localStorage", "databases"} <= set(stores(browser))
        close_private_windows(browser)
        browser.open("/options/options.html")
        browser.wait_state("ready")
        assert stores(browser) == {
            "local": {"theme": "dark", "quality": "fast"},
            "localStorage": {"theme": "dark"},
        }
        open_privately(browser)
        browser.driver.get(browser.origin + "/popup/popup.html")
        browser.wait_state("ready")
        assert browser.driver.execute_async_script(PUT_DOWN) == "{}"
        until(lambda: browser.dataset().get("jobs") == "0", "an empty list")
        left = stores(browser)
        assert left["local"] == {"theme": "dark", "quality": "fast"}
        assert set(left) <= {"local", "localStorage", "databases"}
        assert left["localStorage"] == {"theme": "dark"}


SAID = """return ['#kept-dialog', '#kept-list'].map(
    (each) => document.querySelector(each).textContent).join(' ')"""


def test_what_is_said_in_a_private_window_is_true_there(
    start_browser: StartBrowser, tmp_path: Path
) -> None:
    with start_browser(tmp_path) as browser:
        allow_private_windows(browser)
        browser.open_settings()
        assert "until the browser closes" in browser.driver.execute_script(SAID)
        open_privately(browser)
        browser.driver.get(f"{browser.origin}/options/options.html")
        browser.wait_state("ready")
        said = browser.driver.execute_script(SAID)
        assert "until the browser closes" not in said
        assert "until you close the last private window" in said
        assert "erased for your other windows, too" in said
        for page in ("popup/popup", "privacy/requests"):
            browser.driver.get(f"{browser.origin}/{page}.html")
            browser.wait_state("ready")
            said = browser.driver.execute_script("return document.body.textContent")
            assert "browser closes" not in said
            assert "close the last private window" in said


def close_private_windows(browser: OffcutBrowser) -> None:
    """Close every private window, and wait until the browser has forgotten them."""
    here = browser.driver.current_window_handle
    script = """chrome.windows.getAll().then((all) => all.filter(({ incognito }) => incognito)
        .forEach(({ id }) => chrome.windows.remove(id)))"""
    browser.driver.execute_script(script)
    until(lambda: here not in browser.driver.window_handles, "the private window to be closed")
    browser.driver.switch_to.window(browser.home)

    # Chromium ends when another one is opened while the workers of the last one still run.
    def profiles() -> set[str]:
        found = browser.devtools.call("Target.getTargets")["targetInfos"]
        return {str(target.get("browserContextId")) for target in found}

    until(lambda: len(profiles()) == 1, "the workers of the private window to be gone")
