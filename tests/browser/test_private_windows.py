"""Private windows: what one of them puts down is its own, and gone with it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from offcut_browser import OffcutBrowser
from private_window import allow_private_windows, open_beside, open_privately
from waiting import until

StartBrowser = Callable[[Path], AbstractContextManager[OffcutBrowser]]
ADDRESS = "http://secret.test/picture.jpg"
PASTE = """const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', arguments[0]);
    document.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));"""
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
