"""Taps in the editor: what is missing comes, what is too much goes, and each is one step of undo."""

from __future__ import annotations

import numpy as np
import pytest
from editor_page import EditorPage
from offcut.tapping.guesses import overlap
from tapping import Taps
from waiting import until

pytestmark = pytest.mark.weights

FLAG, FACE = (60.5, 180.5), (220.5, 120.5)
ON_FLAG, ON_FACE = (62, 200), (215, 130)


@pytest.fixture
def taps(editor: EditorPage) -> Taps:
    return Taps(editor)


def test_a_tap_adds_what_is_missing_and_another_takes_what_is_too_much(taps: Taps) -> None:
    before = taps.editor.rgba()[..., 3]
    assert before[180, 60] < 60 and before[120, 220] > 200
    taps.tap(FLAG)
    taps.wait_said("Added.")
    added = taps.editor.rgba()[..., 3]
    assert added[180, 60] > 200 and added[120, 220] > 200
    assert (added.astype(int) - before).clip(0).sum() / 255 > 500, "all of it, and not a dab"
    taps.tap(FACE)
    taps.wait_said("Taken away.")
    taken = taps.editor.rgba()[..., 3]
    assert taken[120, 220] < 60 and taken[180, 60] > 200
    assert [stroke["kind"] for stroke in taps.editor.asked()["strokes"]] == ["add", "take"]


def test_a_second_tap_on_the_same_place_gives_the_next_guess_instead(taps: Taps) -> None:
    taps.tap(FLAG)
    taps.wait_said("(1 of ")
    (first,) = taps.regions()
    taps.tap((FLAG[0] + 2, FLAG[1] - 2))
    taps.wait_said("(2 of ")
    (second,) = taps.regions()
    assert overlap(first, second) < 0.9
    assert first[112, 37] and second[112, 37], "both hold the place"
    count = int(taps.said().rpartition("of ")[2].rstrip(")"))
    for number in [*range(3, count + 1), 1]:
        taps.tap(FLAG)
        taps.wait_said(f"({number} of ")
    assert np.array_equal(taps.regions()[0], first), "after the last comes the first again"


def test_each_tap_is_one_step_of_undo(taps: Taps) -> None:
    before = taps.editor.rgba()
    taps.tap(FLAG)
    taps.wait_said("(1 of ")
    (first,) = taps.regions()
    taps.tap(FLAG)
    taps.wait_said("(2 of ")
    (second,) = taps.regions()
    taps.editor.undo()
    taps.wait_said("(1 of ")
    assert np.array_equal(taps.regions()[0], first)
    taps.editor.undo()
    taps.editor.wait_shown()
    assert (taps.regions(), taps.said()) == ([], "")
    assert np.array_equal(taps.editor.rgba(), before)
    for _ in range(2):
        taps.editor.browser.click("redo")
    taps.wait_said("(2 of ")
    assert np.array_equal(taps.regions()[0], second)


def test_what_a_tap_would_do_is_shown_before_it_and_goes_with_the_pointer(taps: Taps) -> None:
    flag, face = taps.shown(ON_FLAG), taps.shown(ON_FACE)
    taps.point_at(FLAG)
    taps.wait_offer("add")
    until(lambda: greenness(taps.shown(ON_FLAG)) > greenness(flag) + 20, "the flag in green")
    taps.point_at(FACE)
    taps.wait_offer("take")
    until(lambda: greenness(taps.shown(ON_FACE)) < greenness(face) - 20, "the face in red")
    assert taps.shown(ON_FLAG) == flag
    taps.point_at((FACE[0], -3))
    taps.wait_offer("")
    until(lambda: taps.shown(ON_FACE) == face, "the face as it is")
    assert taps.editor.asked()["strokes"] == [], "nothing was done"


def greenness(pixel: list[int]) -> int:
    return pixel[1] - pixel[0]
