"""Edits of a finished job, as the engine answers them: previewed, saved, after any sleep."""

from __future__ import annotations

import base64
import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from editing import Editor, opened
from native import native_session
from offcut import OffcutOptions, run_pipeline, strokes_from_json
from offcut_browser import OffcutBrowser
from PIL import Image

pytestmark = pytest.mark.weights

ERASE = {"kind": "erase", "radius": 40, "points": [[200, 200], [260, 300]]}
PAINT = {"kind": "paint", "radius": 20, "points": [[480, 30]]}
KEEP = {"kind": "keep", "radius": 12, "points": [[60, 420], [100, 440]]}
REMOVE = {"kind": "remove", "radius": 12, "points": [[150, 380], [160, 460]]}


@pytest.fixture
def editor(browser: OffcutBrowser) -> Editor:
    editor = Editor(browser)
    editor.prepare()
    return editor


@pytest.fixture
def photo(photos: dict[str, Path]) -> bytes:
    return photos["small"].read_bytes()


def in_cpython(picture: bytes, options: dict[str, Any], strokes: list[dict[str, Any]]) -> bytes:
    session, spec = native_session()
    made = OffcutOptions.from_json(options)
    return run_pipeline(picture, session, spec, made, strokes=strokes_from_json(strokes)).encoded


def test_a_saved_edit_is_what_cpython_gives(editor: Editor, photo: bytes) -> None:
    job = editor.open(photo)
    options = {"crop": True, "margin": "10px", "background": "white", "feather": 2}
    strokes = [ERASE, PAINT, KEEP, REMOVE]
    saved = editor.save(job, options=options, strokes=strokes)
    assert saved["code"] == ""
    ours = opened(saved["file"]).astype(int)
    theirs = opened(in_cpython(photo, options, strokes)).astype(int)
    assert ours.shape == theirs.shape == (saved["height"], saved["width"], 4)
    assert (np.abs(ours - theirs).max(axis=2) <= 4).mean() >= 0.995


def test_a_preview_of_a_small_picture_is_the_saved_one(editor: Editor, photo: bytes) -> None:
    job = editor.open(photo)
    edits: list[dict[str, Any]] = [
        {"options": {"shadow": True, "canvas": "640x480", "scale": 0.8}, "strokes": [ERASE]},
        {"options": {"output": "matte"}, "strokes": [PAINT]},
        {"options": {"output": "inverse"}},
    ]
    for edit in edits:
        shown = editor.preview(job, **edit)
        saved = editor.save(job, **edit)
        assert shown["size"] == {"width": saved["width"], "height": saved["height"]}
        assert np.array_equal(shown["image"], opened(saved["file"]))


def test_a_page_with_a_channel_gets_the_pixels_over_it(editor: Editor, photo: bytes) -> None:
    job = editor.open(photo)
    body: dict[str, Any] = {"edit": {"options": {}, "strokes": [ERASE]}, "maxPixels": 2_000_000}
    answer = editor.call("overChannel", job, body)
    pixels = np.frombuffer(base64.b64decode(answer["bytes"]), np.uint8)
    shape = (answer["height"], answer["width"], 4)
    expected = editor.preview(job, strokes=[ERASE])["image"]
    assert np.array_equal(pixels.reshape(shape), expected)


def test_strokes_that_are_undone_leave_nothing(editor: Editor, photo: bytes) -> None:
    job = editor.open(photo)
    before = editor.preview(job)["image"]
    changed = editor.preview(job, strokes=[ERASE, KEEP, REMOVE])["image"]
    assert not np.array_equal(before, changed)
    assert np.array_equal(editor.preview(job)["image"], before)


def test_a_bad_stroke_is_refused_by_name(editor: Editor, photo: bytes) -> None:
    job = editor.open(photo)
    answer = editor.preview(job, strokes=[ERASE | {"kind": "smear"}])
    assert answer["code"] == "BAD_OPTION"
    assert answer["failure"]["detail"] == {"option": "strokes"}


def test_a_background_is_given_once_and_lasts(editor: Editor, photo: bytes) -> None:
    job = editor.open(photo)
    file = io.BytesIO()
    Image.new("RGB", (50, 50), (10, 200, 30)).save(file, "PNG")
    text = base64.b64encode(file.getvalue()).decode()
    assert editor.ask(job, "background", background="green", text=text)["code"] == ""
    edit: dict[str, Any] = {"options": {"background": "picture"}, "background": "green"}
    assert tuple(editor.preview(job, **edit)["image"][0, 511]) == (10, 200, 30, 255)
    editor.browser.devtools.end_worker("python")
    assert tuple(editor.preview(job, **edit)["image"][0, 511]) == (10, 200, 30, 255)
    answer = editor.ask(job, "background", background="bad", text=base64.b64encode(b"?").decode())
    assert answer["code"] == "UNSUPPORTED_FORMAT"


@pytest.mark.fault("Python's worker", "an edit", "the edit is made anew")
def test_an_edit_goes_on_after_python_has_died(editor: Editor, photo: bytes) -> None:
    job = editor.open(photo)
    before = editor.preview(job, strokes=[ERASE])
    editor.browser.devtools.end_worker("python")
    after = editor.preview(job, strokes=[ERASE])
    assert after["code"] == ""
    assert np.array_equal(before["image"], after["image"])
    snapshots = editor.call("snapshots", job)
    assert {each["state"] for each in snapshots[-3:]} == {"done"}


def test_another_quality_is_found_anew(editor: Editor, photo: bytes) -> None:
    job = editor.open(photo)
    fast = editor.preview(job)
    best = editor.preview(job, options={"quality": "best"})
    assert best["code"] == ""
    assert not np.array_equal(fast["image"], best["image"])
    assert np.array_equal(editor.preview(job)["image"], fast["image"])


def test_two_jobs_are_edited_side_by_side(editor: Editor, photo: bytes) -> None:
    first = editor.open(photo)
    one = editor.preview(first, strokes=[ERASE])["image"]
    second = editor.open(photo)
    other = editor.preview(second, strokes=[PAINT])["image"]
    again = editor.preview(first, strokes=[ERASE])
    assert again["code"] == ""
    assert np.array_equal(again["image"], one)
    assert not np.array_equal(one, other)
