"""The bench's waits: a page that has failed ends them at once, and every process with them."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from dev.bench import browser_runs
from dev.bench.browser_runs import BenchError, BrowserRun, browser_run
from dev.bench.measures import FAST
from dev.bench.site import serve
from dev.processes import descendants, status_number
from devtools import DevTools
from held_jobs import held
from native import WEIGHTS
from waiting import until

PAGES = Path(browser_runs.__file__).parent / "pages"
NO_ENGINE = "chrome.offscreen.createDocument = () => Promise.reject(new Error('no memory'))"


@pytest.fixture
def run(extension: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[BrowserRun]:
    """A browser whose waits end with nothing but what a page says, or in a minute, in vain."""
    monkeypatch.setattr(browser_runs, "SCRIPT_TIMEOUT_S", 60)
    with serve({"": PAGES}) as site, browser_run(extension, site) as run:
        started = descendants(run.pid)
        yield run
    until(lambda: not any(status_number(pid, "VmRSS") for pid in started), "all processes' end")


def test_a_settings_page_that_has_no_engine_ends_the_wait(run: BrowserRun) -> None:
    run.open("ours")
    with DevTools(run.driver) as devtools:
        until(lambda: devtools.targets("background_page"), "the engine")
        (worker,) = devtools.targets("service_worker")
        devtools.evaluate(worker["targetId"], NO_ENGINE)
        devtools.end_engine()
    with pytest.raises(BenchError, match="isnet-uint8: The engine was ended by the browser"):
        run.add_model("isnet-uint8", WEIGHTS / "u2netp.onnx")


def test_a_job_whose_engine_ends_ends_the_wait(run: BrowserRun, photos: dict[str, Path]) -> None:
    run.open("ours")
    run.ours(photos["small"], FAST)
    with DevTools(run.driver) as devtools, ThreadPoolExecutor() as pool:
        with held(devtools) as await_held:
            job = pool.submit(run.ours, photos["large"], FAST)
            await_held()
            devtools.end_engine()
        with pytest.raises(BenchError, match="engine"):
            job.result()


def test_a_worker_of_the_bench_that_cannot_be_loaded_ends_the_wait(run: BrowserRun) -> None:
    with pytest.raises(BenchError, match="dynamically imported module"):
        run.limit("inference")
