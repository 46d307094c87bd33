"""Each part of a running job is ended at each of its stages: it comes to an end that is known.

What else may be ended, and where: tests/FAULTS.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from clicks import stop_worker, worker
from offcut_browser import OffcutBrowser
from stores import stores
from waiting import until

STAGES = ("find_subject", "refine", "save")
FAULTS: dict[str, Callable[[OffcutBrowser], object]] = {
    "the model's worker": lambda browser: browser.devtools.end_worker("model"),
    "Python's worker": lambda browser: browser.devtools.end_worker("python"),
    "a PNG worker": lambda browser: browser.devtools.end_worker("png"),
    "the engine": lambda browser: browser.devtools.end_engine(),
    "the service worker": stop_worker,
    "the page": lambda browser: browser.driver.refresh(),
}
MAY_FAIL = {("the model's worker", "find_subject")} | {("Python's worker", each) for each in STAGES}
"""Where the job fails with a word and another try; all others go on by themselves."""
CODES = {"ENGINE_LOST", "SESSION_FAILED"}
BADGE = "chrome.action.getBadgeText({})"


@pytest.fixture(autouse=True)
def _no_tabs_left(browser: OffcutBrowser) -> Iterator[None]:
    yield
    browser.close_results()


def start_all(browser: OffcutBrowser, photo: Path) -> None:
    """Have every worker: those for PNG come back with the next Python only."""
    assert browser.cut_out(photo) == "done"
    if "png" not in browser.devtools.workers():
        browser.devtools.end_worker("python")
        assert browser.cut_out(photo) == "done"
    browser.close_results()


@pytest.mark.slow
@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("fault", FAULTS)
def test_a_job_comes_to_its_end_without(
    browser: OffcutBrowser, photos: dict[str, Path], fault: str, stage: str
) -> None:
    start_all(browser, photos["small"])
    browser.pick_file(photos["large"])
    # On a slow machine a stage may be over before its page is looked at.
    reached = f"find('[data-stage={stage}][data-state=running]') || find(':root[data-state=done]')"
    browser.when(reached, "true")
    FAULTS[fault](browser)
    if browser.wait_over() == "failed":
        assert (fault, stage) in MAY_FAIL
        assert browser.failure()["code"] in CODES
        assert browser.text("failure-text")
        browser.click("retry")
        browser.wait_state("done")
    assert browser.state() == "done"
    assert browser.cutout_bytes()
    until(lambda: not browser.devtools.evaluate(worker(browser), BADGE), "the badge to go")
    left = stores(browser)
    assert "rules" not in left
    assert [key for key in left.get("session", {}) if ":" in key] == [], "no work is begun again"
