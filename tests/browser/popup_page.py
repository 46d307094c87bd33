"""The toolbar's popup, as a person works with it."""

from __future__ import annotations

from clicks import worker
from offcut_browser import OffcutBrowser
from pasting import PASTED
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
