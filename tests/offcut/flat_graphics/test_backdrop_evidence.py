"""A portrait before a studio's backdrop of which the network saw the face only comes out whole."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from offcut.flat_graphics.backdrop_evidence import add_missed_parts
from PIL import Image, ImageDraw
from portraits import BODY, HEAD, JACKET, SIZE, Mask, backdrop, marked, portrait


def saw(mask: Mask) -> NDArray[np.float32]:
    """What a network gives that saw this, and has a trace of haze everywhere."""
    return np.where(mask, 0.97, 0.04).astype(np.float32)


def iou(alpha: NDArray[np.float32], truth: Mask) -> float:
    return float(((alpha > 0.5) & truth).sum() / ((alpha > 0.5) | truth).sum())


@pytest.mark.parametrize("jacket", [JACKET, (12, 12, 14), (236, 236, 240), (150, 60, 60)])
def test_the_clothes_go_with_the_face(jacket: tuple[int, int, int]) -> None:
    picture = backdrop()
    truth = portrait(picture, BODY, jacket)
    found = add_missed_parts(picture, saw(HEAD))
    assert iou(found, truth) > 0.96
    assert found[~truth].mean() < 0.02, "the haze is taken off"


def test_a_fold_that_has_the_color_of_the_backdrop_is_no_gap() -> None:
    picture = backdrop()
    truth = portrait(picture, BODY, JACKET)
    line = [(60, 155), (75, 118), (84, 150), (100, 112)]
    mask = Image.new("1", (SIZE, SIZE))
    ImageDraw.Draw(mask).line(line, fill=1, width=2)
    fold = np.asarray(mask)
    picture.paste(backdrop(), mask=mask)
    assert add_missed_parts(picture, saw(HEAD))[fold & truth].min() > 0.9


def test_shoulders_as_wide_as_the_picture_are_added_where_half_of_them_was_seen() -> None:
    picture = backdrop()
    body = [(0, 160), (0, 125), (60, 92), (100, 92), (160, 125), (160, 160)]
    truth = portrait(picture, body, JACKET)
    half = truth & (np.arange(SIZE) < 95)
    assert iou(add_missed_parts(picture, saw(half)), truth) > 0.96


def test_a_horizon_behind_a_whole_person_is_no_shoulders() -> None:
    picture = backdrop()
    ImageDraw.Draw(picture).rectangle((0, 122, SIZE, SIZE), fill=(40, 60, 40))
    seen = saw(portrait(picture, BODY, JACKET))
    assert np.array_equal(add_missed_parts(picture, seen), seen)


def test_a_warmer_patch_of_the_backdrop_is_not_the_persons() -> None:
    picture = backdrop()
    patch = Image.new("L", (SIZE, SIZE))
    ImageDraw.Draw(patch).rectangle((40, 90, 90, SIZE), fill=255)
    picture.paste(backdrop((197, 190, 184)), mask=patch)
    portrait(picture, [], JACKET)
    seen = saw(HEAD)
    assert np.array_equal(add_missed_parts(picture, seen), seen)


def test_shoulders_that_reach_both_sides_are_added_to_the_middle() -> None:
    picture = backdrop()
    body = [(0, 160), (0, 125), (60, 92), (100, 92), (160, 125), (160, 160)]
    truth = portrait(picture, body, JACKET)
    middle = truth & (abs(np.arange(SIZE) - 80) < 35)
    assert iou(add_missed_parts(picture, saw(middle)), truth) > 0.96


@pytest.mark.parametrize("depth", [SIZE, 140], ids=["table", "skirting board"])
def test_a_table_is_not_of_what_stands_on_it(depth: int) -> None:
    picture = backdrop()
    ImageDraw.Draw(picture).rectangle((0, 120, SIZE, depth), fill=(110, 74, 40))
    vase = marked("ellipse", (60, 60, 100, 125))
    ImageDraw.Draw(picture).ellipse((60, 60, 100, 125), fill=(40, 90, 160))
    seen = saw(vase)
    assert add_missed_parts(picture, seen) is seen


def test_a_shadow_on_the_backdrop_is_none_of_the_subject() -> None:
    picture = backdrop()
    pixels = np.asarray(picture).astype(np.float32)
    shadow = marked("ellipse", (95, 45, 150, 160))
    pixels[shadow] *= 0.75
    picture = Image.fromarray(pixels.astype(np.uint8))
    truth = portrait(picture, BODY, JACKET)
    found = add_missed_parts(picture, saw(HEAD))
    assert iou(found, truth) > 0.93
    assert (found[shadow & ~truth] > 0.5).mean() < 0.1


def test_another_thing_before_the_same_backdrop_stays_out() -> None:
    picture = backdrop()
    truth = portrait(picture, BODY, JACKET)
    ImageDraw.Draw(picture).rectangle((130, 120, 150, 150), fill=(200, 40, 40))
    found = add_missed_parts(picture, saw(HEAD))
    assert iou(found, truth) > 0.96
    assert found[120:150, 132:148].max() < 0.2


def test_what_hangs_from_above_is_no_part_of_a_person() -> None:
    picture = backdrop()
    portrait(picture, BODY, JACKET)
    ImageDraw.Draw(picture).rectangle((50, 0, 75, 60), fill=(90, 60, 30))
    seen = saw(HEAD)
    assert add_missed_parts(picture, seen) is seen


def test_a_whole_subject_and_a_busy_background_are_left_alone() -> None:
    picture = backdrop()
    truth = portrait(picture, BODY, JACKET)
    seen = saw(truth)
    assert add_missed_parts(picture, seen) is seen
    noise = np.random.default_rng(2).integers(0, 255, (SIZE, SIZE, 3)).astype(np.uint8)
    seen = saw(HEAD)
    assert add_missed_parts(Image.fromarray(noise), seen) is seen


def test_nothing_is_made_of_nothing() -> None:
    picture = backdrop()
    portrait(picture, BODY, JACKET)
    seen = saw(np.zeros((SIZE, SIZE), np.bool_))
    assert add_missed_parts(picture, seen) is seen
