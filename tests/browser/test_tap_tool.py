"""Taps in the editor: what is missing comes, what is too much goes, and undo takes them back."""

from __future__ import annotations

import numpy as np
import pytest
from editor_page import EditorPage
from held_jobs import held
from offcut.tapping.guesses import overlap
from selenium.webdriver import Keys
from tapping import Taps
from waiting import until

pytestmark = pytest.mark.weights

FLAG, FACE, SUIT = (60.5, 180.5), (220.5, 120.5), (200.5, 330.5)
ON_FLAG, ON_SUIT = (62, 200), (190, 340)


@pytest.fixture
def taps(editor: EditorPage) -> Taps:
    return Taps(editor)


def test_a_tap_adds_what_is_missing_and_another_takes_what_is_too_much(taps: Taps) -> None:
    before = taps.editor.rgba()[..., 3]
    assert before[180, 60] < 60 and before[330, 200] > 200
    taps.tap(FLAG)
    taps.wait_said("Added.")
    added = taps.editor.rgba()[..., 3]
    assert added[180, 60] > 200 and added[330, 200] > 200
    assert (added.astype(int) - before).clip(0).sum() / 255 > 500, "all of it, and not a dab"
    taps.tap(SUIT)
    taps.wait_said("Taken away.")
    taken = taps.editor.rgba()[..., 3]
    assert taken[330, 200] < 60 and taken[180, 60] > 200
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
    flag, suit = taps.shown(ON_FLAG), taps.shown(ON_SUIT)
    taps.point_at(FLAG)
    taps.wait_offer("add")
    until(lambda: greenness(taps.shown(ON_FLAG)) > greenness(flag) + 20, "the flag in green")
    taps.point_at(SUIT)
    taps.wait_offer("take")
    until(lambda: greenness(taps.shown(ON_SUIT)) < greenness(suit) - 20, "the suit in red")
    assert taps.shown(ON_FLAG) == flag
    taps.point_at((FACE[0], -3))
    taps.wait_offer("")
    until(lambda: taps.shown(ON_SUIT) == suit, "the suit as it is")
    assert taps.editor.asked()["strokes"] == [], "nothing was done"


def test_a_pointer_at_the_place_of_the_last_tap_shows_the_next_guess(taps: Taps) -> None:
    taps.tap(FLAG)
    taps.wait_said("(1 of ")
    assert taps.offers() == "", "first the result is looked at"
    taps.point_at((FLAG[0] + 6, FLAG[1]))
    taps.wait_offer("add")
    taps.point_at(SUIT)
    taps.wait_offer("take")


def test_a_tap_that_finds_nothing_says_so_and_names_the_brushes(taps: Taps) -> None:
    taps.tap((FLAG[0], -3))
    taps.wait_said("Nothing found here")
    assert "Keep or Remove" in taps.said()
    assert not taps.editor.browser.element("undo").is_enabled()
    taps.editor.take("keep")
    assert taps.said() == "", "it was said of the tap"


def test_taps_hit_at_every_zoom_and_a_drag_moves_the_picture(taps: Taps) -> None:
    editor = taps.editor
    editor.press(*"1++++")
    until(lambda: editor.browser.element("zoom").text.startswith("244"), "a large picture")
    before = taps.on_stage(FLAG)
    while taps.on_stage(FLAG)[0] < 40:
        editor.drag((0.3, 0.4), (0.6, 0.45))
    assert taps.on_stage(FLAG)[0] > before[0] + 100
    assert editor.asked()["strokes"] == [], "a drag is no tap"
    taps.tap(FLAG)
    taps.wait_said("Added.")
    assert taps.regions()[0][112, 37]


def test_keys_move_a_cross_and_tap(taps: Taps) -> None:
    editor = taps.editor
    editor.take("hand")
    editor.press("t")
    assert editor.browser.element("tool-tap").is_selected()
    width, height = editor.size()
    x, y = taps.on_stage(SUIT)
    left, down = round((width / 2 - x) / 16), round((y - height / 2) / 16)
    editor.press(*[Keys.ARROW_LEFT] * left, *[Keys.ARROW_DOWN] * down)
    taps.wait_offer("take")
    editor.press(Keys.ENTER)
    taps.wait_said("Taken away.")
    (region,) = taps.regions()
    assert region[region.shape[0] * 330 // 512, region.shape[1] * 200 // 512]


def test_a_finger_taps_and_two_fingers_only_zoom(taps: Taps) -> None:
    x, y = taps.in_window(FLAG)
    for apart in (20, 30, 40):
        taps.editor.touch((x - apart, y), (x + apart, y))
    taps.editor.touch()
    taps.editor.press("0")
    taps.editor.wait_shown()
    assert taps.editor.asked()["strokes"] == []
    taps.editor.touch(taps.in_window(FLAG))
    taps.editor.touch()
    taps.wait_said("Added.")
    assert taps.offers() == "", "a finger that is lifted points nowhere"


def test_who_taps_again_before_the_first_answer_has_not_refused_it(taps: Taps) -> None:
    with held(taps.editor.browser.devtools) as await_held:
        for _ in range(3):
            taps.editor.touch(taps.in_window(FLAG))
            taps.editor.touch()
        await_held()
    taps.wait_said("(1 of ")
    taps.tap(SUIT)  # answered after all of those
    taps.wait_said("Taken away.")
    assert [stroke["kind"] for stroke in taps.editor.asked()["strokes"]] == ["add", "take"]


def test_what_was_tapped_is_there_when_the_page_is_opened_again(taps: Taps) -> None:
    taps.tap(FLAG)
    taps.wait_said("Added.")
    before, edit = taps.editor.rgba(), taps.editor.asked()
    taps.editor.driver.refresh()
    assert taps.editor.browser.wait_over() == "done"
    again = Taps(EditorPage(taps.editor.browser))
    assert again.editor.asked() == edit
    assert np.array_equal(again.editor.rgba(), before)
    again.tap(FLAG)
    again.wait_said("Taken away.")
    assert again.editor.rgba()[180, 60, 3] < 60


def test_a_file_is_made_ahead_although_a_pointer_passed_over_the_picture(taps: Taps) -> None:
    size = taps.editor.browser.element("file-size")
    taps.tap(FLAG)
    taps.wait_said("Added.")
    for x in range(40, 480, 40):
        taps.point_at((x, 300))
    until(lambda: size.get_attribute("data-state") == "ready", "the size of the file")


def greenness(pixel: list[int]) -> int:
    return pixel[1] - pixel[0]


def test_a_link_may_bring_the_tap_to_the_hand(editor: EditorPage) -> None:
    browser = editor.browser
    assert not browser.element("tool-tap").is_selected()
    browser.driver.get(browser.driver.current_url + "&by=tap")
    assert browser.wait_over() == "done"
    until(lambda: browser.element("tool-tap").is_selected(), "the tap in the hand")
