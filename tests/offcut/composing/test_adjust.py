"""Threshold, shift and feather, on edges whose place is known."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray
from offcut.composing.adjust import adjust_edge, cut_at, feather_edge, shift_edge
from subjects import disc

MATTES = arrays(np.uint8, st.tuples(st.integers(1, 12), st.integers(1, 12)))


def half_plane(edge: int = 40, width: int = 80, height: int = 9) -> NDArray[np.uint8]:
    alpha = np.zeros((height, width), np.uint8)
    alpha[:, :edge] = 255
    return alpha


def place_of_edge(alpha: NDArray[np.uint8]) -> float:
    """Column, counted in pixels from the left, up to which a half plane reaches."""
    return float(alpha[len(alpha) // 2].sum()) / 255


def test_without_adjustments_the_matte_itself_comes_back() -> None:
    alpha = disc()
    edge = adjust_edge(alpha, threshold=None, shift=0.0, feather=0.0)
    assert edge.shown is alpha
    assert edge.mixed is alpha


def test_threshold_makes_solid_what_reaches_it() -> None:
    alpha = np.arange(256, dtype=np.uint8).reshape(16, 16)
    cut = cut_at(alpha, 0.5)
    assert np.array_equal(cut, np.where(alpha >= 127.5, 255, 0))
    assert cut_at(alpha, 1.0).sum() == 255


@pytest.mark.parametrize("radius", [1.0, 4.0, 11.0])
def test_feather_keeps_the_half_way_line_and_is_as_wide_as_asked(radius: float) -> None:
    feathered = feather_edge(half_plane(), radius)
    row = feathered[4].astype(int)
    assert place_of_edge(feathered) == pytest.approx(40, abs=0.1)
    assert row[39] > 127 > row[40]
    assert row[39] + row[40] == pytest.approx(255, abs=1)
    assert (np.diff(row) <= 0).all()
    assert row[40 - round(radius) - 1] > 0.96 * 255
    assert row[40 + round(radius)] < 0.04 * 255


def test_feather_leaves_a_subject_solid_at_the_border_of_the_picture() -> None:
    assert (feather_edge(half_plane(), 6.0)[:, 0] == 255).all()


@pytest.mark.parametrize("distance", [1.0, 2.0, 7.0, 20.0, -1.0, -3.0, -20.0, 0.5, 2.25, -4.75])
def test_shift_moves_a_straight_edge_by_as_many_pixels(distance: float) -> None:
    shifted = shift_edge(half_plane(), distance)
    assert place_of_edge(shifted) == pytest.approx(40 + distance, abs=0.01)


@pytest.mark.parametrize("distance", [3.0, 10.0, 16.0, -3.0, -10.0])
def test_shift_moves_a_round_edge_alike_in_all_directions(distance: float) -> None:
    shifted = shift_edge(disc(100, 100, radius=30), distance) > 127
    bound = 0.08 * abs(distance) + 1.0
    outer = disc(100, 100, radius=30 + distance + bound) > 127
    inner = disc(100, 100, radius=30 + distance - bound) > 127
    assert not (shifted & ~outer).any()
    assert not (inner & ~shifted).any()


def test_shift_keeps_a_soft_edge_as_soft_as_it_was() -> None:
    alpha = np.tile(np.clip(np.arange(60) * 16 - 200, 0, 255).astype(np.uint8), (5, 1))
    assert np.array_equal(shift_edge(alpha, 4.0)[:, :-4], alpha[:, 4:])
    assert np.array_equal(shift_edge(alpha, -4.0)[:, 4:], alpha[:, :-4])


def test_shrinking_does_not_pull_a_subject_off_the_border_of_the_picture() -> None:
    assert (shift_edge(half_plane(), -5.0)[:, 0] == 255).all()


@given(MATTES, st.floats(0.1, 6))
def test_growing_only_adds_and_shrinking_is_growing_the_background(
    alpha: NDArray[np.uint8], distance: float
) -> None:
    grown = shift_edge(alpha, distance)
    assert (grown >= alpha).all()
    assert np.array_equal(shift_edge(~alpha, -distance), ~grown)


def test_a_shift_of_a_large_picture_shows_no_seams_between_bands() -> None:
    alpha = np.zeros((2048, 1024), np.uint8)
    alpha[1000:1050, 500:600] = 255  # across the border of two bands, at row 1024
    shifted = shift_edge(alpha, 3.0)
    y, x = np.nonzero(shifted)
    assert (y.min(), y.max(), x.min(), x.max()) == (997, 1052, 497, 602)
    assert (shifted[1003:1047, 497:603] == 255).all()


def test_colours_are_unmixed_by_the_matte_that_was_found_unless_the_subject_grows() -> None:
    alpha = disc(softness=6)
    shrunk = adjust_edge(alpha, threshold=0.5, shift=-2.0, feather=3.0)
    assert shrunk.mixed is alpha
    grown = adjust_edge(alpha, threshold=None, shift=2.0, feather=0.0)
    assert np.array_equal(grown.mixed, shift_edge(alpha, 2.0))
