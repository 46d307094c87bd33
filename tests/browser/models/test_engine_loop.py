"""The engine is there when it is asked, whatever becomes of its document in that moment.

`scripts/engine-loop` runs this with hundreds of tries of each kind, and prints what failed.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from clicks import raise_click, with_rights
from launch import open_browser
from models_page import FIRST, WEIGHTS, entry, open_settings, press, wait_status
from offcut_browser import OffcutBrowser
from picture_pages import picture
from tiny_model import tiny_model
from waiting import until
from weights_server import Served, WeightsServer

WANTED = int(os.environ.get("OFFCUT_TRIES", "0"))
"""Tries of each kind; without it as many as the browser does in seconds."""
STARTS = max(2, WANTED // 25)
"""A browser's start costs as much as many tries."""
CHUNK = 10
"""Tries in one call of the driver, whose deadline they share."""
KINDS = ("hello", "job", "test", "inspect", "add", "download", "pause", "remove")
LOOP = (Path(__file__).parents[1] / "engine_loop.js").read_text(encoding="utf-8")
OWN = tiny_model(32)
PLAIN = "http://one.test/plain.onnx"
PAGE = "http://one.test/page"
JOBS = """const done = arguments[0];
    const port = chrome.runtime.connect({ name: 'jobs' });
    port.onDisconnect.addListener(() => done([]));
    port.onMessage.addListener(({ jobs }) => {
        for (const { jobId } of jobs.filter(({ picture }) => picture)) {
            port.postMessage({ type: 'job.cancel', jobId });
        }
        port.disconnect();
        done(jobs.map(({ jobId, picture, failure }) =>
            [jobId, picture ? 'picture' : (failure?.code ?? 'waits')]));
    });"""

Report = Callable[[str, int, list[str]], None]


@pytest.fixture(scope="module")
def report() -> Iterator[Report]:
    """Note what failed of how many tries, and say it at the end."""
    lines: list[str] = []

    def note(name: str, tries: int, failures: list[str]) -> None:
        lines.append(f"{name:24} {len(failures):4} of {tries} failed")
        assert failures == []

    yield note
    print("\n".join(["", *lines]))


@pytest.fixture(scope="module")
def looped(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OffcutBrowser]:
    """One browser for all tries, at the settings page, with the tiny model added."""
    server = WeightsServer()
    server.put(FIRST, Served(WEIGHTS))
    server.put(PLAIN, Served(tiny_model(padding=1_000_000)))
    server.put(PAGE, Served(b"<!doctype html><p>A page to click in.</p>"))
    folder = tmp_path_factory.mktemp("loop")
    hosts = ("http://one.test/*", "http://two.test/*")
    extension = with_rights(prepared, folder, *hosts, "downloads")
    with open_browser(extension, server, folder) as browser:
        open_settings(browser)
        press(browser, "download")
        wait_status(browser, "here")
        yield browser
    server.close()


def keep_warm(browser: OffcutBrowser, minutes: int) -> None:
    script = "chrome.storage.local.set({ keepWarmMinutes: arguments[0] }).then(arguments[1])"
    browser.driver.execute_async_script(script, minutes)


def tries_in(browser: OffcutBrowser) -> int:
    return WANTED or browser.devtools.engine_starts


def run_tries(browser: OffcutBrowser, kind: str, around: str, tries: int) -> list[str]:
    """Ask the engine so many times, from the settings page; gives what failed."""
    own = entry("own", OWN, [])
    own["input"] |= {"height": 32, "width": 32}
    model: dict[str, Any] = {"entry": own, "weights": base64.b64encode(OWN).decode()}
    failures: list[str] = []
    for first in range(0, tries, CHUNK):
        count = min(CHUNK, tries - first)
        failures += browser.driver.execute_async_script(LOOP, kind, around, count, model)
    return failures


@pytest.mark.parametrize("around", ["gone", "closing"])
@pytest.mark.parametrize("kind", KINDS)
def test_an_engine_that_is_gone_or_closing_answers(
    looped: OffcutBrowser, report: Report, kind: str, around: str
) -> None:
    tries = tries_in(looped)
    report(f"{kind}, {around}", tries, run_tries(looped, kind, around, tries))


@pytest.mark.parametrize("kind", ["test", "inspect", "add", "job"])
def test_what_works_is_not_ended_by_the_idle_timer(
    looped: OffcutBrowser, report: Report, kind: str
) -> None:
    tries = tries_in(looped)
    keep_warm(looped, 0)
    try:
        report(f"{kind}, keep-warm 0", tries, run_tries(looped, kind, "idle", tries))
    finally:
        keep_warm(looped, 5)


def test_a_click_that_downloads_at_once_gets_its_picture(
    looped: OffcutBrowser, report: Report
) -> None:
    body = base64.b64encode(picture(32, 32)).decode()
    address = f"data:image/png;base64,{body}"
    end = """const done = arguments[0];
        import('/platform/engine_document.js').then((of) => of.closeEngineDocument()).then(done);"""
    failures: list[str] = []
    known: set[str] = set()
    tab = looped.devtools.open_tab(PAGE)

    def found() -> list[list[str]]:
        jobs = looped.driver.execute_async_script(JOBS)
        return [job for job in jobs if job[0] not in known and job[1] != "waits"]

    for number in range(tries_in(looped)):
        looped.driver.execute_async_script(end)
        raise_click(looped, "download need", srcUrl=address, mediaType="image")
        fresh = until(found, "the job of the click")
        known |= {job for job, _ in fresh}
        failures += [f"{number}: {state}" for _, state in fresh if state != "picture"]
    looped.devtools.close_target(tab)
    report("click, gone", tries_in(looped), failures)


@pytest.mark.parametrize("kind", ["inspect", "job"])
def test_a_fresh_browser_answers_as_soon_as_its_page_is_there(
    prepared: Path, tmp_path: Path, report: Report, kind: str
) -> None:
    failures: list[str] = []
    for start in range(STARTS):
        server = WeightsServer()
        folder = tmp_path / str(start)
        folder.mkdir()
        with open_browser(prepared, server, folder) as browser:
            browser.open("/options/options.html")
            failures += run_tries(browser, kind, "idle", 1)
        server.close()
    report(f"{kind}, fresh browser", STARTS, failures)
