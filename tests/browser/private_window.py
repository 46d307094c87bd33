"""A private window of a real browser, with the extension in it."""

from __future__ import annotations

from offcut_browser import OffcutBrowser
from waiting import until

WORKBENCH = "/batch/batch.html"


def allow_private_windows(browser: OffcutBrowser) -> None:
    """Tick "Allow in Incognito" for the extension, and wait until it is there again.

    It answers before that is over, and a page that is opened meanwhile is blocked for good.
    """
    browser.devtools.let_it_load_anew()
    extension_id = browser.origin.rpartition("/")[2]
    browser.driver.execute_async_script(
        """const [extensionId, done] = arguments;
        const change = { extensionId, incognitoAccess: true };
        chrome.developerPrivate.updateExtensionConfiguration(change, done);""",
        extension_id,
    )
    script = """const [extensionId, done] = arguments;
        chrome.developerPrivate.getExtensionInfo(extensionId, (info) =>
            done(info?.state === 'ENABLED' && info.incognitoAccess.isActive));"""
    until(lambda: browser.driver.execute_async_script(script, extension_id), "the extension")


def open_beside(browser: OffcutBrowser, page: str) -> str:
    """Open a page in a tab of the same window; the driver's own new tab is never private."""
    before = set(browser.driver.window_handles)
    script = "chrome.tabs.create({ url: location.origin + arguments[0], active: false })"
    browser.driver.execute_script(script, page)
    (tab,) = until(lambda: set(browser.driver.window_handles) - before, "the tab beside")
    return tab


def open_privately(browser: OffcutBrowser) -> None:
    """Open the workbench in a private window and look at it."""
    browser.open("/options/options.html")
    browser.wait_state("ready")
    before = set(browser.driver.window_handles)
    script = "chrome.windows.create({ incognito: true, url: location.origin + arguments[0] })"
    browser.driver.execute_script(script, WORKBENCH)

    def there() -> bool:
        for tab in set(browser.driver.window_handles) - before:
            browser.driver.switch_to.window(tab)
            if browser.driver.current_url.endswith(WORKBENCH) and browser.state() == "empty":
                return True
        return False

    until(there, "the private workbench")
