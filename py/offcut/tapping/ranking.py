"""Which guess comes first.

Decides: the order of the answers to a tap, how many there are, that the first ones differ.

A weighted sum of the features says by how much a guess may be expected to better the result.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from offcut.tapping.features import NAMES, describe
from offcut.tapping.guesses import Found, overlap
from offcut.tapping.scene import Scene

MOST_GUESSES: Final = 6
UNLIKE: Final = 0.8
"""Overlap above which a guess comes after all that differ more."""

WEIGHTS: Final = {
    "area": 0.0417,
    "area2": 0.00082,
    "votes": 0.221,
    "votes_other": 0.0176,
    "edge": 0.00169,
    "grain": 0.0332,
    "relief": -0.017,
    "look_in": 0.124,
    "look_out": -0.0854,
    "look_best": -0.048,
    "alpha_in": 0.22,
    "alpha_out": 0.226,
    "border": 0.136,
    "crop_rim": -0.0913,
    "apart": 0.134,
    "central": 0.479,
    "touches": -0.197,
    "solid": -0.134,
    "share_of_open": -0.5,
    "look": 0.0112,
    "color": -0.0226,
    "walk": -0.0563,
    "matte": 0.0931,
    "level": -0.0101,
    "wide_view": 0.0112,
    "others": -1.0,
}
"""Of the features, by their names."""


class Ranked(NamedTuple):
    """A guess and what may be expected of it."""

    guess: Found
    score: float


def rank(scene: Scene, guesses: Sequence[Found]) -> list[Ranked]:
    """Order guesses, the likeliest first: at most `MOST_GUESSES`."""
    if not guesses:
        return []
    weights = np.array([WEIGHTS.get(name, 0.0) for name in NAMES])
    scores = describe(scene, guesses) @ weights
    order = np.argsort(-scores, kind="stable")
    ranked = [Ranked(guesses[at], float(scores[at])) for at in order]
    return _apart(ranked)[:MOST_GUESSES]


def _apart(ranked: list[Ranked]) -> list[Ranked]:
    """Bring those forward that differ from all before them."""
    first: list[Ranked] = []
    later: list[Ranked] = []
    for each in ranked:
        is_new = all(overlap(each.guess.change, one.guess.change) < UNLIKE for one in first)
        (first if is_new else later).append(each)
    return first + later
