"""The order of guesses is learned: trees find what decides, and are read as they were written."""

from __future__ import annotations

import numpy as np
import pytest
from dev.quality.boosting import FEATURES, Tree, fit_trees, write_tree
from dev.quality.tap_order import Lesson
from numpy.typing import NDArray
from offcut.tapping import ranking


def examples() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """What decides is the third feature, and the first one where that is small."""
    rows = np.random.default_rng(1).uniform(0, 1, (600, 8))
    wanted = np.where(rows[:, 2] > 0.6, 1.0, np.where(rows[:, 0] > 0.5, 0.4, -0.8))
    return rows, wanted


def said(trees: list[Tree], rows: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.sum([tree.value[tree.leaf(rows)] for tree in trees], axis=0)


def test_trees_find_what_decides() -> None:
    rows, wanted = examples()
    trees = fit_trees(rows, wanted, np.ones(len(rows)))
    found = said(trees, rows)
    assert 0 < FEATURES < 1, "each tree sees some of them, together they see all"
    left = wanted - wanted.mean() - found
    assert np.sqrt((left**2).mean()) < 0.2 * wanted.std()


def test_the_ranking_reads_what_was_written() -> None:
    rows, wanted = examples()
    trees = fit_trees(rows, wanted, np.ones(len(rows)))
    table = "\n".join(write_tree(tree) for tree in trees)
    read = ranking.score(rows, ranking.read_trees(table))
    assert np.abs(read - said(trees, rows)).max() < 0.2
    assert np.corrcoef(read, said(trees, rows))[0, 1] > 0.99


def test_a_guess_is_worth_its_share_of_the_best_gain_and_harm_counts_more() -> None:
    lesson = Lesson("a", np.zeros((4, 1)), np.array([0.2, 0.1, -0.05, -0.4]))
    assert lesson.worth().tolist() == [1.0, 0.5, -0.5, -1.5]
    small = Lesson("a", np.zeros((2, 1)), np.array([0.01, 0.0]))
    assert small.worth().tolist() == pytest.approx([0.2, 0.0])
