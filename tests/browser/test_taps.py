"""Taps on a picture, as the engine answers them: the same as in CPython, after any loss."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from editing import Editor, opened
from native import native_session
from numpy.typing import NDArray
from offcut import run_pipeline, strokes_from_json
from offcut.editing.regions import Region
from offcut.tapping.guesses import overlap
from offcut.tapping.tap_json import tap_from_json
from offcut.tapping.tapper import Tapper
from offcut_browser import OffcutBrowser

pytestmark = pytest.mark.weights

FLAG = {"x": 60.5, "y": 180.5, "kind": "add"}
FACE = {"x": 220.5, "y": 120.5, "kind": "take"}
PLACE = {"x": 220.5, "y": 120.5}
WALL = {"x": 400.5, "y": 40.5, "kind": "add"}
EDIT: dict[str, Any] = {"options": {}, "strokes": []}


@pytest.fixture
def editor(browser: OffcutBrowser) -> Editor:
    editor = Editor(browser)
    editor.prepare()
    return editor


@pytest.fixture
def photo(photos: dict[str, Path]) -> bytes:
    return photos["small"].read_bytes()


def tapped(editor: Editor, job: str, tap: dict[str, Any], **body: Any) -> list[dict[str, Any]]:
    answer = editor.ask(job, "tap", **{"edit": EDIT, "tap": tap, "taps": []} | body)
    assert answer["code"] == "", answer
    return answer["guesses"]


def masks(guesses: list[dict[str, Any]]) -> list[NDArray[np.bool_]]:
    regions = strokes_from_json(guesses)
    return [region.mask() for region in regions if isinstance(region, Region)]


def in_cpython(picture: bytes, tap: dict[str, Any]) -> list[dict[str, Any]]:
    session, spec = native_session()
    subject = run_pipeline(picture, session, spec).subject
    steps = Tapper(subject).tap_steps(tap_from_json(tap), (), (), spec)
    try:
        request = next(steps)
        while True:
            request = steps.send(session.run(request.feeds, request.fetch))
    except StopIteration as end:
        return [guess.to_json() for guess in end.value]


@pytest.mark.parametrize("tap", [FLAG, FACE, PLACE], ids=["add", "take", "either"])
def test_a_tap_means_the_same_in_both_runtimes(
    editor: Editor, photo: bytes, tap: dict[str, Any]
) -> None:
    theirs = masks(in_cpython(photo, tap))
    ours = masks(tapped(editor, editor.open(photo), tap))
    assert len(ours) == len(theirs) >= 3
    for one, other in zip(ours, theirs, strict=True):
        assert overlap(one, other) > 0.97


def test_a_guess_that_is_taken_is_in_preview_and_file_and_can_be_undone(
    editor: Editor, photo: bytes
) -> None:
    job = editor.open(photo)
    before = editor.preview(job)["image"]
    guess = tapped(editor, job, FLAG)[0]
    shown = editor.preview(job, strokes=[guess])["image"]
    assert int(shown[180, 60, 3]) > 200 > int(before[180, 60, 3])
    assert np.array_equal(opened(editor.save(job, strokes=[guess])["file"]), shown)
    edit = EDIT | {"strokes": [guess]}
    assert tapped(editor, job, FLAG, edit=edit) == [], "it is there by now"
    assert tapped(editor, job, FLAG | {"kind": "take"}, edit=edit)
    assert np.array_equal(editor.preview(job)["image"], before)


def test_a_hover_is_answered_and_agrees_with_the_tap_once_the_looks_are_known(
    editor: Editor, photo: bytes
) -> None:
    job = editor.open(photo)
    assert tapped(editor, job, FLAG, isHover=True)
    guesses = tapped(editor, job, FLAG)
    assert tapped(editor, job, FLAG, isHover=True) == guesses


@pytest.mark.fault("both workers", "a tap", "answered by new ones")
def test_a_tap_is_answered_after_the_workers_have_died(editor: Editor, photo: bytes) -> None:
    job = editor.open(photo)
    guesses = tapped(editor, job, FLAG)
    for worker in ("python", "model"):
        editor.browser.devtools.end_worker(worker)
        assert tapped(editor, job, FLAG) == guesses


def test_what_is_no_tap_is_refused(editor: Editor, photo: bytes) -> None:
    job = editor.open(photo)
    answer = editor.ask(job, "tap", edit=EDIT, tap=FLAG | {"kind": "keep"}, taps=[])
    assert answer["code"] == "BAD_OPTION"


def test_a_click_in_a_page_gets_nothing_that_the_network_has_not_seen(
    editor: Editor, photo: bytes
) -> None:
    job = editor.open(photo)
    for place in (WALL, FACE | {"kind": "add"}):
        assert tapped(editor, job, place, isClick=True) == []
