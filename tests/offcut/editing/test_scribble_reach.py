"""A scribble takes a certain thing that ends there, and of an endless one what is near."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from offcut.editing.scribbles import follow_scribble
from offcut.editing.strokes import Stroke
from subjects import KERNELS, source_of

SIZE = (120, 400)
GROUND, THING = (200, 190, 170), (60, 70, 65)
RADIUS = 6
BAND = slice(30, 90)
"""Rows of what is dark and taken for the subject, as a shadow and the legs that stand in it."""


def cleared(until: int) -> NDArray[np.bool_]:
    """Take something away by a dab on a dark band that ends at a column; tell what is gone."""
    alpha = np.zeros(SIZE, np.uint8)
    alpha[BAND, :until] = 255
    pixels = np.full((*SIZE, 3), GROUND, np.float64)
    pixels[BAND, :until] = THING
    pixels += np.random.default_rng(1).normal(0, 8, (*SIZE, 1))
    source = source_of(np.clip(np.rint(pixels), 0, 255).astype(np.uint8))
    found = follow_scribble(source, alpha, Stroke("remove", RADIUS, ((20, 60), (30, 60))), KERNELS)
    assert found is not None
    box, inner = found
    after = alpha.copy()
    after[box.top : box.bottom, box.left : box.right] = inner
    return (alpha >= 128) & (after < 128)


def test_a_thing_that_ends_is_taken_whole() -> None:
    gone = cleared(until=60)
    assert gone[BAND, :58].mean() > 0.97


def test_of_what_goes_on_and_on_only_the_strokes_own_place_is_taken() -> None:
    gone = cleared(until=400)
    assert gone[55:65, 18:32].all(), "what was drawn on is gone"
    assert np.flatnonzero(gone.any(axis=0)).max() < 30 + 4 * RADIUS
