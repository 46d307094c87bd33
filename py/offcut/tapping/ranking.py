"""Which guess comes first.

Decides: the order of the answers to a tap, how many there are, that the first ones differ, when a
click in a page is taken for a tap.

Many small trees of questions about the features, learned from pictures whose truth is known, say
which share of the best possible gain a guess may be expected to bring.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from offcut.arrays import Floats
from offcut.tapping.features import NAMES, describe
from offcut.tapping.guesses import Found, overlap
from offcut.tapping.ranking_trees import TREES
from offcut.tapping.scene import FAINT, FULL, HELD, Scene

MOST_GUESSES: Final = 6
UNLIKE: Final = 0.8
"""Overlap above which a guess comes after all that differ more."""
SURE: Final = 0.7
"""Score that a guess needs if a person only clicked there, and need not have missed anything."""
SEEN: Final = 0.3
"""Mean of the network's matte in a guess that it needs besides, in each look that shows it. In the
background the best guess may have a high score, and is not seen at all in one look or the other."""
NO_DOUBT: Final = 0.1
"""What the looks see less of, on average, in a guess that would take something: they agree with the
matte that it is the subject. Nothing is said of what would be added: what the network does not see
at all is what people tap."""
CUT_COSTS: Final = 1.0
"""For a whole outline that is not an edge but the end of what the network saw."""
PROMPTED: Final = 1.0
"""For the answer of a network that was trained for clicks: it comes before what the trees, which
were learned without one, think of the rest."""
DEPTH: Final = 3


class Ranked(NamedTuple):
    """A guess and what may be expected of it: about 1 for the best possible, below 0 for harm.

    It is sure if that holds of any click, and not only of one on something that is wrong. It is
    needless if it would take what the network, looking again, takes for the subject as well.
    """

    guess: Found
    score: float
    is_sure: bool
    is_needless: bool


class Trees(NamedTuple):
    """The trees, as heaps.

    Attributes
    ----------
    feature : intp, shape (trees, 7)
    limit : float64, shape (trees, 7)
    value : float64, shape (trees, 8)
    """

    feature: NDArray[np.intp]
    limit: NDArray[np.float64]
    value: NDArray[np.float64]


def rank(scene: Scene, guesses: Sequence[Found]) -> list[Ranked]:
    """Order guesses, the likeliest first: at most `MOST_GUESSES`."""
    if not guesses:
        return []
    features = describe(scene, guesses)
    scores = score(features) - CUT_COSTS * features[:, NAMES.index("crop_rim")]
    scores -= _beside_half_clear(scene, guesses)
    scores += PROMPTED * np.array([guess.origin == "prompt" for guess in guesses])
    is_sure = (scores >= SURE) & (features[:, NAMES.index("look_least")] >= SEEN)
    is_agreed = features[:, NAMES.index("look_in")] < NO_DOUBT
    is_needless = is_agreed & (scene.kind == "take") & (len(scene.looks) > 0)
    ranked = [
        Ranked(guesses[at], float(scores[at]), bool(is_sure[at]), bool(is_needless[at]))
        for at in np.argsort(-scores, kind="stable")
    ]
    return _apart(ranked)[:MOST_GUESSES]


def _beside_half_clear(scene: Scene, guesses: Sequence[Found]) -> NDArray[np.float64]:
    """Say which share of each guess is clear, if the tap is on what is half clear: else 0.

    Who taps a veil means the veil, and not what is bare or sure beside it.
    """
    if scene.limit == HELD:
        return np.zeros(len(guesses))
    is_clear = (scene.alpha < FAINT) | (scene.alpha >= FULL)
    return np.array([is_clear[guess.change].mean() for guess in guesses])


def score(features: Floats, trees: Trees | None = None) -> NDArray[np.float64]:
    """Say what may be expected of guesses, by trees or by those that were learned: (guesses,)."""
    feature, limit, value = trees or _LEARNED
    tree = np.arange(len(feature))[:, np.newaxis]
    rows = np.arange(len(features))[np.newaxis]
    node = np.zeros((len(feature), len(features)), np.intp)
    for _ in range(DEPTH):
        is_above = features[rows, feature[tree, node]] > limit[tree, node]
        node = 2 * node + 1 + is_above
    return value[tree, node - (2**DEPTH - 1)].sum(axis=0)


def _apart(ranked: list[Ranked]) -> list[Ranked]:
    """Bring those forward that differ from all before them."""
    first: list[Ranked] = []
    later: list[Ranked] = []
    for each in ranked:
        is_new = all(overlap(each.guess.change, one.guess.change) < UNLIKE for one in first)
        (first if is_new else later).append(each)
    return first + later


def read_trees(table: str) -> Trees:
    """Read trees as `ranking_trees.py` has them."""
    rows = [line.replace("|", " ").split() for line in table.splitlines()]
    splits = [[split.split(":") for split in row[: 2**DEPTH - 1]] for row in rows]
    return Trees(
        np.array([[int(feature) for feature, _ in row] for row in splits], np.intp),
        np.array([[float(limit) for _, limit in row] for row in splits], np.float64),
        np.array([row[2**DEPTH - 1 :] for row in rows], np.float64) / 1000,
    )


_LEARNED: Final = read_trees(TREES)
