"""Each part of running work is ended at each of its stages: it comes to an end that is known.

What else may be ended or broken, and where: tests/FAULTS.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from editor_page import EditorPage
from faults import CODES, FAULTS, finish, nothing_is_left, start_all
from offcut_browser import OffcutBrowser
from PIL import Image
from row_editing import archived
from waiting import until
from workbench_page import await_all, choose, open_workbench, press, save, states

STAGES = ("find_subject", "refine", "save")
MAY_FAIL = {("the model's worker", "find_subject")} | {("Python's worker", each) for each in STAGES}
"""Where the job fails with a word and another try; all others go on by themselves."""
ONE_IS_MADE = "find('.item[data-state=done]') && find('.item[data-state=running]')"


@pytest.fixture(autouse=True)
def _no_tabs_left(browser: OffcutBrowser) -> Iterator[None]:
    yield
    browser.close_results()


@pytest.mark.fault("the model's worker", "a job: finding the subject", "says so; another try works")
@pytest.mark.fault("the model's worker", "a job: refining, saving", "goes on")
@pytest.mark.fault("Python's worker", "a job: each stage", "says so; another try works")
@pytest.mark.fault("a PNG worker", "a job: each stage", "goes on")
@pytest.mark.fault("the engine", "a job: each stage", "goes on by itself")
@pytest.mark.fault("the service worker", "a job: each stage", "goes on")
@pytest.mark.fault("the page", "a job: each stage, loaded anew", "goes on, shows the same")
@pytest.mark.slow
@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("fault", FAULTS)
def test_a_job_comes_to_its_end_without(
    browser: OffcutBrowser, photos: dict[str, Path], fault: str, stage: str
) -> None:
    start_all(browser, photos["small"])
    browser.pick_file(photos["large"])
    browser.wait_reached(stage)
    FAULTS[fault](browser)
    finish(browser, *(CODES if (fault, stage) in MAY_FAIL else ()))
    nothing_is_left(browser)


@pytest.mark.fault("the model's worker", "an edit", "no stroke is lost")
@pytest.mark.fault("Python's worker", "an edit, strokes are drawn", "no stroke is lost")
@pytest.mark.fault("a PNG worker", "an edit", "no stroke is lost")
@pytest.mark.fault("the engine", "an edit, strokes are drawn", "no stroke is lost")
@pytest.mark.fault("the service worker", "an edit", "no stroke is lost")
@pytest.mark.fault("the page", "an edit, loaded anew", "no stroke is lost")
@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS)
def test_no_stroke_is_lost_without(
    browser: OffcutBrowser, photos: dict[str, Path], fault: str
) -> None:
    start_all(browser, photos["small"])
    assert browser.cut_out(photos["small"]) == "done"
    editor = EditorPage(browser)
    editor.take("erase")
    editor.drag((0.45, 0.4), (0.5, 0.4))
    editor.wait_shown()
    before = editor.rgba()
    editor.drag((0.45, 0.6), (0.5, 0.6))
    if fault == "the page":
        editor.wait_shown()
    FAULTS[fault](browser)
    if fault == "the page":
        assert browser.wait_over() == "done"
        editor = EditorPage(browser)
    editor.wait_shown()
    # Of both strokes: the engine, of which there may be none if the file came first, is not asked.
    after = editor.rgba()
    assert (after[..., 3] <= before[..., 3]).all(), "what the first one has erased"
    assert (after[..., 3] < before[..., 3]).any(), "what the second one has erased"
    if fault != "the page":  # which begins its steps anew
        editor.undo()
        editor.wait_shown()
        assert np.array_equal(editor.rgba(), before)
    nothing_is_left(browser)


@pytest.mark.fault(
    "the model's worker", "a batch in its middle", "one picture may want another try"
)
@pytest.mark.fault("Python's worker", "a batch in its middle", "one picture may want another try")
@pytest.mark.fault("a PNG worker", "a batch in its middle", "goes on")
@pytest.mark.fault("the engine", "a batch in its middle", "goes on by itself")
@pytest.mark.fault("the service worker", "a batch in its middle", "goes on")
@pytest.mark.fault("the page", "a batch in its middle, loaded anew", "paused, goes on")
@pytest.mark.slow
@pytest.mark.usefixtures("empty_workbench")
@pytest.mark.parametrize("fault", FAULTS)
def test_a_batch_is_made_whole_without(
    browser: OffcutBrowser,
    photos: dict[str, Path],
    portrait: Image.Image,
    tmp_path: Path,
    fault: str,
) -> None:
    start_all(browser, photos["small"])
    open_workbench(browser)
    choose(browser, *[save(portrait, tmp_path / f"{n}.png", (600 + n, 600)) for n in range(4)])
    browser.when(ONE_IS_MADE, "true")
    FAULTS[fault](browser)
    if fault == "the page":
        browser.wait_state("paused")
        browser.click("go-on")
    await_all(browser, 4)
    failed = [name for name, state in states(browser).items() if state == "failed"]
    assert not failed or fault in ("the model's worker", "Python's worker")
    for name in failed:
        press(browser, name, "retry")
    until(lambda: set(states(browser).values()) == {"done"}, "all of them")
    sizes = {picture.size for picture in archived(browser).values()}
    assert sizes == {(600 + n, 600) for n in range(4)}
    nothing_is_left(browser)
