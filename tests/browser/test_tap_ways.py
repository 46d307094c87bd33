"""Which way a tap in the editor goes: as was shown, either where it is half clear, or none."""

from __future__ import annotations

import os

import numpy as np
import pytest
from editor_page import EditorPage
from offcut.tapping.guesses import overlap
from tapping import CELLS, Taps

pytestmark = pytest.mark.weights

FLAG, FACE, VEIL = (60.5, 180.5), (220.5, 120.5), (17, 297)


@pytest.fixture
def taps(editor: EditorPage) -> Taps:
    return Taps(editor)


def test_a_tap_does_what_was_shown_before_it(taps: Taps) -> None:
    taps.stay_with_first_offers()
    before = taps.seen()
    taps.point_at(FLAG)
    taps.wait_offer("add")
    tinted = (taps.seen() != before).any(axis=2)
    taps.tap(FLAG)
    taps.wait_said("(1 of ")
    (region,) = taps.regions()
    rows, columns = (np.arange(CELLS) + 0.5) * np.array(region.shape)[:, None] / CELLS
    done = region[np.ix_(rows.astype(int), columns.astype(int))]
    assert overlap(tinted, done) > 0.8, "which the network's look would have changed"


def test_what_is_half_clear_is_completed_and_a_second_tap_takes_it(taps: Taps) -> None:
    before = taps.editor.rgba()[..., 3]
    assert 120 < before[VEIL[1], VEIL[0]] < 170
    taps.point_at(VEIL)
    taps.wait_offer("add")
    taps.tap(VEIL)
    taps.wait_said("Added. Or should it go? Tap there again. (1 of ")
    photograph(taps, "half-clear-added")
    added = taps.editor.rgba()[..., 3]
    assert added[VEIL[1], VEIL[0]] > 240
    taps.tap(VEIL)
    taps.wait_said("Taken away. Or does it belong there? Tap there again. (2 of ")
    photograph(taps, "half-clear-taken")
    taken = taps.editor.rgba()[..., 3]
    assert taken[VEIL[1], VEIL[0]] < 20
    assert [stroke["kind"] for stroke in taps.editor.asked()["strokes"]] == ["take"]


def test_a_tap_on_what_is_right_changes_nothing_until_it_is_tapped_again(taps: Taps) -> None:
    before = taps.editor.rgba()
    taps.tap(FACE)
    taps.wait_said("This looks right, so nothing was changed.")
    photograph(taps, "nothing-wrong")
    assert taps.regions() == []
    assert not taps.editor.browser.element("undo").is_enabled()
    taps.tap(FACE)
    taps.wait_said("Taken away.")
    assert taps.editor.rgba()[120, 220, 3] < 60
    taps.editor.undo()
    taps.editor.wait_shown()
    assert np.array_equal(taps.editor.rgba(), before)


def photograph(taps: Taps, name: str) -> None:
    """Keep what is seen where somebody wants to look at it."""
    if folder := os.environ.get("OFFCUT_PHOTOGRAPHS"):
        taps.editor.driver.save_screenshot(f"{folder}/{name}.png")
