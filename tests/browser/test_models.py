"""Models in the real extension: fetched, interrupted, verified, run, removed."""

from __future__ import annotations

import hashlib
import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from launch import open_browser
from models_page import (
    BLOCK,
    FIRST,
    LISTED,
    LONGER,
    MEGABYTE,
    PUBLISHED,
    SECOND,
    WEIGHTS,
    card,
    choose_model,
    open_settings,
    prepare,
    press,
    problem,
    received,
    stored_names,
    usage,
    wait_status,
)
from native import WEIGHTS as WEIGHTS_FOLDER
from offcut_browser import OffcutBrowser
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.by import By
from tiny_model import tiny_model
from waiting import until
from weights_server import Served, WeightsServer


@pytest.fixture(scope="module")
def prepared(extension: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The extension with tiny models."""
    return prepare(extension, tmp_path_factory.mktemp("prepared") / "extension")


@pytest.fixture
def server() -> Iterator[WeightsServer]:
    """A well-behaved host for the tiny model."""
    server = WeightsServer()
    server.put(FIRST, Served(WEIGHTS))
    yield server
    server.close()


@pytest.fixture
def browser(prepared: Path, server: WeightsServer, tmp_path: Path) -> Iterator[OffcutBrowser]:
    """A fresh profile, at the settings page."""
    with open_browser(prepared, server, tmp_path) as browser:
        open_settings(browser)
        yield browser


def test_a_model_is_offered_fetched_verified_run_and_removed(
    browser: OffcutBrowser, photos: dict[str, Path], server: WeightsServer
) -> None:
    before = usage(browser)
    said = card(browser).text
    for fact in ("2 MB", "one.test", "CC0-1.0", "Made up by a test."):
        assert fact in said
    assert server.starts(FIRST) == [], "nothing is fetched before a button is pressed"
    press(browser, "download")
    wait_status(browser, "here")
    assert server.starts(FIRST) == [0]
    assert usage(browser) > before + MEGABYTE
    press(browser, "test")
    until(lambda: "matched" in card(browser).text, "the test's outcome")
    runs = until(lambda: card(browser).find_element(By.CLASS_NAME, "runs").text, "its run")
    assert "Last runs at 64 " in runs
    assert runs.count("s on WebAssembly, ") == 1
    choose_model(browser, "tiny")
    assert browser.cut_out(photos["small"]) == "done"
    choice = json.loads(browser.dataset()["choice"])
    assert choice == {"titles": ["Tiny tiny"], "quality": "fast", "why": "asked"}
    assert "Tiny tiny" in str(browser.element("models").get_attribute("textContent"))
    browser.close_results()
    open_settings(browser)
    press(browser, "remove")
    wait_status(browser, "absent")
    assert stored_names(browser) == []
    until(lambda: usage(browser) <= before, "the storage to be as it was")


def test_a_paused_download_goes_on_where_it_stopped(
    browser: OffcutBrowser, server: WeightsServer
) -> None:
    server.served[FIRST].hold_after = MEGABYTE
    press(browser, "download")
    until(lambda: received(browser) > 0.2, "some bytes")
    press(browser, "pause")
    wait_status(browser, "paused")
    server.served[FIRST].release()
    press(browser, "resume")
    wait_status(browser, "here")
    first, second = server.starts(FIRST)
    assert first == 0
    assert second > 0.1 * len(WEIGHTS)


def test_a_cancelled_download_leaves_nothing(browser: OffcutBrowser, server: WeightsServer) -> None:
    server.served[FIRST].hold_after = MEGABYTE
    press(browser, "download")
    until(lambda: received(browser) > 0.2, "some bytes")
    press(browser, "cancel")
    wait_status(browser, "absent")
    assert stored_names(browser) == []


@pytest.mark.parametrize("ranges", [True, False])
def test_a_cut_connection_is_taken_up_again(
    browser: OffcutBrowser, server: WeightsServer, ranges: bool
) -> None:
    server.served[FIRST].cut_after = [500_000]
    server.served[FIRST].hold_after = 500_000  # the browser drops what it has not handed on yet
    server.served[FIRST].ranges = ranges
    press(browser, "download")
    until(lambda: received(browser) > 0.1, "some bytes")
    server.served[FIRST].release()
    wait_status(browser, "here")
    first, second = server.starts(FIRST)
    assert first == 0
    assert 0 < second <= 500_000


def test_a_wrong_byte_is_found_and_its_piece_fetched_again(
    browser: OffcutBrowser, server: WeightsServer
) -> None:
    wrong = 3 * BLOCK + 17
    server.served[FIRST].wrong_at = [wrong]
    press(browser, "download")
    wait_status(browser, "here")
    assert server.starts(FIRST) == [0, 3 * BLOCK]


def test_a_host_that_serves_another_file_is_left_for_the_next(
    browser: OffcutBrowser, server: WeightsServer
) -> None:
    server.put(FIRST, Served(WEIGHTS, wrong_at=[5], is_always_wrong=True))
    server.put(SECOND, Served(WEIGHTS))
    press(browser, "download")
    wait_status(browser, "here")
    assert server.starts(SECOND) == [0]


def test_without_any_right_source_nothing_is_kept_and_it_is_said(
    browser: OffcutBrowser, server: WeightsServer
) -> None:
    server.put(FIRST, Served(status=404))
    server.put(SECOND, Served(WEIGHTS, wrong_at=[5], is_always_wrong=True))
    press(browser, "download")
    assert "not Tiny tiny" in problem(browser)
    server.put(SECOND, Served(status=404))
    press(
        browser,
        card(browser).find_element(By.TAG_NAME, "button").get_attribute("data-action") or "",
    )
    until(lambda: "404" in problem(browser), "the reason")
    press(browser, "discard")
    wait_status(browser, "absent")
    assert stored_names(browser) == []


def test_a_file_without_known_pieces_is_verified_as_a_whole(
    browser: OffcutBrowser, server: WeightsServer
) -> None:
    url = "http://one.test/plain.onnx"
    server.put(url, Served(tiny_model(padding=MEGABYTE), wrong_at=[700_000]))
    press(browser, "download", "plain")
    wait_status(browser, "here", "plain")
    assert server.starts(url) == [0, 0]


def test_without_room_a_model_is_run_from_memory_and_that_is_said(
    browser: OffcutBrowser, server: WeightsServer, photos: dict[str, Path]
) -> None:
    browser.driver.execute_cdp_cmd(
        "Storage.overrideQuotaForOrigin", {"origin": browser.origin, "quotaSize": MEGABYTE}
    )
    press(browser, "download")
    wait_status(browser, "here")
    assert "in memory only" in card(browser).text
    assert stored_names(browser) == []
    choose_model(browser, "tiny")
    assert browser.cut_out(photos["small"]) == "done"


def test_a_download_goes_on_after_the_browser_was_killed(
    prepared: Path, server: WeightsServer, tmp_path: Path
) -> None:
    server.served[FIRST].hold_after = MEGABYTE
    with open_browser(prepared, server, tmp_path) as browser:
        open_settings(browser)
        press(browser, "download")
        until(lambda: received(browser) > 0.3, "some bytes")
        kill(browser)
    server.served[FIRST].release()
    with open_browser(prepared, server, tmp_path) as browser:
        open_settings(browser)
        wait_status(browser, "paused")
        assert received(browser) > 0.2
        press(browser, "resume")
        wait_status(browser, "here")
    assert server.starts(FIRST)[-1] > 0.2 * len(WEIGHTS)


def test_a_model_that_the_disk_has_damaged_is_not_run(
    browser: OffcutBrowser, photos: dict[str, Path]
) -> None:
    press(browser, "download")
    wait_status(browser, "here")
    browser.driver.execute_async_script(
        """const done = arguments[0];
        (async () => {
            const root = await navigator.storage.getDirectory();
            const folder = await root.getDirectoryHandle('models');
            for await (const handle of folder.values()) {
                const writable = await handle.createWritable({ keepExistingData: true });
                await writable.write({ type: 'write', position: 99, data: new Uint8Array(9) });
                await writable.close();
            }
        })().then(done);"""
    )
    choose_model(browser, "tiny")
    assert browser.cut_out(photos["small"]) == "failed"
    assert browser.failure()["code"] == "WEIGHTS_MISMATCH"
    choose_model(browser, "")
    assert browser.cut_out(photos["small"]) == "done"


def test_weights_are_kept_as_published_and_run_as_prepared(
    browser: OffcutBrowser, server: WeightsServer, photos: dict[str, Path]
) -> None:
    published = tiny_model(fetch="published")
    server.put(PUBLISHED, Served(published))
    press(browser, "download", "prepared")
    wait_status(browser, "here", "prepared")
    assert f"{hashlib.sha256(published).hexdigest()}.onnx" in stored_names(browser)
    press(browser, "test", "prepared")
    until(lambda: "matched" in card(browser, "prepared").text, "the test's outcome")
    choose_model(browser, "prepared")
    assert browser.cut_out(photos["small"]) == "done"


def test_a_delta_that_does_not_fit_is_an_error_and_the_download_stays(
    browser: OffcutBrowser, server: WeightsServer, photos: dict[str, Path]
) -> None:
    server.put(LONGER, Served(tiny_model(fetch="published, longer")))
    press(browser, "download", "unfit")
    wait_status(browser, "here", "unfit")
    choose_model(browser, "unfit")
    assert browser.cut_out(photos["small"]) == "failed"
    assert browser.failure()["code"] == "WEIGHTS_MISMATCH"
    browser.close_results()
    open_settings(browser)
    wait_status(browser, "here", "unfit")


def kill(browser: OffcutBrowser) -> None:
    """End the whole browser as a crash does."""
    processes = browser.devtools.call("SystemInfo.getProcessInfo")["processInfo"]
    (pid,) = [process["id"] for process in processes if process["type"] == "browser"]
    os.kill(pid, signal.SIGKILL)
    until(lambda: is_gone(browser), "the browser's end")


def is_gone(browser: OffcutBrowser) -> bool:
    try:
        return not browser.driver.window_handles
    except WebDriverException:
        return True


def test_isnet_from_the_offer_to_its_removal(
    prepared: Path, server: WeightsServer, tmp_path: Path, photos: dict[str, Path]
) -> None:
    """The real weights, in pieces as their host has them, through a crash and a wrong byte."""
    weights = WEIGHTS_FOLDER / "isnet-general-uint8.onnx"
    if not weights.is_file():
        pytest.skip(f"needs {weights.name}: scripts/quality DIR --models isnet-uint8 fetches it")
    pieces = serve_in_pieces(server, weights.read_bytes())
    server.served[pieces[3]].wrong_at = [1000]
    server.served[pieces[len(pieces) * 3 // 4]].hold_after = 0
    with open_browser(prepared, server, tmp_path) as browser:
        open_settings(browser)
        before = usage(browser)
        assert "LicenseRef-contested" in card(browser, "isnet-uint8").text
        press(browser, "download", "isnet-uint8")
        until(lambda: received(browser, "isnet-uint8") > 0.5, "half of it")
        kill(browser)
    server.served[pieces[len(pieces) * 3 // 4]].release()
    with open_browser(prepared, server, tmp_path) as browser:
        open_settings(browser)
        wait_status(browser, "paused", "isnet-uint8")
        press(browser, "resume", "isnet-uint8")
        wait_status(browser, "here", "isnet-uint8")
        choose_model(browser, "")
        assert browser.cut_out(photos["small"]) == "done"
        choice = json.loads(browser.dataset()["choice"])
        assert choice["titles"] == ["U²-Net small", "ISNet general, eight bits"]
        browser.close_results()
        open_settings(browser)
        press(browser, "test", "isnet-uint8")
        until(lambda: "matched" in card(browser, "isnet-uint8").text, "the test's outcome")
        press(browser, "remove", "isnet-uint8")
        wait_status(browser, "absent", "isnet-uint8")
        assert stored_names(browser) == []
        until(lambda: usage(browser) <= before, "the storage to be as it was")
    assert len(server.starts(pieces[0])) == 1, "what was there before the crash was kept"
    assert len(server.starts(pieces[3])) == 2, "the wrong piece was fetched again"


def serve_in_pieces(server: WeightsServer, weights: bytes) -> list[str]:
    """Serve weights as imgly's package does: a list of pieces of four megabytes."""
    size = 4 << 20
    chunks: list[dict[str, object]] = []
    urls: list[str] = []
    for number, start in enumerate(range(0, len(weights), size)):
        end = min(len(weights), start + size)
        urls.append(f"http://one.test/piece-{number}")
        server.put(urls[-1], Served(weights[start:end]))
        chunks.append({"name": f"piece-{number}", "offsets": [start, end]})
    listing = {"/models/small": {"chunks": chunks, "size": len(weights)}}
    server.put(LISTED, Served(json.dumps(listing).encode()))
    return urls
