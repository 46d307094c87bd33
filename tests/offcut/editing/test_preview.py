"""Previews show what a save gives, smaller."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from offcut import OffcutOptions, Stroke
from offcut.cutout import Cutout, render
from offcut.editing.preview import Previewer
from offcut.errors import OptionsError
from offcut.subject import Subject
from PIL import Image
from subjects import disc, photo_of, source_of, subject_of

STROKES = (
    Stroke("keep", 12, ((240, 150), (250, 160))),
    Stroke("paint", 25, ((60, 60), (90, 70))),
    Stroke("erase", 15, ((150, 120), (180, 130))),
)
EDITS: list[dict[str, Any]] = [
    {},
    {"feather": 3},
    {"feather": 12, "threshold": 0.5},
    {"shift_edge": 4},
    {"shift_edge": -2.5, "feather": 1},
    {"background": "#3060c0"},
    {"background": "#3060c080"},
    {"background": "blur"},
    {"background": "blur", "background_blur": 8, "shadow": True},
    {"shadow": True, "shadow_color": "#802000"},
    {"shadow": True, "background": "white", "format": "jpeg"},
    {"shadow": True, "shadow_kind": "contact", "background": "white"},
    {"shadow": True, "shadow_kind": "cast", "shadow_cast": "60px -40px"},
    {"crop": True, "margin": "10%"},
    {"crop": True, "aspect": "1:1", "background": "black"},
    {"canvas": "300x200", "scale": 0.7},
    {"output": "matte", "feather": 2},
    {"output": "inverse"},
    {"format": "jpeg"},
]


@pytest.fixture(scope="module")
def subject() -> Subject:
    truth = disc(300, 400, radius=90, softness=6)
    return subject_of(truth, photo_of(truth))


def saved(subject: Subject, strokes: tuple[Stroke, ...] = (), **options: Any) -> NDArray[np.uint8]:
    made: Cutout = render(subject, OffcutOptions(**options), strokes=strokes)
    return made.rgba()


def shown(
    previewer: Previewer, strokes: tuple[Stroke, ...] = (), **options: Any
) -> NDArray[np.uint8]:
    return previewer.preview(OffcutOptions(**options), strokes).pixels


def test_a_preview_of_a_small_picture_is_the_saved_one(subject: Subject) -> None:
    """One previewer for all: whatever it keeps from one edit must not show in the next."""
    previewer = Previewer(subject)
    for strokes in (STROKES[:0], STROKES, STROKES[:1]):
        for edit in EDITS:
            expected = saved(subject, strokes, **edit)
            assert np.array_equal(shown(previewer, strokes, **edit), expected), (edit, strokes)


def over_grey(rgba: NDArray[np.uint8]) -> NDArray[np.float64]:
    share = rgba[..., 3:] / 255
    return rgba[..., :3] * share + 128 * (1 - share)


@pytest.mark.parametrize("edit", EDITS, ids=str)
def test_a_preview_of_a_large_picture_is_the_saved_one_smaller(
    subject: Subject, edit: dict[str, Any]
) -> None:
    preview = Previewer(subject, 30_000).preview(OffcutOptions(**edit), STROKES)
    height, width = preview.pixels.shape[:2]
    assert height * width <= 31_000
    full = saved(subject, STROKES, **edit)
    assert preview.size == pytest.approx(full.shape[:2], abs=4)
    small = np.asarray(
        Image.fromarray(full)
        .convert("RGBa")
        .resize((width, height), Image.Resampling.BOX)
        .convert("RGBA")
    )
    difference = np.abs(over_grey(preview.pixels) - over_grey(small))
    assert difference.mean() < 3
    assert (difference.max(axis=2) > 40).mean() < 0.02


def test_strokes_that_are_undone_leave_nothing(subject: Subject) -> None:
    previewer = Previewer(subject, 30_000)
    before = shown(previewer, feather=1)
    assert not np.array_equal(shown(previewer, STROKES, feather=1), before)
    assert np.array_equal(shown(previewer, feather=1), before)


def test_a_preview_stays_as_it_is_when_the_next_one_is_made(subject: Subject) -> None:
    previewer = Previewer(subject)
    first = shown(previewer)
    copy = first.copy()
    shown(previewer, STROKES, feather=5)
    assert np.array_equal(first, copy)


def test_where_a_preview_lies_in_the_source(subject: Subject) -> None:
    previewer = Previewer(subject, 30_000)
    whole = previewer.preview(OffcutOptions())
    assert whole.source_size == (300, 400)
    assert whole.box == pytest.approx((0, 0, 400, 300))
    cropped = previewer.preview(OffcutOptions(crop=True))
    assert cropped.box == pytest.approx((107, 57, 293, 243), abs=6)
    assert cropped.space == (0, 0)
    wide = previewer.preview(OffcutOptions(crop=True, aspect="2:1"))
    assert wide.space == pytest.approx((0, 186), abs=12)


def test_an_empty_preview_says_so() -> None:
    nothing = subject_of(np.zeros((40, 50), np.uint8))
    assert Previewer(nothing).preview(OffcutOptions()).is_empty
    painted = [Stroke("paint", 5, ((20, 20),))]
    assert not Previewer(nothing).preview(OffcutOptions(), painted).is_empty


def test_a_background_picture_is_needed_and_shown(subject: Subject) -> None:
    previewer = Previewer(subject, 30_000)
    options = OffcutOptions(background="picture")
    with pytest.raises(OptionsError):
        previewer.preview(options)
    green = source_of(np.full((500, 500, 3), (10, 200, 30), np.uint8))
    pixels = previewer.preview(options, background_picture=green).pixels
    assert tuple(pixels[0, 0]) == (10, 200, 30, 255)
