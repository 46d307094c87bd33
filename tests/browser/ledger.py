"""What a browser's ledger says, beside what the small internet was really asked."""

from __future__ import annotations

from collections import Counter
from typing import Any, cast

from clicks import worker
from devtools import TargetGoneError
from offcut_browser import OffcutBrowser
from selenium.common.exceptions import WebDriverException
from site_proxy import Request, Site
from websocket import WebSocketException

READ = "chrome.storage.session.get('requests').then(({ requests = [] }) => requests)"
FORGET = "chrome.storage.session.remove('requests')"


def ledger(browser: OffcutBrowser) -> list[dict[str, Any]]:
    """Give all requests that the service worker knows of, the oldest first."""
    return cast("list[dict[str, Any]]", browser.devtools.evaluate(worker(browser), READ))


def keep_ledger(browser: OffcutBrowser) -> None:
    """Keep what the ledger says for the comparison at the browser's end, before it is erased."""
    if browser.accounts is None:
        return
    try:
        browser.accounts.keep(ledger(browser))
    except (WebDriverException, WebSocketException, TargetGoneError, OSError):
        browser.accounts.is_whole = False  # a test has killed the browser


def begin(browser: OffcutBrowser, site: Site) -> None:
    """Begin anew on both sides: what pages ask of their own accord is over."""
    keep_ledger(browser)
    browser.devtools.evaluate(worker(browser), FORGET)
    site.log.clear()


def faults(browser: OffcutBrowser, site: Site) -> dict[str, list[str]]:
    """Say in what the two differ since `begin`: nothing, if the ledger is true.

    What is read in its page may come out of the browser's cache, which no proxy sees.
    """
    entries = ledger(browser)
    asked = Counter(request.url for request in site.asked())
    told = Counter(address for entry in entries for address in addresses(entry))
    own = Counter(
        address for entry in entries if entry["by"] == "offcut" for address in addresses(entry)
    )
    untold = asked - told
    # A server sent us on to one that nobody may read: the ledger says that it did or may have.
    hidden = [entry for entry in entries if entry.get("sentOn") or entry.get("unsaid")]
    if untold.total() <= len(hidden):
        untold.clear()
    differences = {"not told": untold, "not asked": own - asked}
    return {name: sorted(urls.elements()) for name, urls in differences.items() if urls}


def addresses(entry: dict[str, Any]) -> list[str]:
    """Where a request went: its own address, and the one that it was sent on to."""
    return [entry["url"], *([entry["to"]] if "to" in entry else [])]


def told(browser: OffcutBrowser) -> list[tuple[str, str, str]]:
    """Address, reason and outcome of each request in the ledger."""
    return [(entry["url"], entry["why"], entry["outcome"]) for entry in ledger(browser)]


def revealing(request: Request) -> set[str]:
    """Names of headers by which a request tells more than address and browser."""
    return set(request.headers) & {"Cookie", "Referer", "Origin", "Authorization"}


def shown(browser: OffcutBrowser) -> list[str]:
    """Give the addresses on the page that lists the requests, the newest first."""
    browser.open("/privacy/requests.html")
    browser.wait_state("ready")
    script = "return [...document.querySelectorAll('.address')].map((each) => each.textContent)"
    return cast("list[str]", browser.driver.execute_script(script))


PUT_REQUESTS = """(async () => {
    const { writeRequests } = await import('/platform/request_ledger.js');
    const at = Date.UTC(2026, 10, 27, 9);
    const url = `https://pictures.test/${'a-long-name/'.repeat(12)}cat.jpg?width=1200&height=800`;
    const made = [
        { why: 'picture', by: 'page', outcome: 'answered', status: 200 },
        { why: 'picture', by: 'page', outcome: 'failed', unsaid: true },
        { why: 'picture', by: 'offcut', outcome: 'failed' },
        { why: 'picture', by: 'offcut', outcome: 'answered', status: 200, to: url },
        { why: 'model', by: 'offcut', outcome: 'asked' },
    ];
    await writeRequests(made.map((each, id) => ({ ...each, id: String(id), at, url })));
})()"""


def put_requests(browser: OffcutBrowser) -> None:
    """Put requests of every kind into the ledger. A page of ours is looked at."""
    browser.driver.execute_async_script(f"({PUT_REQUESTS}).then(arguments[0])")
