"""The finished picture, compared with what the formulas say."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray
from offcut.composing.frame import Frame
from offcut.composing.over import lay_over
from offcut.composing.placing import frame_bands, place_band
from PIL import Image
from subjects import INSIDE, OUTSIDE, differ, disc, painted, picture_of, subject_of

SOFT = disc(softness=8)
MAGENTA = (255, 0, 255)


def mixed(upper: NDArray[Any], alpha: NDArray[Any], lower: Any) -> NDArray[np.float64]:
    """C = a F + (1 - a) B."""
    share = alpha[..., np.newaxis] / 255
    return share * upper.astype(float) + (1 - share) * np.asarray(lower, float)


def closer(rgba: NDArray[np.uint8], pixels: NDArray[np.uint8], color: tuple[int, int, int]) -> bool:
    """Whether soft pixels are, on average, less far from a colour as the photo."""
    is_soft = (SOFT > 0) & (SOFT < 255)
    errors = [np.abs(each[is_soft, :3] - np.array(color)).mean() for each in (rgba, pixels)]
    return bool(errors[0] < errors[1])


# ---- the subject ------------------------------------------------------------------------


def test_a_plain_cutout_has_the_matte_and_no_trace_of_the_background() -> None:
    rgba = painted(subject_of(SOFT))
    assert np.array_equal(rgba[..., 3], SOFT)
    assert not rgba[SOFT == 0].any()
    assert (rgba[SOFT == 255, :3] == INSIDE).all()
    assert closer(rgba, picture_of(SOFT), INSIDE)


def test_the_matte_is_painted_in_grey() -> None:
    assert np.array_equal(painted(subject_of(SOFT), output="matte", background="red"), SOFT)


def test_crop_cuts_and_pads_without_touching_a_pixel() -> None:
    subject = subject_of(disc(96, 128, radius=30))
    whole = painted(subject)
    assert np.array_equal(painted(subject, crop=True), whole[18:78, 34:94])
    padded = painted(subject, crop=True, margin="50px")
    assert padded.shape == (160, 160, 4)
    assert np.array_equal(padded[50:110, 50:110], whole[18:78, 34:94])
    padded[50:110, 50:110] = 0
    assert not padded.any()


def test_inverse_and_cutout_together_are_the_source() -> None:
    pixels = picture_of(SOFT)
    subject = subject_of(SOFT, pixels)
    cutout, inverse = painted(subject), painted(subject, output="inverse")
    assert np.array_equal(cutout[..., 3].astype(int) + inverse[..., 3], np.full(SOFT.shape, 255))
    recombined = mixed(cutout[..., :3], cutout[..., 3], inverse[..., :3])
    assert differ(recombined, pixels) <= 1


def test_the_inverse_has_the_backgrounds_own_colours() -> None:
    inverse = painted(subject_of(SOFT), output="inverse")
    assert not inverse[SOFT == 255].any()
    assert (inverse[SOFT == 0, :3] == OUTSIDE).all()
    assert closer(inverse, picture_of(SOFT), OUTSIDE)


def test_what_was_transparent_in_the_file_is_in_neither_half() -> None:
    own = np.full(SOFT.shape, 255, np.uint8)
    own[:, :64] = 0
    subject = subject_of(np.minimum(SOFT, own), picture_of(SOFT), own)
    assert not painted(subject, output="inverse")[:, :64].any()
    assert not painted(subject, feather=20.0, shift_edge=8.0)[:, :64].any()


def test_a_shrunk_edge_leaves_the_colours_as_they_were() -> None:
    subject = subject_of(SOFT)
    shrunk, plain = painted(subject, shift_edge=-2.0), painted(subject)
    is_shown = shrunk[..., 3] > 0
    assert np.array_equal(shrunk[is_shown, :3], plain[is_shown, :3])


def test_a_feathered_rim_has_the_subjects_colours() -> None:
    alpha = disc(200, 200, radius=60)
    rgba = painted(subject_of(alpha), feather=4.0)
    is_rim = (rgba[..., 3] > 0) & (alpha == 0)
    assert is_rim.any()
    assert differ(rgba[is_rim, :3], np.array(INSIDE)) <= 12


# ---- what is behind it ------------------------------------------------------------------


def test_over_a_colour_every_pixel_is_the_formulas() -> None:
    subject = subject_of(SOFT)
    rgba = painted(subject)
    over = painted(subject, background="magenta")
    assert over.shape[2] == 3
    assert differ(over, mixed(rgba[..., :3], rgba[..., 3], MAGENTA)) <= 0.51


def test_a_colour_may_be_half_transparent() -> None:
    rgba = painted(subject_of(SOFT), background="#ff00ff80")
    assert (rgba[SOFT == 0] == (*MAGENTA, 128)).all()
    assert (rgba[SOFT == 255] == (*INSIDE, 255)).all()


def test_jpeg_is_white_where_nothing_else_is() -> None:
    subject = subject_of(SOFT)
    rgba = painted(subject)
    white = painted(subject, format="jpeg")
    assert differ(white, mixed(rgba[..., :3], rgba[..., 3], (255, 255, 255))) <= 0.51
    pink = painted(subject, format="jpeg", background="#ff000080")
    assert (pink[0, 0] == (255, 127, 127)).all()


# ---- scale ------------------------------------------------------------------------------


def test_a_scaled_subject_has_its_size_and_its_colours() -> None:
    rgba = painted(subject_of(disc(96, 128, radius=30)), canvas="240x240", scale=0.5)
    assert rgba.shape == (240, 240, 4)
    assert (rgba[..., 3] / 255).sum() == pytest.approx(np.pi * 60**2, rel=0.01)
    is_visible = rgba[..., 3] > 32
    assert differ(rgba[is_visible, :3], np.array(INSIDE)) <= 5


@pytest.mark.parametrize("side", [300, 1500, 4000])
def test_bands_of_a_resized_picture_fit_together_without_seams(side: int) -> None:
    generator = np.random.default_rng(5)
    pixels = generator.integers(0, 256, (1200, 1300, 4), np.uint8)
    size = (side, side * 13 // 12)
    placed = Frame(size, (1200, 1300), 0, 0, *size)
    bands = [place_band(placed, rows, lambda rows: pixels[rows], 4) for rows in frame_bands(placed)]
    whole = place_band(placed, slice(0, side), lambda rows: pixels[rows], 4)
    assert len(bands) > 1
    assert differ(np.concatenate(bands), whole) <= 1


def test_a_hard_edge_has_no_bright_or_dark_rim_when_it_is_resized() -> None:
    pixels = np.zeros((40, 40, 4), np.uint8)
    pixels[10:30, 10:30] = (200, 60, 40, 255)
    placed = Frame((90, 90), (40, 40), 0, 0, 90, 90)
    rgba = place_band(placed, slice(0, 90), lambda rows: pixels[rows], 4)
    is_visible = rgba[..., 3] > 0
    assert differ(rgba[is_visible, :3], np.array((200, 60, 40))) <= 1


# ---- over -------------------------------------------------------------------------------

PIXELS = arrays(np.uint8, (3, 4, 4))


def over(upper: NDArray[np.uint8], lower: NDArray[np.uint8]) -> NDArray[np.uint8]:
    return np.asarray(lay_over(Image.fromarray(upper), Image.fromarray(lower)))


@given(PIXELS, PIXELS)
def test_over_something_opaque_is_the_formula(
    upper: NDArray[np.uint8], lower: NDArray[np.uint8]
) -> None:
    result = over(upper, lower[..., :3].copy())
    assert differ(result, mixed(upper[..., :3], upper[..., 3], lower[..., :3])) <= 0.5


@given(PIXELS, PIXELS, st.sampled_from([(0, 0, 0), (255, 255, 255), (255, 0, 255)]))
def test_over_is_associative(
    upper: NDArray[np.uint8], middle: NDArray[np.uint8], color: tuple[int, int, int]
) -> None:
    ground = np.full((3, 4, 3), color, np.uint8)
    upper_first = over(over(upper, middle), ground)
    lower_first = over(upper, over(middle, ground))
    assert differ(upper_first, lower_first) <= 2
