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
    "area": 0.0362,
    "area2": 0.000698,
    "votes": 0.416,
    "votes_other": -0.124,
    "edge": -0.00336,
    "grain": 0.0348,
    "look_in": 0.107,
    "look_out": -0.0863,
    "look_best": -0.0364,
    "alpha_in": 0.288,
    "alpha_out": 0.122,
    "border": 0.0413,
    "crop_rim": -0.0273,
    "apart": 0.128,
    "central": 0.479,
    "touches": -0.147,
    "solid": -0.12,
    "share_of_open": -0.46,
    "look": 0.0109,
    "color": -0.0149,
    "walk": -0.0648,
    "matte": 0.088,
    "level": -0.00167,
    "wide_view": -0.0177,
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
