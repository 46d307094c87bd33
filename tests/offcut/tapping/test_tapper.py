"""What a tap may mean: the guesses, their order, and which looks of the network they need."""

from __future__ import annotations

import numpy as np
import pytest
from discs import BOTH, HEIGHT, LEFT, RIGHT, WIDTH, Answer, ask, scene_of, sees_nothing, sees_red
from offcut.editing.regions import region_of
from offcut.editing.retouch import retouch
from offcut.errors import OptionsError
from offcut.tapping.guesses import overlap
from offcut.tapping.scene import Tap
from offcut.tapping.tap_json import tap_from_json
from offcut.tapping.tap_sessions import TapSessions
from offcut.tapping.tapper import Tapper
from subjects import photo_of, subject_of


@pytest.mark.parametrize("answer", [sees_red, sees_nothing])
def test_a_tap_on_a_missing_thing_adds_it_whole(answer: Answer) -> None:
    subject = scene_of(LEFT)
    guesses, looks = ask(Tapper(subject), Tap(230, 120, "add"), answer)
    assert looks > 0
    assert overlap(guesses[0].mask(), RIGHT >= 128) > 0.85
    found = retouch(subject, [guesses[0]]).alpha
    assert np.abs(found.astype(int) - BOTH).mean() < 1.5


def test_a_tap_without_a_kind_adds_what_is_missing_and_takes_what_is_too_much() -> None:
    tapper = Tapper(scene_of(LEFT))
    for tap, answer in ((Tap(230, 120, "add"), sees_red), (Tap(80, 120, "take"), sees_nothing)):
        guesses, _ = ask(tapper, Tap(tap.x, tap.y), answer)
        assert guesses == ask(tapper, tap, answer)[0] != []
        assert {guess.kind for guess in guesses} == {tap.kind}
        tapper = Tapper(scene_of(LEFT))


def test_a_tap_on_what_is_too_much_takes_it_and_no_more() -> None:
    subject = scene_of(BOTH)
    guesses, _ = ask(Tapper(subject), Tap(230, 120, "take"))
    found = retouch(subject, [guesses[0]]).alpha
    assert np.abs(found.astype(int) - LEFT).mean() < 1


def test_every_guess_holds_the_tap_and_changes_something() -> None:
    for tap, held in ((Tap(215, 110, "add"), LEFT), (Tap(215, 110, "take"), BOTH)):
        guesses, _ = ask(Tapper(scene_of(held)), tap)
        assert guesses
        for guess in guesses:
            mask = guess.mask()
            assert mask[110, 215]
            is_done = held >= 230 if tap.kind == "add" else held < 25
            assert not (mask & is_done).any()


def test_no_two_guesses_are_the_same() -> None:
    guesses, _ = ask(Tapper(scene_of(LEFT)), Tap(230, 120, "add"))
    masks = [guess.mask() for guess in guesses]
    pairs = [(one, two) for at, one in enumerate(masks) for two in masks[:at]]
    assert all(overlap(one, two) < 0.9 for one, two in pairs)


def test_where_nothing_can_change_there_is_no_guess() -> None:
    tapper = Tapper(scene_of(LEFT))
    assert ask(tapper, Tap(80, 120, "add")) == ([], 0), "no look is needed to see that"
    assert ask(tapper, Tap(230, 120, "take")) == ([], 0)
    for x, y in ((-1, 5), (5, -0.1), (WIDTH, 5), (5, HEIGHT)):
        assert ask(tapper, Tap(x, y, "add")) == ([], 0)


def test_where_nothing_is_found_yet_a_tap_adds_the_thing_and_not_the_picture() -> None:
    tapper = Tapper(scene_of(np.zeros_like(BOTH)))
    for answer in (sees_red, sees_nothing):
        guesses, _ = ask(tapper, Tap(230, 120, "add"), answer)
        assert overlap(guesses[0].mask(), RIGHT >= 128) > 0.85
        assert all(guess.mask().mean() < 0.5 for guess in guesses)


def test_what_was_done_before_counts() -> None:
    tapper = Tapper(scene_of(LEFT))
    done = region_of("add", RIGHT >= 128)
    assert ask(tapper, Tap(230, 120, "add"), sees_red, [done], [])[0] == []
    guesses, _ = ask(tapper, Tap(230, 120, "take"), sees_red, [done], [])
    assert overlap(guesses[0].mask(), RIGHT >= 128) > 0.85


def test_a_place_that_was_tapped_the_other_way_stays_out() -> None:
    joined = np.maximum(BOTH, np.where(np.abs(np.arange(HEIGHT) - 120)[:, None] < 6, 255, 0))
    subject = subject_of(np.zeros((HEIGHT, WIDTH), np.uint8), photo_of(joined.astype(np.uint8)))
    earlier = [Tap(80, 120, "take")]
    guesses, _ = ask(Tapper(subject), Tap(230, 120, "add"), sees_red, [], earlier)
    assert not guesses[0].mask()[120, 80]


def test_looks_are_remembered_and_a_hover_needs_none() -> None:
    tapper = Tapper(scene_of(LEFT))
    hovered, looks = ask(tapper, Tap(225, 110, "add"), way="hover")
    assert looks == 0
    assert hovered
    first, looks = ask(tapper, Tap(225, 110, "add"))
    assert looks > 0
    assert ask(tapper, Tap(226, 111, "add"))[1] == 0, "a neighbour shares the crops"
    assert ask(tapper, Tap(225, 110, "add"), way="hover") == (first, 0)


def test_ahead_of_taps_the_network_looks_and_a_hover_knows_it() -> None:
    tapper = Tapper(scene_of(LEFT))
    assert ask(tapper, Tap(80, 120), sees_red, way="ahead") == ([], 1)
    assert ask(tapper, Tap(81, 121), sees_red, way="ahead") == ([], 0)
    (first, *_), looks = ask(tapper, Tap(80, 120), way="hover")
    assert looks == 0
    assert not first.mask().any(), "all is well there"


def test_a_click_in_a_page_gets_what_the_network_sees_and_nothing_else() -> None:
    guesses, _ = ask(Tapper(scene_of(LEFT)), Tap(230, 120, "add"), way="click")
    assert overlap(guesses[0].mask(), RIGHT >= 128) > 0.85
    unseen = Tap(230, 120, "add")
    assert ask(Tapper(scene_of(LEFT)), unseen, sees_nothing)[0], "a tap there means it"
    assert ask(Tapper(scene_of(LEFT)), unseen, sees_nothing, way="click")[0] == []
    for beside in (Tap(160, 20, "add"), Tap(80, 120, "add")):
        assert ask(Tapper(scene_of(LEFT)), beside, way="click")[0] == []


def test_the_same_tap_has_the_same_answer() -> None:
    tap = Tap(230.2, 119.7, "add")
    assert ask(Tapper(scene_of(LEFT)), tap) == ask(Tapper(scene_of(LEFT)), tap)


@pytest.mark.parametrize("size", [(1, 1), (1, 40), (3, 2), (900, 7)])
def test_a_picture_of_any_size_can_be_tapped(size: tuple[int, int]) -> None:
    subject = subject_of(np.zeros(size, np.uint8), np.full((*size, 3), 90, np.uint8))
    guesses, _ = ask(Tapper(subject), Tap(size[1] / 2, size[0] / 2, "add"))
    retouch(subject, guesses)


@pytest.mark.parametrize(
    "value",
    [None, [], {}, {"x": 1}, {"x": 1, "y": 1, "kind": "keep"},
     {"x": True, "y": 1, "kind": "add"}, {"x": float("nan"), "y": 1, "kind": "add"},
     {"x": "1", "y": 1, "kind": "add"}, {"x": 1, "y": 1, "kind": "add", "z": 1}],
)  # fmt: skip
def test_what_is_no_tap_is_a_bad_option(value: object) -> None:
    with pytest.raises(OptionsError):
        tap_from_json(value)


def test_a_tapper_is_kept_for_its_subject_until_the_job_is_forgotten() -> None:
    sessions, subject = TapSessions(), scene_of(LEFT)
    tapper = sessions.tapper("a/fast/", subject)
    assert sessions.tapper("a/fast/", subject) is tapper
    assert sessions.tapper("a/fast/", scene_of(LEFT)) is not tapper, "it is found anew"
    again = sessions.tapper("a/fast/", subject)
    sessions.forget("b")
    assert sessions.tapper("a/fast/", subject) is again
    sessions.forget("a")
    last = sessions.tapper("a/fast/", subject)
    assert last is not again
    sessions.make_room()
    assert sessions.tapper("a/fast/", subject) is not last
