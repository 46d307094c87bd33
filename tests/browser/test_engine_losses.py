"""What dies in the engine is replaced, and costs at most the job that was under way."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from devtools import DevTools
from editor_page import EditorPage
from held_jobs import held
from offcut_browser import OffcutBrowser
from PIL import Image
from waiting import until

# In Python's worker: it ends in the middle of a job, when it asks the model for a matte.
DIE_ASKING = """const { postMessage } = MessagePort.prototype;
    MessagePort.prototype.postMessage = function (message, ...more) {
        if (message.type === 'model.run') self.close();
        postMessage.call(this, message, ...more);
    };"""

# In the model's worker: it ends when it has a matte for Python. And: each of its runs fails, since
# onnxruntime-web goes through what it is given by this. An `import()` here would end Firefox.
DIE_ANSWERING = "MessagePort.prototype.postMessage = () => self.close()"
BREAK = "Object.entries = () => { throw new Error('broken'); }"

# In the page: from inside, since the stage may be over when it is asked for.
NOTE_NEXT_START = """const isAtWork = () =>
        document.querySelector('[data-stage=find_subject]')?.dataset.state === 'running';
    let was = isAtWork();
    new MutationObserver(() => {
        const is = isAtWork();
        if (is && !was) window.hasBegunAgain = true;
        was = is;
    }).observe(document, { subtree: true, childList: true, attributes: true });"""

# In a PNG worker: it ends before it can say that its band is packed.
DIE_PACKING = "Atomics.compareExchange = () => self.close()"


@pytest.fixture(autouse=True)
def _no_tabs_left(browser: OffcutBrowser) -> Iterator[None]:
    yield
    browser.close_results()


@pytest.mark.fault("the model's worker", "idle", "replaced under the next job")
@pytest.mark.fault("Python's worker", "idle", "replaced under the next job")
@pytest.mark.parametrize("worker", ["python", "model"])
def test_an_idle_worker_that_dies_is_replaced(
    browser: OffcutBrowser, photos: dict[str, Path], devtools: DevTools, worker: str
) -> None:
    assert browser.cut_out(photos["small"]) == "done"
    dead = devtools.workers()[worker]
    devtools.end_worker(worker)
    assert browser.cut_out(photos["small"]) == "done"
    assert devtools.workers()[worker] != dead


def test_python_dying_in_the_middle_fails_the_job_and_trying_again_works(
    browser: OffcutBrowser, photos: dict[str, Path], devtools: DevTools
) -> None:
    assert browser.cut_out(photos["small"]) == "done"
    devtools.evaluate(devtools.workers()["python"], DIE_ASKING)
    browser.pick_file(photos["large"])
    assert browser.wait_over() == "failed"
    assert browser.failure()["code"] == "ENGINE_LOST"
    browser.click("retry")
    assert browser.wait_state("done") == "done"


def test_a_job_under_which_the_engine_dies_goes_on_by_itself(
    browser: OffcutBrowser, photos: dict[str, Path], devtools: DevTools
) -> None:
    assert browser.cut_out(photos["small"]) == "done"
    with held(browser.devtools):
        browser.pick_file(photos["large"])
        browser.wait_stage("find_subject")
        devtools.end_engine()
    assert browser.wait_over() == "done"


@pytest.mark.fault("the engine, twice", "a job", "says so; another try works")
def test_a_job_under_which_engines_die_again_fails_and_trying_again_works(
    browser: OffcutBrowser, photos: dict[str, Path], devtools: DevTools
) -> None:
    assert browser.cut_out(photos["small"]) == "done"
    with held(browser.devtools):
        browser.pick_file(photos["large"])
        browser.wait_stage("find_subject")
        browser.driver.execute_script(NOTE_NEXT_START)
        devtools.end_engine()
    begun = "return window.hasBegunAgain === true"
    until(lambda: browser.driver.execute_script(begun), "the next engine at the same stage")
    devtools.end_engine()
    assert browser.wait_over() == "failed"
    assert browser.failure()["code"] == "ENGINE_LOST"
    browser.click("retry")
    assert browser.wait_state("done") == "done"


def test_a_model_dying_in_the_middle_fails_the_job_and_trying_again_works(
    browser: OffcutBrowser, photos: dict[str, Path], devtools: DevTools
) -> None:
    assert browser.cut_out(photos["small"]) == "done"
    devtools.evaluate(devtools.workers()["model"], DIE_ANSWERING)
    browser.pick_file(photos["large"])
    assert browser.wait_over() == "failed"
    assert browser.failure()["code"] == "SESSION_FAILED"
    browser.click("retry")
    assert browser.wait_state("done") == "done"


@pytest.mark.fault("a PNG worker", "idle, in the middle of a band", "goes on, the same pixels")
@pytest.mark.parametrize("when", ["idle", "at work"])
def test_png_workers_that_die_cost_nothing_but_their_help(
    browser: OffcutBrowser, photos: dict[str, Path], devtools: DevTools, when: str
) -> None:
    assert browser.cut_out(photos["large"]) == "done"
    right, before = pixels(browser), browser.timings()["total"]
    for target in devtools.targets("worker"):
        if target["title"] == "png":
            at_once = "setTimeout(() => self.close())"
            devtools.evaluate(target["targetId"], DIE_PACKING if when == "at work" else at_once)
    assert browser.cut_out(photos["large"]) == "done"
    until(lambda: "png" not in devtools.workers(), "the end of its worker")
    # The patience with a worker that is silent for another reason is a minute.
    assert browser.timings()["total"] < before + 60_000
    assert np.array_equal(pixels(browser), right)


def test_a_model_that_is_broken_for_good_is_replaced(
    browser: OffcutBrowser, photos: dict[str, Path], devtools: DevTools
) -> None:
    assert browser.cut_out(photos["small"]) == "done"
    devtools.evaluate(devtools.workers()["model"], BREAK)
    assert browser.cut_out(photos["small"]) == "failed"
    assert browser.failure()["code"] == "SESSION_FAILED"
    browser.click("retry")
    assert browser.wait_state("done") == "done"


def test_an_idle_engine_lets_go_of_its_workers_and_comes_back(
    browser: OffcutBrowser, photos: dict[str, Path], devtools: DevTools
) -> None:
    assert browser.cut_out(photos["small"]) == "done"
    assert devtools.workers()
    browser.close_results()  # a page that can edit keeps them for two minutes
    browser.open("/options/options.html")
    browser.wait_state("ready")
    browser.type_over(browser.element("keep-warm"), "0")
    until(lambda: browser.text("saved"), "the setting to be saved")
    until(lambda: not devtools.workers(), "the workers to end")
    browser.pick_file(photos["small"])
    python = until(lambda: devtools.workers().get("python"), "Python")
    assert browser.wait_over() == "done"
    EditorPage(browser)  # which asks for a preview, of the Python that has the subject
    assert devtools.workers()["python"] == python
    browser.open("/options/options.html")
    browser.wait_state("ready")
    field = browser.element("keep-warm")
    assert field.get_attribute("value") == "0"
    browser.type_over(field, "5")
    until(lambda: browser.text("saved"), "the setting to be saved")


def pixels(browser: OffcutBrowser) -> np.ndarray:
    """What the cut-out's file holds; its bytes depend on who had time to pack them."""
    with Image.open(io.BytesIO(browser.cutout_bytes())) as cutout:
        return np.asarray(cutout)
