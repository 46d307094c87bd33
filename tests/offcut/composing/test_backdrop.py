"""What lies behind the subject: a picture, the blurred original, a shadow."""

from __future__ import annotations

import numpy as np
import pytest
from offcut import OffcutError
from offcut.composing.blur_background import blur_background
from subjects import INSIDE, KERNELS, OUTSIDE, differ, disc, painted, source_of, subject_of

SOFT = disc(softness=8)
# What a blur may show of the subject: a tenth of the greatest difference of the colours.
HAZE = 18


def test_a_picture_covers_the_frame_and_is_centred() -> None:
    # Three columns of colours, twice as wide as needed: a quarter is cut off on both sides.
    columns = np.repeat(np.array([[[255, 0, 0], [0, 255, 0], [0, 0, 255]]], np.uint8), 80, axis=1)
    behind = source_of(np.repeat(columns, 90, axis=0))
    subject = subject_of(disc(90, 120, radius=4))
    over = painted(subject, behind, background="picture")
    assert (over[5, 5] == (255, 0, 0)).all()
    assert (over[5, 60] == (0, 255, 0)).all()
    assert (over[5, 115] == (0, 0, 255)).all()
    is_red = (over[5] == (255, 0, 0)).all(axis=1)
    assert is_red.sum() == pytest.approx(20, abs=3)


def test_a_transparent_picture_leaves_the_result_transparent() -> None:
    own = np.zeros((20, 20), np.uint8)
    own[:, 10:] = 255
    behind = source_of(np.full((20, 20, 3), 9, np.uint8), own)
    rgba = painted(subject_of(disc(40, 40, radius=3)), behind, background="picture")
    assert not rgba[0, 0].any()
    assert (rgba[0, 39] == (9, 9, 9, 255)).all()


def test_a_picture_that_is_missing_is_a_bad_option() -> None:
    with pytest.raises(OffcutError) as caught:
        painted(subject_of(SOFT), background="picture")
    assert caught.value.detail == {"option": "background"}


def test_the_blurred_background_has_nothing_of_the_subject() -> None:
    blurred = np.asarray(blur_background(subject_of(SOFT).source, SOFT, 5.0, KERNELS))
    assert differ(blurred, np.array(OUTSIDE)) <= HAZE
    over = painted(subject_of(SOFT), background="blur")
    assert (over[SOFT == 255] == INSIDE).all()
    assert differ(over[SOFT == 0], np.array(OUTSIDE)) <= HAZE


def test_a_blur_widens_an_edge_by_its_radius() -> None:
    height, width = 300, 400  # a diagonal of 500
    pixels = np.zeros((height, width, 3), np.uint8)
    pixels[:, width // 2 :] = 255
    subject = subject_of(np.zeros((height, width), np.uint8), pixels)
    row = painted(subject, background="blur", background_blur=8.0)[150, :, 0] / 255
    # 8 % are 40 pixels, a deviation of 20: 16 % and 84 % lie one deviation from the middle.
    low, high = np.searchsorted(row, [0.16, 0.84])
    assert (high - low) / 2 == pytest.approx(20, rel=0.1)


def test_a_picture_that_is_all_subject_can_still_be_blurred() -> None:
    alpha = np.full((30, 40), 255, np.uint8)
    blurred = np.asarray(blur_background(subject_of(alpha).source, alpha, 5.0, KERNELS))
    assert differ(blurred, np.array(INSIDE)) <= 1


def test_what_a_file_does_not_show_is_no_background() -> None:
    # Half is clear in the file; what it hides is black since decoding, and must not darken.
    own = np.zeros((60, 80), np.uint8)
    own[:, :40] = 255
    pixels = np.where(own[..., np.newaxis] > 0, np.uint8(200), np.uint8(0)).repeat(3, axis=2)
    source = source_of(pixels, own)
    for alpha in (np.zeros_like(own), own):
        blurred = np.asarray(blur_background(source, alpha, 5.0, KERNELS))
        assert differ(blurred, np.array((200, 200, 200))) <= 1


@pytest.mark.parametrize("canvas", ["400x100", "100x400", "700x700"])
def test_a_blur_fills_a_canvas_that_is_larger_than_the_source(canvas: str) -> None:
    over = painted(subject_of(SOFT), background="blur", canvas=canvas)
    assert over.shape[2] == 3
    assert differ(over[0], np.array(OUTSIDE)) <= HAZE
    assert differ(over[:, 0], np.array(OUTSIDE)) <= HAZE


# ---- shadow -----------------------------------------------------------------------------


def test_a_hard_shadow_is_the_subject_moved() -> None:
    alpha = disc(100, 100, radius=20)
    rgba = painted(
        subject_of(alpha), shadow=True, shadow_offset="10px 20px", shadow_blur="0",
        shadow_opacity=0.5, shadow_color="blue",
    )  # fmt: skip
    is_moved = np.roll(alpha, (20, 10), axis=(0, 1)) > 0
    is_only_shadow = is_moved & (alpha == 0)
    assert (rgba[is_only_shadow] == (0, 0, 255, 128)).mean() > 0.97
    assert not rgba[~is_moved & (alpha == 0)].any(axis=1).mean() > 0.03
    assert (rgba[alpha == 255, :3] == INSIDE).all()


def test_a_shadow_fades_by_its_blur_and_darkens_what_is_behind() -> None:
    alpha = np.zeros((200, 200), np.uint8)
    alpha[:100] = 255
    over = painted(
        subject_of(alpha), shadow=True, shadow_offset="0 0", shadow_blur="40px",
        shadow_opacity=1.0, background="white", crop=True, margin="0 0 100px 0",
    )  # fmt: skip
    column = over[:, 100, 0].astype(float)
    # A deviation of 20 pixels: half of it dark at the edge, 16 % one deviation further.
    assert column[101] == pytest.approx(255 * 0.5, abs=8)
    assert column[120] == pytest.approx(255 * 0.84, abs=8)
    assert column[180] == 255


def test_a_shadow_follows_the_subject_onto_a_canvas() -> None:
    alpha = disc(60, 60, radius=10)
    rgba = painted(
        subject_of(alpha), canvas="300x300", scale=0.2, position="0% 0%", shadow=True,
        shadow_offset="100% 0", shadow_blur="0", shadow_opacity=1.0,
    )  # fmt: skip
    is_shadow = (rgba[..., 3] > 127) & (rgba[..., 0] < 100)
    y, x = np.nonzero(is_shadow)
    # Twenty pixels became sixty at the upper left corner; the shadow lies beside them.
    assert (y.mean(), x.mean()) == (pytest.approx(30, abs=1), pytest.approx(90, abs=1))
