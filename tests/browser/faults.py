"""What may be ended in the middle of work, and what must not be left behind when it is over."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from clicks import stop_worker, worker
from offcut_browser import OffcutBrowser
from stores import stores
from waiting import until

FAULTS: dict[str, Callable[[OffcutBrowser], object]] = {
    "the model's worker": lambda browser: browser.devtools.end_worker("model"),
    "Python's worker": lambda browser: browser.devtools.end_worker("python"),
    "a PNG worker": lambda browser: browser.devtools.end_worker("png"),
    "the engine": lambda browser: browser.devtools.end_engine(),
    "the service worker": stop_worker,
    "the page": lambda browser: browser.driver.refresh(),
}
CODES = {"ENGINE_LOST", "SESSION_FAILED"}
"""Of what cannot go on by itself."""
BADGE = "chrome.action.getBadgeText({})"


def start_all(browser: OffcutBrowser, photo: Path) -> None:
    """Have every worker: those for PNG, if any, come back with the next Python only."""
    assert browser.cut_out(photo) == "done"
    has_png_workers = browser.devtools.evaluate(browser.devtools.engine(), "crossOriginIsolated")
    if has_png_workers and "png" not in browser.devtools.workers():
        browser.devtools.end_worker("python")
        assert browser.cut_out(photo) == "done"
    browser.close_results()


def finish(browser: OffcutBrowser, *codes: str) -> None:
    """Wait for the end of the job that is looked at, by another try where it fails with a code.

    Raises
    ------
    AssertionError
        If it fails otherwise, or without a word.
    """
    if browser.wait_over() == "failed":
        assert browser.failure()["code"] in codes
        assert browser.text("failure-text")
        browser.click("retry")
        browser.wait_state("done")
    assert browser.state() == "done"
    assert browser.cutout_bytes()


def nothing_is_left(browser: OffcutBrowser) -> None:
    """Wait until no badge is shown, and no rule, note of work or second engine is there."""
    until(lambda: not browser.devtools.evaluate(worker(browser), BADGE), "the badge to go")
    until(lambda: notes(browser) == [], "no rule, and no work that would be begun again")
    until(lambda: len(browser.devtools.targets("background_page")) <= 1, "one engine at most")


def notes(browser: OffcutBrowser) -> list[object]:
    """What is put down of work that is under way. A page of ours is looked at."""
    left = stores(browser)
    return [*left.get("rules", []), *(key for key in left.get("session", {}) if ":" in key)]


def set_quota(browser: OffcutBrowser, size: int | None = None) -> None:
    """Give the extension so many bytes of storage; none for as many as it always has."""
    quota = {"origin": browser.origin} | ({} if size is None else {"quotaSize": size})
    browser.driver.execute_cdp_cmd("Storage.overrideQuotaForOrigin", quota)
