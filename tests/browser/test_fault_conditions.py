"""Full memory, full storage, a clock that jumps, a machine that sleeps, in the middle of work."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from clicks import worker
from dev.processes import descendants
from faults import finish, nothing_is_left, set_quota
from held_jobs import held
from launch import open_browser
from models_page import FIRST, WEIGHTS, choose_model, wait_status
from models_page import prepare as with_tiny_models
from models_page import press as press_on_card
from offcut_browser import OffcutBrowser
from PIL import Image
from row_editing import archived, begin, edit, go_back, is_white_behind
from site_proxy import Answer, Site
from waiting import let_pass, until
from workbench_page import await_all, choose, open_workbench, press, save, states

# The allocation itself fails, as where the system has no memory left to give. What Python and
# onnxruntime make of that is their own.
NO_GROWTH = """WebAssembly.Memory.prototype.grow = () => {
    throw new RangeError('WebAssembly.Memory.grow(): Maximum memory size exceeded');
}"""
WHOLE_MEMORY = "maximum:65536,shared"
"""What onnxruntime asks WebAssembly for, in pages of 64 KiB."""
JUMP = """(() => {
    const now = Date.now.bind(Date);
    const Before = Date;
    globalThis.Date = class extends Before {
        constructor(...parts) {
            if (parts.length > 0) super(...parts);
            else super(now() + HOURS * 3600000);
        }
        static now() {
            return now() + HOURS * 3600000;
        }
    };
})()"""
ASLEEP_S = 60
"""Longer than the only limit of a job that runs, as far as a test has shortened it."""
LIMIT = ("STUCK_MS = 180_000", "STUCK_MS = 45_000")


@pytest.fixture(autouse=True)
def _no_tabs_left(browser: OffcutBrowser) -> Iterator[None]:
    yield
    browser.close_results()


@pytest.mark.fault("Python's memory", "a job", "says so; another try works")
def test_a_job_that_finds_pythons_memory_full_says_so_and_another_try_works(
    browser: OffcutBrowser, photos: dict[str, Path]
) -> None:
    assert browser.cut_out(photos["small"]) == "done"
    browser.devtools.evaluate(browser.devtools.workers()["python"], NO_GROWTH)
    assert browser.cut_out(photos["large"]) == "failed"
    assert browser.failure()["code"] == "OUT_OF_MEMORY"
    assert "memory" in browser.text("failure-text")
    finish(browser, "OUT_OF_MEMORY")
    nothing_is_left(browser)


@pytest.mark.fault("onnxruntime's memory", "a job", "says so; a smaller model works")
@pytest.mark.parametrize("pages", [1600, 700])
def test_a_job_for_which_onnxruntime_has_no_memory_says_so_and_a_smaller_model_works(
    extension: Path, site: Site, photos: dict[str, Path], tmp_path: Path, pages: int
) -> None:
    site.put(FIRST, Answer(WEIGHTS, "application/octet-stream"))
    small = with_tiny_models(extension, tmp_path / "extension")
    runtime = small / "vendor" / "onnxruntime" / "ort-wasm-simd-threaded.mjs"
    source = runtime.read_text(encoding="utf-8")
    assert source.count(WHOLE_MEMORY) == 1
    runtime.unlink()  # a link to the build's own
    limited = source.replace(WHOLE_MEMORY, WHOLE_MEMORY.replace("65536", str(pages)))
    runtime.write_text(limited, encoding="utf-8")
    with open_browser(small, site, tmp_path) as browser:
        assert browser.cut_out(photos["small"]) == "failed"
        assert browser.failure()["code"] == "OUT_OF_MEMORY"
        assert "memory" in browser.text("failure-text")
        nothing_is_left(browser)
        browser.open_settings()
        press_on_card(browser, "download")
        wait_status(browser, "here")
        choose_model(browser, "tiny")
        assert browser.cut_out(photos["small"]) == "done", browser.failure()


@pytest.mark.fault("the storage", "a batch", "those pictures wait for another try, and say why")
@pytest.mark.usefixtures("empty_workbench")
def test_pictures_for_which_storage_has_no_room_are_made_when_there_is_room(
    browser: OffcutBrowser, portrait: Image.Image, tmp_path: Path
) -> None:
    open_workbench(browser)
    set_quota(browser, 1)
    try:
        choose(browser, *[save(portrait, tmp_path / f"{n}.png", (400 + n, 400)) for n in range(2)])
        await_all(browser, 2)
        assert set(states(browser).values()) == {"failed"}
        assert "room" in browser.driver.find_element("class name", "what").text
    finally:
        set_quota(browser)
    for name in states(browser):
        press(browser, name, "retry")
    until(lambda: set(states(browser).values()) == {"done"}, "both of them")
    sizes = {picture.size for picture in archived(browser).values()}
    assert sizes == {(400, 400), (401, 400)}
    nothing_is_left(browser)


@pytest.mark.fault(
    "the storage", "an edit of a batch's picture", "says so; the next change goes there"
)
@pytest.mark.usefixtures("empty_workbench")
def test_an_edit_for_which_the_batch_has_no_room_is_not_said_to_be_kept(
    browser: OffcutBrowser, portrait: Image.Image, tmp_path: Path
) -> None:
    begin(browser, portrait, tmp_path)
    editor = edit(browser, "a.png")
    set_quota(browser, 1)
    try:
        editor.set("background-color")
        until(lambda: "could not be given this change" in promise(browser), "the word about it")
    finally:
        set_quota(browser)
    editor.set("feather", 2)
    until(lambda: "could not be given this change" not in promise(browser), "the batch to have it")
    go_back(browser)
    assert is_white_behind(archived(browser)["a-cutout.png"])


def promise(browser: OffcutBrowser) -> str:
    return browser.driver.find_element("class name", "promise").text


@pytest.mark.fault("the clock, a day forward or back", "a job", "goes on")
@pytest.mark.parametrize("hours", [24, -24])
def test_a_job_in_which_the_clock_jumps_goes_on(
    browser: OffcutBrowser, photos: dict[str, Path], hours: int
) -> None:
    assert browser.cut_out(photos["small"]) == "done"
    jump = JUMP.replace("HOURS", str(hours))
    with held(browser.devtools):
        browser.pick_file(photos["large"])
        browser.wait_stage("find_subject")
        page = browser.driver.current_window_handle
        for target in (worker(browser), browser.devtools.engine(), page):
            browser.devtools.evaluate(target, jump)
    assert browser.wait_over() == "done"
    assert browser.cutout_bytes()
    nothing_is_left(browser)
    assert browser.cut_out(photos["small"]) == "done", "the next job"
    browser.devtools.end_engine()  # whose clock is wrong from now on
    browser.devtools.stop_service_workers()


@pytest.mark.fault("the machine sleeps", "a job", "goes on")
@pytest.mark.slow
def test_a_job_in_which_the_machine_sleeps_goes_on(
    extension: Path, site: Site, tmp_path: Path, photos: dict[str, Path]
) -> None:
    impatient = shutil.copytree(extension, tmp_path / "extension")
    script = impatient / "engine" / "pipeline_run.js"
    source = script.read_text(encoding="utf-8")
    assert LIMIT[0] in source
    script.unlink()  # a link to the build's own
    script.write_text(source.replace(*LIMIT), encoding="utf-8")
    with open_browser(impatient, site, tmp_path) as browser:
        assert browser.cut_out(photos["small"]) == "done"
        with held(browser.devtools):
            browser.pick_file(photos["large"])
            browser.wait_stage("find_subject")
            put_to_sleep(browser, ASLEEP_S)
        assert browser.wait_over() == "done", browser.failure()
        assert browser.cutout_bytes()
        nothing_is_left(browser)


def put_to_sleep(browser: OffcutBrowser, seconds: float) -> None:
    """Stop all of the browser's processes while the clock goes on."""
    root = browser.driver.service.process.pid
    stopped = sorted(descendants(root) - {root})
    try:
        for pid in stopped:
            os.kill(pid, signal.SIGSTOP)
        let_pass(seconds)
    finally:
        for pid in reversed(stopped):
            with suppress(ProcessLookupError):  # the system has ended it meanwhile
                os.kill(pid, signal.SIGCONT)
