"""Models that are stored: after a crash, damaged, prepared, and a real one to its removal."""

from __future__ import annotations

import hashlib
import json
import os
import signal
from pathlib import Path

import pytest
from launch import open_browser
from models_page import (
    FIRST,
    LISTED,
    LONGER,
    MEGABYTE,
    PUBLISHED,
    WEIGHTS,
    card,
    choose_model,
    on_disk,
    open_settings,
    press,
    problem,
    received,
    stored_names,
    usage,
    wait_status,
)
from native import WEIGHTS as WEIGHTS_FOLDER
from offcut_browser import OffcutBrowser
from tiny_model import tiny_model
from waiting import until
from weights_server import Served, WeightsServer


@pytest.mark.fault("the browser", "a model's download", "goes on")
def test_a_download_goes_on_after_the_browser_was_killed(
    prepared: Path, server: WeightsServer, tmp_path: Path
) -> None:
    server.served[FIRST].hold_after = MEGABYTE
    with open_browser(prepared, server, tmp_path) as browser:
        open_settings(browser)
        press(browser, "download")
        until(lambda: on_disk(browser) > 0.2 * len(WEIGHTS), "some bytes on the disk")
        kill(browser)
    server.served[FIRST].release()
    with open_browser(prepared, server, tmp_path) as browser:
        open_settings(browser)
        wait_status(browser, "paused")
        assert received(browser) > 0.2
        press(browser, "resume")
        wait_status(browser, "here")
    assert server.starts(FIRST)[-1] > 0.2 * len(WEIGHTS)


@pytest.mark.fault("a byte of a stored model", "the next job", "not run")
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
                const { size } = await handle.getFile();
                const position = size >> 1;
                const part = (await handle.getFile()).slice(position, position + 1);
                const data = new Uint8Array(await part.arrayBuffer()).map((byte) => byte ^ 1);
                const writable = await handle.createWritable({ keepExistingData: true });
                await writable.write({ type: 'write', position, data });
                await writable.close();
            }
        })().then(done);"""
    )
    choose_model(browser, "tiny")
    assert browser.cut_out(photos["small"]) == "failed"
    assert browser.failure()["code"] == "WEIGHTS_MISMATCH"
    assert "damaged" in browser.text("failure-text")
    assert "Add it again in the settings" in browser.text("failure-text")
    browser.close_results()
    open_settings(browser)
    wait_status(browser, "absent")
    assert "damaged where it lay on this computer" in problem(browser)
    choose_model(browser, "")
    assert browser.cut_out(photos["small"]) == "done", "what does not need it"
    browser.close_results()
    open_settings(browser)
    press(browser, "download")
    wait_status(browser, "here")
    choose_model(browser, "tiny")
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
    pid = browser.devtools.process()
    os.kill(pid, signal.SIGKILL)
    # Its driver, too: that would wait for the answers of a browser that is gone.
    browser.driver.service.process.kill()
    until(lambda: is_gone(pid), "the browser's end")


def is_gone(pid: int) -> bool:
    """Whether a process has ended; one that nobody has asked for its end has no command line."""
    try:
        return not Path(f"/proc/{pid}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
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
        assert "disputed" in card(browser, "isnet-uint8").text
        assert "LicenseRef" not in card(browser, "isnet-uint8").text
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
