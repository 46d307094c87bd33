"""Which way a tap goes: what is half clear, what is right already, what was tapped before."""

from __future__ import annotations

import numpy as np
import pytest
from discs import BOTH, LEFT, RIGHT, ask, scene_of, sees_nothing, sees_red
from offcut.editing.retouch import retouch
from offcut.tapping.guesses import overlap
from offcut.tapping.scene import Tap
from offcut.tapping.tapper import Tapper

VEIL = np.where(RIGHT >= 128, 150, 0).astype(np.uint8)


@pytest.mark.parametrize("opacity", [60, 150, 215])
def test_what_is_half_clear_is_completed_or_taken_as_a_person_wants(opacity: int) -> None:
    veil = np.where(RIGHT >= 128, opacity, 0).astype(np.uint8)
    subject = scene_of(np.maximum(LEFT, veil))
    guesses, _ = ask(Tapper(subject), Tap(230, 120))
    kinds = [guess.kind for guess in guesses[:2]]
    assert kinds == (["take", "add"] if opacity < 100 else ["add", "take"]), "the nearest first"
    for guess in guesses[:2]:
        found = retouch(subject, [guess]).alpha
        wanted = BOTH if guess.kind == "add" else LEFT
        assert np.abs(found.astype(int) - wanted).mean() < 1.5


def test_a_veil_over_half_of_a_thing_is_completed_to_the_thing() -> None:
    held = RIGHT.copy()
    held[120:] = held[120:] // 10 * 6
    subject = scene_of(held)
    (first, *_), _ = ask(Tapper(subject), Tap(230, 140))
    assert first.kind == "add"
    assert np.abs(retouch(subject, [first]).alpha.astype(int) - RIGHT).mean() < 1.5


def test_what_is_faint_in_what_goes_goes_with_it() -> None:
    held = BOTH.copy()
    held[120:, 160:] = held[120:, 160:] // 10 * 3
    subject = scene_of(held)
    (first, *_), _ = ask(Tapper(subject), Tap(230, 100, "take"))
    assert np.abs(retouch(subject, [first]).alpha.astype(int) - LEFT).mean() < 1.5


def test_what_is_half_clear_can_be_asked_for_by_name() -> None:
    subject = scene_of(np.maximum(LEFT, VEIL))
    for kind in ("add", "take"):
        guesses, _ = ask(Tapper(subject), Tap(230, 120, kind))
        assert {guess.kind for guess in guesses} == {kind}


def test_a_tap_where_nothing_is_wrong_changes_nothing_but_offers_to() -> None:
    place = Tap(80, 120)
    (first, *others), _ = ask(Tapper(scene_of(LEFT)), place)
    assert not first.mask().any()
    assert retouch(scene_of(LEFT), [first]).alpha.tolist() == LEFT.tolist()
    assert all(each.mask()[int(place.y), int(place.x)] for each in others)
    assert others
    missing, _ = ask(Tapper(scene_of(LEFT)), Tap(230, 120), sees_nothing)
    assert missing[0].mask().any(), "what nobody sees may be missing all the same"
    named = place._replace(kind=first.kind)
    assert ask(Tapper(scene_of(LEFT)), named)[0][:4] == others[:4], "it was asked for"


def test_before_the_network_has_looked_nobody_says_that_all_is_well() -> None:
    (first, *_), looks = ask(Tapper(scene_of(LEFT)), Tap(80, 120), way="hover")
    assert looks == 0
    assert first.mask().any()


def test_what_was_added_by_a_tap_can_be_taken_at_the_same_place() -> None:
    subject = scene_of(BOTH)
    earlier = [Tap(228, 121, "add")]
    guesses, _ = ask(Tapper(subject), Tap(230, 120, "take"), sees_red, [], earlier)
    assert overlap(guesses[0].mask(), RIGHT >= 128) > 0.85
