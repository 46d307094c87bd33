"""Strokes as JSON, and which pixels a brush covers."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from offcut import Stroke, strokes_from_json
from offcut.editing.retouch import retouch
from offcut.errors import OptionsError
from subjects import picture_of, subject_of

GOOD: dict[str, Any] = {"kind": "keep", "radius": 2.5, "points": [[1, 2], [3.5, -4]]}


def test_a_stroke_goes_through_json_unchanged() -> None:
    (stroke,) = strokes_from_json([GOOD])
    assert stroke == Stroke("keep", 2.5, ((1, 2), (3.5, -4)))
    assert strokes_from_json([stroke.to_json()]) == (stroke,)


BAD: list[Any] = [
    None,
    {},
    "keep",
    [None],
    [[1, 2]],
    [GOOD] * 1001,
    [GOOD | {"kind": "smear"}],
    [GOOD | {"kind": None}],
    [GOOD | {"radius": 0}],
    [GOOD | {"radius": -1}],
    [GOOD | {"radius": 10_001}],
    [GOOD | {"radius": "3"}],
    [GOOD | {"radius": True}],
    [GOOD | {"radius": math.nan}],
    [GOOD | {"points": []}],
    [GOOD | {"points": [[1]]}],
    [GOOD | {"points": [[1, 2, 3]]}],
    [GOOD | {"points": [[1, "2"]]}],
    [GOOD | {"points": [[1, math.inf]]}],
    [GOOD | {"points": [[1, 1e7]]}],
    [GOOD | {"points": [1, 2]}],
    [GOOD | {"points": "12"}],
    [GOOD | {"points": [[0, 0]] * 10_001}],
    [GOOD | {"color": "red"}],
    [{"kind": "keep", "radius": 1}],
]


@pytest.mark.parametrize("values", BAD)
def test_what_is_no_stroke_is_a_bad_option(values: object) -> None:
    with pytest.raises(OptionsError) as caught:
        strokes_from_json(values)
    assert caught.value.code == "BAD_OPTION"
    assert caught.value.detail == {"option": "strokes"}


def painted_area(radius: float, *points: tuple[float, float]) -> float:
    """Pixels that a brush fills of an empty matte."""
    return float(drawn("paint", radius, *points).sum()) / 255


def drawn(kind: Any, radius: float, *points: tuple[float, float]) -> NDArray[np.float64]:
    empty = np.zeros((120, 160), np.uint8)
    before = empty if kind == "paint" else ~empty
    subject = subject_of(before, picture_of(np.zeros_like(empty)))
    return retouch(subject, [Stroke(kind, radius, points)]).alpha.astype(float)


@pytest.mark.parametrize("radius", [1.0, 2.5, 10, 31.4])
@pytest.mark.parametrize("center", [(80, 60), (80.5, 60.5), (79.8, 60.3)])
def test_a_dab_is_a_disc(radius: float, center: tuple[float, float]) -> None:
    area = math.pi * radius**2
    assert painted_area(radius, center) == pytest.approx(area, rel=0.01, abs=0.4)


@pytest.mark.parametrize("end", [(120, 60), (110, 90), (80, 100)])
def test_a_line_has_round_ends(end: tuple[float, float]) -> None:
    length = math.dist((80, 60), end)
    area = math.pi * 8**2 + 2 * 8 * length
    assert painted_area(8, (80, 60), end) == pytest.approx(area, rel=0.01)


def test_points_between_change_next_to_nothing() -> None:
    whole = drawn("paint", 6, (30, 40), (110, 80))
    steps = [(30 + 80 * share, 40 + 40 * share) for share in np.linspace(0, 1, 50)]
    assert np.abs(drawn("paint", 6, *steps) - whole).max() <= 0.2 * 255


def test_a_brush_covers_what_is_near_and_nothing_else() -> None:
    alpha = drawn("paint", 12, (50, 50), (100, 50))
    y, x = np.mgrid[:120, :160] + 0.5
    distance = np.hypot(y - 50, x - np.clip(x, 50, 100))
    assert (alpha[distance <= 11.5] == 255).all()
    assert (alpha[distance >= 12.5] == 0).all()


def test_the_eraser_takes_what_paint_would_give() -> None:
    points = ((50.3, 50), (70, 66.6))
    assert np.array_equal(drawn("erase", 7, *points), 255 - drawn("paint", 7, *points))


def test_a_brush_thinner_than_a_pixel_covers_less_of_it() -> None:
    assert 0 < painted_area(0.25, (80.5, 60.5)) < painted_area(0.5, (80.5, 60.5)) <= 1


def test_a_stroke_beside_the_picture_changes_nothing() -> None:
    assert painted_area(5, (-50, 60)) == 0
    assert 0 < painted_area(5, (0, 60)) < math.pi * 25 * 0.6
