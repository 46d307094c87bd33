"""The outline of stickers, compared with shapes whose distances are known."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from offcut import OffcutOptions
from offcut.composing.frame import Box
from offcut.composing.outline_distance import distance_outside
from offcut.composing.plan_frame import plan_frame
from offcut.editing.shrink import scale_options
from offcut.errors import OptionsError
from subjects import INSIDE, disc, painted, subject_of

WHITE = (255, 255, 255)


def away(height: int, width: int, radius: float) -> NDArray[np.float64]:
    """Distance of each pixel's middle from a disc in the middle."""
    y, x = np.mgrid[:height, :width] + 0.5
    return np.hypot(y - height / 2, x - width / 2) - radius


@pytest.mark.parametrize("radius", [30.0, 30.4, 7.7])
def test_distances_from_a_disc_are_right_to_an_eighth_of_a_pixel(radius: float) -> None:
    alpha = disc(96, 128, radius=radius, softness=1)
    truth = away(96, 128, radius)
    is_near = (truth > 1) & (truth < 15)
    found = distance_outside(alpha, 16)
    assert np.abs(found - truth)[is_near].max() < 0.125
    assert not found[truth < -1].any()
    assert (found[truth > 17.1] == 17).all()


def test_distances_from_a_box_are_those_of_its_sides_and_corners() -> None:
    alpha = np.zeros((60, 70), np.uint8)
    alpha[20:40, 25:45] = 255
    y, x = np.mgrid[:60, :70].astype(float)
    # The matte is half opaque between the last pixel within and the first one without.
    sides = np.maximum(19.5 - y, y - 39.5), np.maximum(24.5 - x, x - 44.5)
    truth = np.hypot(*(np.maximum(side, 0) for side in sides))
    is_near = (truth > 0) & (truth < 12)
    assert np.abs(distance_outside(alpha, 13) - truth)[is_near].max() < 0.45  # at the corners


def test_an_outline_is_the_subject_made_wider_in_its_colour() -> None:
    rgba = painted(subject_of(disc(softness=1)), outline="10px")
    wide = np.clip(10.5 - away(96, 128, 30), 0, 1)
    assert np.abs(rgba[..., 3] / 255 - wide).max() < 0.1
    assert (rgba[(away(96, 128, 30) > 1) & (wide > 0), :3] == WHITE).all()
    assert (rgba[away(96, 128, 30) < -1, :3] == INSIDE).all()


def test_a_wide_outline_of_a_large_picture_is_right_to_half_a_pixel() -> None:
    side, radius = 1500, 400.3
    rgba = painted(subject_of(disc(side, side, radius=radius, softness=1)), outline="15%")
    width = 0.15 * np.ptp(np.nonzero(away(side, side, radius) < 0.5)[0] + [0]) + 0.15
    wide = np.clip(width + 0.5 - away(side, side, radius), 0, 1)
    assert np.abs(rgba[..., 3] / 255 - wide).max() < 0.5


def test_a_crop_and_its_margin_are_around_the_outline() -> None:
    rgba = painted(subject_of(disc()), crop=True, margin="4px", outline="5px")
    assert rgba.shape[:2] == (78, 78)
    assert rgba[39, 4:74, 3].all()
    assert not rgba[39, :4, 3].any()


@pytest.mark.parametrize("outline", ["10%", "25px"])
def test_on_a_canvas_the_outlined_subject_fills_the_share_asked_for(outline: str) -> None:
    subject = subject_of(disc(300, 300, radius=100, softness=1))
    rgba = painted(subject, canvas="1000x600", scale=0.9, outline=outline)
    opaque = rgba[..., 3] >= 128
    rows, columns = np.nonzero(opaque.any(axis=1))[0], np.nonzero(opaque.any(axis=0))[0]
    assert np.ptp(rows) + 1 == pytest.approx(0.9 * 600, rel=0.004)
    assert np.ptp(columns) + 1 == pytest.approx(0.9 * 600, rel=0.004)
    assert rows[0] == pytest.approx(599 - rows[-1], abs=1)


def test_an_outline_goes_around_what_the_pictures_border_cuts() -> None:
    alpha = np.zeros((60, 60), np.uint8)
    alpha[30:, 20:40] = 255
    rgba = painted(subject_of(alpha), crop=True, outline="6px")
    assert rgba.shape[:2] == (42, 32)
    assert rgba[-3, 16, 3] == 255
    assert tuple(rgba[-3, 16, :3]) == WHITE


def test_a_hole_narrower_than_twice_the_width_is_closed_and_a_wider_one_is_not() -> None:
    alpha = disc(softness=1)
    alpha[away(96, 128, 8) < 0] = 0
    subject = subject_of(alpha)
    assert painted(subject, outline="9px")[48, 64, 3] == 255
    assert painted(subject, outline="6px")[48, 64, 3] == 0


def test_an_outline_has_a_colour_and_an_opacity_of_its_own() -> None:
    rgba = painted(subject_of(disc()), outline="6px", outline_color="#ff880080")
    assert tuple(rgba[48, 97]) == (255, 136, 0, 128)
    over = painted(subject_of(disc()), outline="6px", outline_color="#f00", background="#00f")
    assert tuple(over[48, 97]) == (255, 0, 0)
    assert tuple(over[48, 105]) == (0, 0, 255)


def test_what_is_outlined_throws_its_shadow_as_a_whole() -> None:
    looks: dict[str, Any] = {
        "shadow": True,
        "shadow_offset": "0px 12px",
        "shadow_blur": "0px",
        "shadow_opacity": 1,
    }
    rgba = painted(subject_of(disc()), outline="5px", **looks)
    assert tuple(rgba[92, 64]) == (0, 0, 0, 255)  # 30 + 5 + 12 rows below the middle, less two
    assert tuple(painted(subject_of(disc()), **looks)[92, 64]) == (0, 0, 0, 0)


@pytest.mark.parametrize("output", ["matte", "inverse"])
def test_a_matte_and_what_is_left_have_no_outline(output: str) -> None:
    subject = subject_of(disc())
    plain = painted(subject, output=output)
    assert np.array_equal(painted(subject, output=output, outline="5px"), plain)


def test_an_outline_in_pixels_shrinks_with_a_preview() -> None:
    assert scale_options(OffcutOptions(outline="8px"), 0.25).outline == "2.0000px"
    assert scale_options(OffcutOptions(outline="8%"), 0.25).outline == "8.0000%"


@pytest.mark.parametrize("outline", ["-1px", "201px", "26%", "wide"])
def test_an_outline_that_cannot_be_is_refused(outline: str) -> None:
    with pytest.raises(OptionsError, match="outline") as refused:
        OffcutOptions(outline=outline)
    assert refused.value.detail == {"option": "outline"}


def test_an_outline_that_fills_the_canvas_is_refused() -> None:
    options = OffcutOptions(canvas="100x100", scale=0.9, outline="50px")
    with pytest.raises(OptionsError, match="leaves no room"):
        plan_frame((96, 128), Box(18, 34, 78, 94), options)
