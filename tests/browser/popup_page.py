"""The toolbar's popup, as a person works with it."""

from __future__ import annotations

from clicks import worker
from offcut_browser import OffcutBrowser
from pasting import PASTE, PASTED
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from waiting import until

# Makes an event that carries a file, as the browser makes it when a person drops or pastes.
SEND_FILE = """((kind, encoded, count = 1) => {
    const bytes = Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0));
    const carrier = new DataTransfer();
    for (let each = 0; each < count; each++) {
        carrier.items.add(new File([bytes], 'holiday.jpg', { type: 'image/jpeg' }));
    }
    const dropped = (dataTransfer) => new DragEvent('drop', { dataTransfer, bubbles: true });
    PASTED
    document.dispatchEvent((kind === 'drop' ? dropped : pasted)(carrier));
})""".replace("PASTED", PASTED)


REMOVE_ALL = """for (const act of ['cancel', 'remove']) {
        for (const button of document.querySelectorAll(`[data-act=${act}]`)) {
            if (button.checkVisibility()) button.click();
        }
    }
    return document.querySelectorAll('.job').length === 0"""


def remove_jobs(browser: OffcutBrowser) -> None:
    """Empty the list of the popup.

    In steps of the page's own: a job that is over, or whose page was closed, may be gone, or have
    another button, by the time that the driver would press one.
    """
    browser.open_popup()
    until(lambda: browser.driver.execute_script(REMOVE_ALL), "an empty list")


def row(browser: OffcutBrowser, job: str) -> WebElement:
    return browser.driver.find_element(By.CSS_SELECTOR, f'[data-job="{job}"]')


def button(browser: OffcutBrowser, job: str, act: str) -> WebElement:
    return row(browser, job).find_element(By.CSS_SELECTOR, f'[data-act="{act}"]')


def wait_row(browser: OffcutBrowser, *states: str, position: int = 0) -> str:
    """Wait until a job of the list is in one of some states; gives its id."""

    def there() -> str | None:
        jobs = browser.job_states()
        job, state = jobs[position] if position < len(jobs) else ("", "")
        return job if state in states else None

    return until(there, f"a job that is {' or '.join(states)}")


def paste_address(browser: OffcutBrowser, address: str, *states: str) -> str:
    """Paste an address, and wait until its job is in one of some states; gives its id.

    The list may have jobs from before, in the same states.
    """
    former = {job for job, _ in browser.job_states()}
    browser.driver.execute_script(PASTE, address)

    def there() -> str | None:
        fresh = [each for each in browser.job_states() if each[0] not in former]
        return next((job for job, state in fresh if state in states), None)

    return until(there, f"a new job that is {' or '.join(states)}")


def real_popup(browser: OffcutBrowser) -> str:
    """Open the popup at the toolbar; gives the id of its target."""
    devtools = browser.devtools
    devtools.evaluate(worker(browser), "chrome.action.openPopup()")
    popup = until(lambda: popups(browser), "the popup")[0]
    ready = "document.documentElement?.dataset.state === 'ready'"
    until(lambda: devtools.evaluate(popup, ready), "the popup's actions")
    return popup


def popups(browser: OffcutBrowser) -> list[str]:
    address = f"{browser.origin}/popup/popup.html"
    pages = browser.devtools.targets("page")
    return [page["targetId"] for page in pages if page["url"] == address]


def workbenches(browser: OffcutBrowser) -> list[str]:
    address = f"{browser.origin}/batch/batch.html"
    pages = browser.devtools.targets("page")
    return [page["targetId"] for page in pages if page["url"] == address]
