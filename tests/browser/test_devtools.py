"""The tests' own line to the browser: that a worker is gone is told, and not waited for."""

from __future__ import annotations

import pytest
from devtools import TargetGoneError
from offcut_browser import OffcutBrowser
from site_proxy import Site
from waiting import until

START = """const address = URL.createObjectURL(new Blob(['postMessage(0)']));
    new Worker(address, { name: 'mayfly' }).addEventListener('message', arguments[0]);"""


@pytest.fixture
def mayfly(browser: OffcutBrowser, site: Site) -> str:
    """Target id of a worker that does nothing."""
    browser.open(site.page("http://page.test/", "text"))
    until(lambda: not browser.devtools.workers(), "the end of a former one")
    browser.driver.execute_async_script(START)
    return until(lambda: browser.devtools.workers().get("mayfly"), "the worker to be listed")


def test_a_worker_that_ends_before_it_has_answered_is_told(
    browser: OffcutBrowser, mayfly: str
) -> None:
    endless = "setTimeout(() => self.close()); new Promise(() => undefined)"
    with pytest.raises(TargetGoneError):
        browser.devtools.evaluate(mayfly, endless)


def test_a_worker_that_was_ended_is_gone(browser: OffcutBrowser, mayfly: str) -> None:
    browser.devtools.end_worker("mayfly")
    assert "mayfly" not in browser.devtools.workers()
    with pytest.raises(TargetGoneError):
        browser.devtools.evaluate(mayfly, "1")
