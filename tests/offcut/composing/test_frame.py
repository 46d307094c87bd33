"""Where the source lies in the finished picture."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from offcut import OffcutError, OffcutOptions
from offcut.composing.frame import Box, Frame, subject_box
from offcut.composing.plan_frame import plan_frame
from subjects import disc

SIZE = (96, 128)
BOX = Box(20, 30, 60, 110)  # 40 high, 80 wide


def frame(**options: Any) -> Frame:
    return plan_frame(SIZE, BOX, OffcutOptions(**options))


def box_in(planned: Frame) -> Box:
    """Where the subject's box has come to, to the nearest pixel."""
    down, across = planned.scale
    top, bottom = (round(side * down) + planned.top for side in (BOX.top, BOX.bottom))
    left, right = (round(side * across) + planned.left for side in (BOX.left, BOX.right))
    return Box(top, left, bottom, right)


def test_the_box_of_a_disc_is_its_diameter_around_its_centre() -> None:
    assert subject_box(disc(96, 128, radius=30)) == Box(18, 34, 78, 94)


def test_the_box_of_one_pixel_is_that_pixel() -> None:
    alpha = np.zeros((7, 9), np.uint8)
    alpha[6, 8] = 255
    assert subject_box(alpha) == Box(6, 8, 7, 9)


def test_a_haze_that_is_not_to_be_seen_does_not_widen_the_box() -> None:
    alpha = np.maximum(disc(96, 128, radius=30), 7)
    assert subject_box(alpha) == Box(18, 34, 78, 94)


def test_a_faint_leftover_apart_from_the_subject_does_not_widen_the_box() -> None:
    alpha = disc(96, 128, radius=30)
    alpha[:6, :9] = 60
    alpha[90:, 120:] = 100
    assert subject_box(alpha) == Box(18, 34, 78, 94)


def test_a_small_part_that_is_opaque_counts() -> None:
    alpha = disc(96, 128, radius=30)
    alpha[3:5, 120:122] = 255
    assert subject_box(alpha) == Box(3, 34, 78, 122)


@pytest.mark.parametrize("veil", [20, 100])
def test_a_part_that_is_large_counts_though_it_is_faint(veil: int) -> None:
    alpha = np.zeros(SIZE, np.uint8)
    alpha[10:20, 10:20] = 255
    alpha[10 : SIZE[0] - 5, 30:60] = veil
    assert subject_box(alpha) == Box(10, 10, SIZE[0] - 5, 60)
    alpha[alpha == 255] = 0
    assert subject_box(alpha) == Box(10, 30, SIZE[0] - 5, 60)


def test_what_is_soft_at_the_subject_itself_belongs_to_it() -> None:
    alpha = disc(96, 128, radius=30)
    alpha[48, 94:110] = 20  # a hair
    assert subject_box(alpha) == Box(18, 34, 78, 110)


def test_of_noise_everything_counts() -> None:
    alpha = np.zeros((40, 4000), np.uint8)
    alpha[1:, 1::2] = 9
    alpha[2::2] = 0
    assert subject_box(alpha) == Box(1, 1, 40, 4000)


def test_the_box_of_nothing_is_the_picture() -> None:
    assert subject_box(np.zeros(SIZE, np.uint8)) == Box(0, 0, *SIZE)


def test_without_options_the_source_stays_as_it_is() -> None:
    assert frame().is_whole


def test_crop_is_the_subjects_box() -> None:
    assert frame(crop=True) == Frame((40, 80), SIZE, -20, -30, *SIZE)


@pytest.mark.parametrize(
    ("margin", "size", "top", "left"),
    [
        ("5px", (50, 90), 5, 5),
        ("10%", (56, 96), 8, 8),
        ("5px 10%", (50, 96), 5, 8),
        ("1 2 3 4", (44, 86), 1, 4),
    ],
)
def test_margins_are_put_around_the_box(
    margin: str, size: tuple[int, int], top: int, left: int
) -> None:
    planned = frame(crop=True, margin=margin)
    assert planned.size == size
    assert (box_in(planned).top, box_in(planned).left) == (top, left)


def test_a_margin_without_crop_is_put_around_the_picture() -> None:
    assert frame(margin="10px") == Frame((116, 148), SIZE, 10, 10, *SIZE)


@pytest.mark.parametrize(
    ("aspect", "position", "size", "top", "left"),
    [
        ("1:1", "50%", (80, 80), 20, 0),
        ("1:1", "50% 0%", (80, 80), 0, 0),
        ("1:1", "50% 100%", (80, 80), 40, 0),
        ("4:1", "100% 50%", (40, 160), 0, 80),
        ("2:1", "0%", (40, 80), 0, 0),
    ],
)
def test_an_aspect_adds_space_where_the_position_says(
    aspect: str, position: str, size: tuple[int, int], top: int, left: int
) -> None:
    planned = frame(crop=True, aspect=aspect, position=position)
    assert planned.size == size
    assert (box_in(planned).top, box_in(planned).left) == (top, left)


def test_a_canvas_without_scale_moves_the_subject_and_never_resizes_it() -> None:
    planned = frame(canvas="200x100")
    assert planned.size == (100, 200)
    assert not planned.is_resampled
    assert box_in(planned) == Box(30, 60, 70, 140)


def test_a_scale_fills_its_share_of_the_canvas() -> None:
    planned = frame(canvas="200x200", scale=0.8)
    # 80 pixels become 160 of 200, so everything doubles.
    assert (planned.height, planned.width) == (192, 256)
    assert (planned.top, planned.left) == (200 // 2 - 2 * 40, 20 - 2 * 30)


@pytest.mark.parametrize("margin", ["0", "5%", "10px", "20% 0 0 0"])
@pytest.mark.parametrize("scale", [0.5, 0.85, 1.0])
def test_the_subject_itself_fills_its_share_of_the_canvas_whatever_its_margin(
    scale: float, margin: str
) -> None:
    planned = frame(canvas="2000x2000", scale=scale, margin=margin)
    box = box_in(planned)
    assert box.longer_side == pytest.approx(2000 * scale, abs=2)
    assert min(box.top, box.left) >= -1
    assert max(box.bottom, box.right) <= 2001


def test_a_margin_keeps_the_subject_from_the_edge_of_its_canvas_while_there_is_room() -> None:
    # The subject of 80 x 40 becomes 100 x 50; 10 % of 80, enlarged, are 10.
    near = {"canvas": "200x200", "scale": 0.5, "position": "0% 0%"}
    assert box_in(frame(**near, margin="10%"))[:2] == (10, 10)
    assert box_in(frame(**near, margin="0"))[:2] == (0, 0)
    assert box_in(frame(**(near | {"scale": 1.0}), margin="10%"))[1] == 0


def test_a_frame_knows_whether_it_enlarges() -> None:
    assert frame(canvas="2000x2000", scale=0.8).is_enlarged
    assert not frame(canvas="50x50", scale=0.8).is_enlarged
    assert not frame(canvas="2000x2000").is_enlarged
    assert not frame(crop=True, margin="10%").is_enlarged


def test_a_picture_with_its_margins_may_not_be_larger_than_allowed() -> None:
    with pytest.raises(OffcutError, match="Option margin makes the picture too large"):
        frame(margin="1000px", max_megapixels=2)
    with pytest.raises(OffcutError, match="Option aspect makes the picture too large"):
        plan_frame((1, 30_000), Box(0, 0, 1, 30_000), OffcutOptions(aspect="1:1"))


@given(
    st.integers(1, 300),
    st.integers(1, 300),
    st.integers(1, 400),
    st.integers(1, 400),
    st.floats(0.01, 1),
    st.integers(0, 100),
    st.integers(0, 100),
)
def test_a_scaled_subject_lies_inside_its_canvas(
    height: int, width: int, high: int, wide: int, scale: float, across: int, down: int
) -> None:
    options = OffcutOptions(canvas=f"{wide}x{high}", scale=scale, position=f"{across}% {down}%")
    planned = plan_frame((height, width), Box(0, 0, height, width), options)
    assert planned.size == (high, wide)
    # The placed picture has whole pixels, so that it may be one too large or moved by one.
    assert min(planned.top, planned.left) >= -1
    assert planned.top + planned.height <= high + 1
    assert planned.left + planned.width <= wide + 1
