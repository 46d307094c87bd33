"""Whether a tap adds or takes, and what is half clear of the thing that it means.

Decides: which opacity is half clear, that a tap there may go both ways and which comes first, that
what is half clear of a thing goes the way of the thing, when the first guess is that nothing is
wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, zip_longest
from typing import Final

import numpy as np
from numpy.typing import NDArray

from offcut.editing.regions import Region, RegionKind, region_of
from offcut.kernels.dilation import window_maximum
from offcut.tapping.guesses import Found
from offcut.tapping.ranking import MOST_GUESSES, Ranked
from offcut.tapping.scene import FAINT, FULL, HELD, Scene

Answer = tuple[Scene, Sequence[Ranked]]
"""What a tap may mean if it goes one way: at least one guess, the likeliest first."""

PART_IN: Final = 0.6
"""Opacity at the tap, and the mean over its thing, added up: from there on the thing is completed
first. What is half clear belongs to the subject in two of three pictures."""
RIM: Final = 2
"""Half the width of what is half clear because it is an edge; pixels of the working size."""


def limits_at(value: float, kind: RegionKind | None) -> dict[RegionKind, float]:
    """Say which ways a tap on an opacity may go, each with the opacity that counts as held.

    Parameters
    ----------
    value : float, range [0, 1]
    kind : {"add", "take"} or None
        What the person has asked for, if they have.
    """
    if FAINT <= value < FULL:
        both: dict[RegionKind, float] = {"add": FULL, "take": FAINT}
        return {kind: both[kind]} if kind else both
    return {kind or ("take" if value >= HELD else "add"): HELD}


def whole_change(scene: Scene, guess: Found) -> NDArray[np.bool_]:
    """Give what a guess changes, with all that is half clear of its thing.

    What is half clear and thin is an edge, and stays as it is unless its thing is taken from it.
    """
    is_soft = (scene.alpha >= FAINT) & (scene.alpha < FULL)
    change = guess.change | (guess.mask & is_soft)
    thick = window_maximum(~window_maximum(~change, RIM), RIM)
    if scene.limit == HELD or scene.kind == "take":
        return guess.change | thick
    return thick if thick[scene.row, scene.column] else guess.change


def offer(answers: Sequence[Answer], *, is_asked_for: bool) -> list[Region]:
    """Join the answers of all ways: the best of each, then the second ones and so on.

    Where nothing is wrong, the empty region comes first, which changes nothing: a person who taps
    something flawless has not asked for a hole in it. Not so if they have asked for the way.
    """
    likeliest = "add" if any(_completes(*answer) for answer in answers) else "take"
    in_order = sorted(answers, key=lambda answer: answer[0].kind != likeliest)
    regions = [
        [region_of(scene.kind, whole_change(scene, each.guess)) for each in ranked]
        for scene, ranked in in_order
    ]
    joined = [each for each in chain.from_iterable(zip_longest(*regions)) if each]
    if answers and not is_asked_for and all(_is_right(*answer) for answer in answers):
        scene = in_order[0][0]
        joined.insert(0, region_of(scene.kind, np.zeros(scene.alpha.shape, np.bool_)))
    return joined[:MOST_GUESSES]


def _is_right(scene: Scene, ranked: Sequence[Ranked]) -> bool:
    """Whether all is well at the tap: the matte is clear there, and the network agrees with it."""
    return scene.limit == HELD and ranked[0].is_needless


def _completes(scene: Scene, ranked: Sequence[Ranked]) -> bool:
    """Whether the best guess adds the rest of something that is in already, at least as a veil."""
    thing = float(scene.alpha[ranked[0].guess.mask].mean())
    return scene.kind == "add" and thing + float(scene.alpha[scene.row, scene.column]) >= PART_IN
