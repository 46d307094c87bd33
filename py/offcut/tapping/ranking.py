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
    "votes": 1.0,
    "votes_other": 1.0,
    "edge": 0.1,
    "look_in": 0.6,
    "look_best": 0.6,
    "alpha_in": 0.3,
    "apart": 0.4,
    "border": -0.5,
    "crop_rim": -0.8,
    "others": -3.0,
    "central": 0.3,
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
