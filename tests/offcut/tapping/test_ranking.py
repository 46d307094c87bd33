"""The order of guesses: the trees are read as they are written, and say what they ought to."""

from __future__ import annotations

import numpy as np
from offcut.tapping.features import NAMES
from offcut.tapping.ranking import DEPTH, score
from offcut.tapping.ranking_trees import TREES


def by_hand(features: list[float]) -> float:
    total = 0
    for line in TREES.splitlines():
        splits, _, values = line.partition("|")
        questions = [split.split(":") for split in splits.split()]
        node = 0
        while node < len(questions):
            feature, limit = questions[node]
            node = 2 * node + 1 + (features[int(feature)] > float(limit))
        total += int(values.split()[node - len(questions)])
    return total / 1000


def test_scores_are_what_the_trees_say() -> None:
    rows = np.random.default_rng(3).uniform(-1, 1.5, (40, len(NAMES)))
    expected = [by_hand(row) for row in rows.tolist()]
    assert np.allclose(score(rows), expected)
    assert np.ptp(expected) > 0.2


def test_every_tree_asks_about_features_that_there_are() -> None:
    for line in TREES.splitlines():
        splits, _, values = line.partition("|")
        questions = [split.split(":") for split in splits.split()]
        assert len(questions) == 2**DEPTH - 1
        assert len(values.split()) == 2**DEPTH
        assert all(int(feature) < len(NAMES) for feature, _ in questions)
