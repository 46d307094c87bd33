"""The settings page goes on by itself when the engine ends, whatever is pressed or under way."""

from __future__ import annotations

from pathlib import Path

import pytest
from models_page import (
    FIRST,
    MEGABYTE,
    WEIGHTS,
    card,
    on_disk,
    open_settings,
    press,
    problem,
    received,
    wait_status,
)
from offcut_browser import OffcutBrowser
from selenium.webdriver.common.by import By
from tiny_model import tiny_model
from waiting import until
from weights_server import WeightsServer


@pytest.fixture(autouse=True)
def _page_is_whole(browser: OffcutBrowser) -> None:
    """The page has its list, and the engine ends under it."""
    assert card(browser).is_displayed()


def said(browser: OffcutBrowser) -> str:
    return card(browser).find_element(By.CLASS_NAME, "news").text


def test_a_model_is_downloaded_tested_and_removed_by_engines_that_end(
    browser: OffcutBrowser,
) -> None:
    browser.devtools.end_engine()
    press(browser, "download")
    wait_status(browser, "here")
    browser.devtools.end_engine()
    press(browser, "test")
    until(lambda: "%" in said(browser), "what the test has found")
    browser.devtools.end_engine()
    press(browser, "remove")
    wait_status(browser, "absent")


def test_a_test_under_which_the_engine_ends_comes_to_its_end(browser: OffcutBrowser) -> None:
    press(browser, "download")
    wait_status(browser, "here")
    press(browser, "test")
    browser.devtools.end_engine()
    until(lambda: "%" in said(browser), "what the test has found")


@pytest.mark.fault("the engine", "a model's download", "paused, goes on")
def test_a_download_under_which_the_engine_ends_is_paused_and_goes_on(
    browser: OffcutBrowser, server: WeightsServer
) -> None:
    server.served[FIRST].hold_after = MEGABYTE
    press(browser, "download")
    until(lambda: on_disk(browser) > 0.2 * len(WEIGHTS), "some bytes on the disk")
    browser.devtools.end_engine()
    wait_status(browser, "paused")
    server.served[FIRST].release()  # not before: a worker that is being ended could still finish
    press(browser, "resume")
    wait_status(browser, "here")
    assert server.starts(FIRST)[-1] > 0.2 * len(WEIGHTS)


def test_a_paused_download_is_thrown_away_by_the_next_engine(
    browser: OffcutBrowser, server: WeightsServer
) -> None:
    server.served[FIRST].hold_after = MEGABYTE
    press(browser, "download")
    until(lambda: received(browser) > 0.3, "some bytes")
    press(browser, "pause")
    wait_status(browser, "paused")
    browser.devtools.end_engine()
    press(browser, "discard")
    wait_status(browser, "absent")


def test_a_file_is_looked_at_by_the_next_engine(browser: OffcutBrowser, tmp_path: Path) -> None:
    own = tmp_path / "own.onnx"
    own.write_bytes(tiny_model(32))
    browser.devtools.end_engine()
    browser.element("model-file").send_keys(str(own))
    until(lambda: browser.element("model-form").is_displayed(), "the form")
    browser.devtools.end_engine()
    browser.click("model-add")
    until(lambda: "own" in browser.text("model-list") + browser.text("more-model-list"), "its card")


def test_a_file_is_looked_at_the_moment_that_the_page_is_there(
    browser: OffcutBrowser, tmp_path: Path
) -> None:
    own = tmp_path / "own.onnx"
    own.write_bytes(tiny_model(32))
    browser.devtools.end_engine()
    browser.open("/options/options.html")
    browser.element("model-file").send_keys(str(own))
    until(lambda: browser.element("model-form").is_displayed(), "the form")


def test_no_time_to_keep_warm_ends_no_test(browser: OffcutBrowser) -> None:
    press(browser, "download")
    wait_status(browser, "here")
    script = "chrome.storage.local.set({ keepWarmMinutes: 0 }).then(arguments[0])"
    browser.driver.execute_async_script(script)
    for _ in range(3):
        open_settings(browser)
        press(browser, "test")
        until(lambda: "%" in said(browser), "what the test has found")


KNOW_WORKERS = """(() => {
    const Former = Worker;
    globalThis.Worker = class extends Former {
        constructor(...parts) {
            super(...parts);
            globalThis.newest = this;
        }
    };
})()"""


@pytest.mark.fault("the model store", "a download", "says so; goes on by another press")
def test_a_store_that_dies_in_the_middle_of_a_download_says_so_and_the_next_goes_on(
    browser: OffcutBrowser, server: WeightsServer
) -> None:
    until(lambda: not browser.devtools.workers(), "the store to be at rest")
    browser.devtools.evaluate(browser.devtools.engine(), KNOW_WORKERS)
    server.served[FIRST].hold_after = MEGABYTE
    press(browser, "download")
    until(lambda: received(browser) > 0.2, "some bytes")
    # Its owner is told nothing, as when the browser takes the memory.
    browser.devtools.evaluate(browser.devtools.engine(), "globalThis.newest.terminate()")
    wait_status(browser, "paused")
    assert "Try again" in problem(browser)
    assert "are here" in card(browser).text, "what has come is kept"
    server.served[FIRST].release()
    press(browser, "resume")
    wait_status(browser, "here")
    assert not problem_shown(browser)
    # On a busy machine the silent connection may count as dead before: then there is one more.
    first, *later = server.starts(FIRST)
    assert first == 0
    assert later
    assert all(start > 0.1 * len(WEIGHTS) for start in later), "it goes on where it was"
    press(browser, "test")
    until(lambda: "matched" in card(browser).text, "a model that is whole")


def problem_shown(browser: OffcutBrowser) -> bool:
    return card(browser).find_element(By.CLASS_NAME, "problem").is_displayed()
