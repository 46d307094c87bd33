"""The engine: sealed, warm, shared, counted on the toolbar, and cancelled."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from clicks import note_badges
from devtools import DevTools
from held_jobs import held
from offcut_browser import OVER, OffcutBrowser
from PIL import Image
from waiting import until

# In the popup: the button of a new job, the moment that it is there.
CANCEL_AT_ONCE = """const former = new Set(arguments[0]);
    const jobs = document.getElementById('jobs');
    const watcher = new MutationObserver(() => {
        const job = [...jobs.children].find(({ dataset }) => !former.has(dataset.job));
        const button = job?.querySelector('[data-act=cancel]');
        if (!button || button.hidden) return;
        watcher.disconnect();
        button.click();
    });
    watcher.observe(jobs, { subtree: true, childList: true, attributes: true });"""


@pytest.fixture(autouse=True)
def _no_tabs_left(browser: OffcutBrowser) -> Iterator[None]:
    yield
    browser.close_results()


def test_all_workers_are_isolated_threaded_and_sealed(
    browser: OffcutBrowser, photos: dict[str, Path], devtools: DevTools
) -> None:
    assert browser.cut_out(photos["small"]) == "done"
    assert devtools.evaluate(devtools.engine(), "crossOriginIsolated") is True
    for name in ("python", "png", "model"):
        worker = devtools.workers()[name]
        assert devtools.evaluate(worker, "crossOriginIsolated") is True
        open_ways = devtools.evaluate(
            worker,
            """['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'WebTransport',
                'importScripts', 'caches', 'indexedDB', 'BroadcastChannel']
                .filter((way) => self[way] !== undefined).join()""",
        )
        assert open_ways == "", f"{name} can still reach out"
    # One that has workers of its own is not always ended by Chromium when it is told to.
    parents = {target.get("parentId") for target in devtools.targets("worker")}
    assert devtools.workers()["python"] not in parents
    browser.open("/popup/popup.html")
    hello = browser.driver.execute_async_script(
        """const done = arguments[0];
        import('/messages/request.js').then((m) => m.request('engine', 'engine.hello')).then(done);
        """
    )
    assert hello["isolated"] is True
    cores = browser.driver.execute_script("return navigator.hardwareConcurrency")
    assert hello["threads"] >= min(2, cores)


def test_python_and_model_start_at_the_same_time(
    browser: OffcutBrowser, photos: dict[str, Path], devtools: DevTools
) -> None:
    if "python" in devtools.workers():
        devtools.end_worker("python")
    assert browser.cut_out(photos["small"]) == "done"
    timings = browser.timings()
    # Both are waited for from the same moment, and the model is there long before Python.
    assert timings["load_model"] < timings["start_python"]


def test_the_second_job_finds_the_engine_warm(
    browser: OffcutBrowser, photos: dict[str, Path], devtools: DevTools
) -> None:
    def warm() -> list[str]:
        return [devtools.workers()[name] for name in ("python", "model")]

    assert browser.cut_out(photos["small"]) == "done"
    before = warm()
    assert browser.cut_out(photos["small"]) == "done"
    assert warm() == before


def test_five_pictures_in_a_row_all_get_their_cutout(
    browser: OffcutBrowser, photos: dict[str, Path]
) -> None:
    tabs = browser.pick_file(*[photos["small"]] * 5)
    assert len(tabs) == 5
    for tab in tabs:
        browser.driver.switch_to.window(tab)
        assert browser.wait_over() == "done"
    browser.open("/popup/popup.html")
    until(lambda: badge(browser) == "", "an empty badge on the toolbar icon")


def test_the_toolbar_icon_counts_the_jobs(browser: OffcutBrowser, photos: dict[str, Path]) -> None:
    browser.open_popup()
    # The service worker notes what it shows: a number may be gone before it is asked for.
    shown = note_badges(browser)
    browser.element("file-input").send_keys("\n".join([str(photos["large"])] * 2))
    until(lambda: "2" in shown(), "two jobs on the toolbar icon")
    until(lambda: badge(browser) == "", "an empty badge")
    assert shown()[-1] == ""


@pytest.mark.parametrize("stage", ["find_subject", "save"])
def test_cancelling_stops_the_job_and_the_next_one_works(
    browser: OffcutBrowser, photos: dict[str, Path], tmp_path: Path, stage: str
) -> None:
    assert browser.cut_out(photos["small"]) == "done"  # warm
    huge = tmp_path / "huge.jpg"
    with Image.open(photos["small"]) as photo:
        photo.resize((6000, 6000), Image.Resampling.BILINEAR).save(huge)
    with held(browser.devtools):
        browser.pick_file(huge)
        browser.wait_stage("find_subject")
        if stage == "find_subject":
            browser.click("cancel")
    if stage == "save":
        browser.cancel_at(stage)
    assert browser.wait_over() == "cancelled"
    assert "stopped" in browser.text("failure-text")
    assert browser.cut_out(photos["small"]) == "done"


def test_cancelling_while_the_engine_starts_leaves_it_usable(
    browser: OffcutBrowser, photos: dict[str, Path], devtools: DevTools
) -> None:
    if "python" in devtools.workers():
        devtools.end_worker("python")
    browser.open_popup()
    former = [job for job, _ in browser.job_states()]
    browser.driver.execute_script(CANCEL_AT_ONCE, former)
    browser.element("file-input").send_keys(str(photos["small"]))

    def fresh() -> list[str]:
        # A full list does not grow: a new job then takes the place of the oldest.
        return [state for job, state in browser.job_states() if job not in former]

    until(lambda: [state for state in fresh() if state in OVER], "the end of the job")
    assert fresh() == ["cancelled"]
    assert browser.cut_out(photos["small"]) == "done"


def test_a_cancelled_picture_can_be_tried_again(
    browser: OffcutBrowser, photos: dict[str, Path]
) -> None:
    assert browser.cut_out(photos["small"]) == "done"
    with held(browser.devtools):
        browser.pick_file(photos["large"])
        browser.cancel_at("find_subject")
    assert browser.wait_over() == "cancelled"
    browser.click("retry")
    assert browser.wait_state("done") == "done"


@pytest.mark.fault("the page", "a job, closed", "the job ends")
def test_closing_the_result_tab_ends_its_job(
    browser: OffcutBrowser, photos: dict[str, Path]
) -> None:
    assert browser.cut_out(photos["small"]) == "done"
    with held(browser.devtools):
        browser.pick_file(photos["large"])
        browser.wait_stage("find_subject")
        browser.close_results()
    browser.open("/popup/popup.html")
    until(lambda: badge(browser) == "", "the job to be given up")
    assert browser.cut_out(photos["small"]) == "done"


def test_reloading_the_result_tab_shows_the_same_cutout(
    browser: OffcutBrowser, photos: dict[str, Path]
) -> None:
    assert browser.cut_out(photos["small"]) == "done"
    before = browser.cutout_bytes()
    browser.driver.refresh()
    assert browser.wait_over() == "done"
    assert browser.cutout_bytes() == before


def test_a_result_address_without_a_job_says_so(browser: OffcutBrowser) -> None:
    browser.open("/result/result.html?job=unknown")
    assert browser.wait_over() == "failed"
    assert browser.failure()["code"] == "JOB_GONE"


def test_cancelling_before_there_is_a_picture_counts(browser: OffcutBrowser) -> None:
    browser.open("/popup/popup.html")
    states = browser.driver.execute_async_script(
        """const done = arguments[0];
        (async () => {
            const { request } = await import('/messages/request.js');
            const { jobId } = await request('background', 'job.start', { name: 'x' });
            const states = [];
            const port = chrome.runtime.connect({ name: `job:${jobId}` });
            port.onMessage.addListener(({ state }) => {
                states.push(state);
                if (state !== 'running') done(states);
            });
            port.postMessage({ type: 'job.cancel' });
        })();"""
    )
    assert states == ["running", "cancelled"]


def badge(browser: OffcutBrowser) -> str:
    """The text on the toolbar icon; asked of a page of the extension."""
    script = "chrome.action.getBadgeText({}).then(arguments[0])"
    return str(browser.driver.execute_async_script(script))
