"""Shadows on the ground, compared with those of shapes that can be computed."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from subjects import disc, painted, subject_of

HIGH, WIDE = 300, 400
TOP, GROUND, LEFT, RIGHT = 100, 200, 120, 200
"""Of a box that is 100 pixels high, so that per cent are pixels."""


def box() -> NDArray[np.uint8]:
    alpha = np.zeros((HIGH, WIDE), np.uint8)
    alpha[TOP:GROUND, LEFT:RIGHT] = 255
    return alpha


def opacity(alpha: NDArray[np.uint8], kind: str, **options: Any) -> NDArray[np.float64]:
    """Of the shadow alone; the subject is opaque, so what lies under it is 1."""
    rgba = painted(subject_of(alpha), shadow=True, shadow_kind=kind, **options)
    return rgba[..., 3] / 255


def crossing(values: NDArray[np.float64], level: float) -> float:
    """Where a curve that falls crosses a level, in pixels from its beginning."""
    (after, *_) = np.flatnonzero(values < level)
    before, behind = values[after - 1], values[after]
    return float(after - 0.5 + (before - level) / (before - behind))


def test_under_a_box_its_contact_shadow_is_a_gaussian_below_the_ground() -> None:
    shown = opacity(box(), "contact", shadow_blur="10px", shadow_opacity=0.8)
    below = np.arange(GROUND, GROUND + 20)
    sigma = 5 * 0.5
    truth = 0.8 * np.exp(-0.5 * ((below + 0.5 - GROUND) / sigma) ** 2)
    assert np.abs(shown[below, 160] - truth).max() < 0.01
    assert not shown[:TOP].any()


def test_its_ends_are_blurred_and_half_as_dark_below_the_corners() -> None:
    shown = opacity(box(), "contact", shadow_blur="10px", shadow_opacity=0.8)[GROUND]
    truth = [0.5 * math.erfc((x + 0.5 - RIGHT) / (5 * math.sqrt(2))) for x in range(RIGHT, 240)]
    full = shown[160]
    assert np.abs(shown[RIGHT:240] / full - truth).max() < 0.02


def test_under_a_ball_it_fades_with_the_gap() -> None:
    radius = 50
    shown = opacity(disc(HIGH, WIDE, radius=radius), "contact", shadow_blur="1px")
    ground = HIGH // 2 + radius
    across = np.arange(210, 240)
    gap = radius - np.sqrt(radius**2 - (across + 0.5 - WIDE / 2) ** 2)
    row = shown[ground]
    assert np.abs(row[across] / row[200] - np.exp(-gap / (0.06 * 2 * radius))).max() < 0.06


@pytest.mark.parametrize(("right", "down"), [(60, -40), (-60, -30), (50, 45)])
def test_a_box_casts_a_parallelogram(right: int, down: int) -> None:
    cast = f"{right}px {down}px"
    shown = opacity(box(), "cast", shadow_cast=cast, shadow_blur="2px", shadow_opacity=1)
    for share in (0.3, 0.6, 0.9):
        y = round(GROUND + down * share)
        row = shown[y] / (1 - 0.55 * (y + 0.5 - GROUND) / down)
        start = LEFT + right * (y + 0.5 - GROUND) / down
        is_hidden = TOP <= y < GROUND
        if right > 0:
            middle = max(RIGHT, round(start) + 20) if is_hidden else round(start) + 20
            end = middle + crossing(row[middle:], 0.5)
            assert end == pytest.approx(start + RIGHT - LEFT, abs=1)
        else:
            middle = min(LEFT - 1, round(start) + 60) if is_hidden else round(start) + 60
            begin = middle + 1 - crossing(row[middle::-1], 0.5)
            assert begin == pytest.approx(start, abs=1)


def test_it_gets_fainter_and_softer_with_the_height() -> None:
    options = {"shadow_cast": "200px -90px", "shadow_blur": "12px", "shadow_opacity": 1}
    shown = opacity(box(), "cast", **options)
    near, far = (shown[GROUND + round(-90 * share)] for share in (0.5, 0.85))
    assert near[round(LEFT + 100 + 40)] > far[round(LEFT + 170 + 40)] > 0.4

    def width(row: NDArray[np.float64], middle: int) -> float:
        values = row[middle:] / row[middle]
        return crossing(values, 0.1) - crossing(values, 0.9)

    assert width(far, LEFT + 170 + 40) > 1.2 * width(near, LEFT + 100 + 40)


@pytest.mark.parametrize("kind", ["contact", "cast"])
def test_a_shadow_of_a_large_picture_shows_no_steps(kind: str) -> None:
    alpha = disc(1200, 1400, radius=400, softness=2)
    shown = opacity(alpha, kind, canvas="2800x2400", scale=0.6, shadow_blur="5%")
    y, x = np.mgrid[:2400, :2800] + 0.5
    outside = np.where(np.hypot(y - 1200, x - 1400) < 725, np.nan, shown)
    bends = np.abs(np.diff(outside, n=2, axis=1))
    # In eight bits two neighbouring steps of one are the least that there can be; a cast shadow
    # is mixed of two, each of which is rounded.
    assert np.nanmax(outside) > 0.1
    assert np.nanmax(bends) <= (2.1 if kind == "contact" else 3.1) / 255


@pytest.mark.parametrize("kind", ["contact", "cast"])
def test_what_is_outlined_stands_on_the_ground_with_its_outline(kind: str) -> None:
    outlined: dict[str, Any] = {"outline": "10px", "outline_color": "red"}
    rgba = painted(subject_of(box()), shadow=True, shadow_kind=kind, **outlined)
    assert rgba[GROUND + 5, 160, :3].tolist() == [255, 0, 0]
    assert 0 < rgba[GROUND + 11, 160, 3] < 255 or kind == "cast"
