"""Small regression trees, fitted one after the other to what the former ones leave.

Decides: how deep the trees are and how many, when a split is worth it.

Friedman, "Greedy function approximation: a gradient boosting machine", 2001, for squared errors.
"""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from offcut.tapping.ranking import DEPTH

TREES: Final = 120
RATE: Final = 0.08
LEAST_WEIGHT: Final = 0.01
"""Share of all examples that each side of a split needs."""
SHRINK: Final = 0.005
"""Weight of an answer of 0 in every leaf."""
FEATURES: Final = 0.5
"""Share of the features that a tree may ask about: drawn by a seeded hand."""
NEVER: Final = 1e9
"""Limit of a question that has only one answer."""

Floats = NDArray[np.float64]


class Tree(NamedTuple):
    """Questions as a heap, and what the leaves add."""

    feature: NDArray[np.intp]
    limit: Floats
    value: Floats

    def leaf(self, rows: Floats) -> NDArray[np.intp]:
        """Find the leaf of each example."""
        node = np.zeros(len(rows), np.intp)
        for _ in range(DEPTH):
            at = np.arange(len(rows)), self.feature[node]
            node = 2 * node + 1 + (rows[at] > self.limit[node])
        return node - (2**DEPTH - 1)


def fit_trees(rows: Floats, wanted: Floats, weight: Floats) -> list[Tree]:
    """Fit trees to examples: float64, (examples, features), (examples,), (examples,)."""
    draw = np.random.default_rng(0)
    weight = weight / weight.sum()
    left = wanted - float((wanted * weight).sum())
    trees: list[Tree] = []
    for _ in range(TREES):
        count = len(rows[0])
        lots: Floats = draw.random(count)
        asked = np.flatnonzero(lots < FEATURES)
        tree = _fit_tree(rows, left, weight, asked)
        left = left - tree.value[tree.leaf(rows)]
        trees.append(tree)
    return trees


def write_tree(tree: Tree) -> str:
    """Write a tree as a line of `ranking_trees.py`."""
    splits = [f"{at}:{limit:.3g}" for at, limit in zip(tree.feature, tree.limit, strict=True)]
    return " ".join(splits) + " | " + " ".join(f"{round(1000 * each)}" for each in tree.value)


def _fit_tree(rows: Floats, left: Floats, weight: Floats, asked: NDArray[np.intp]) -> Tree:
    splits = 2**DEPTH - 1
    tree = Tree(np.zeros(splits, np.intp), np.full(splits, NEVER), np.zeros(2**DEPTH))
    node = np.zeros(len(rows), np.intp)
    for split in range(splits):
        here = np.flatnonzero(node == split)
        found = _best_split(rows[here], left[here], weight[here], asked)
        if found is not None:
            tree.feature[split], tree.limit[split] = found
        is_above = rows[here, tree.feature[split]] > tree.limit[split]
        node[here] = 2 * split + 1 + is_above
    for leaf in range(2**DEPTH):
        here = node == splits + leaf
        total = float(weight[here].sum()) + SHRINK
        tree.value[leaf] = RATE * float((left[here] * weight[here]).sum()) / total
    return tree


def _best_split(
    rows: Floats, left: Floats, weight: Floats, asked: NDArray[np.intp]
) -> tuple[int, float] | None:
    """Find the feature and the limit that explain most; None if none is worth it."""
    total, every = float((left * weight).sum()), float(weight.sum())
    best, found = 1e-9, None
    for feature in asked:
        order = np.argsort(rows[:, feature], kind="stable")
        values = rows[order, feature]
        below = np.cumsum((left * weight)[order])[:-1]
        count = np.cumsum(weight[order])[:-1]
        is_split = (values[1:] > values[:-1]) & (count > LEAST_WEIGHT)
        is_split &= every - count > LEAST_WEIGHT
        if not is_split.any():
            continue
        gain = below**2 / (count + SHRINK) + (total - below) ** 2 / (every - count + SHRINK)
        gain = np.where(is_split, gain - total**2 / (every + SHRINK), -1)
        at = int(gain.argmax())
        if gain[at] > best:
            best, found = gain[at], (int(feature), float(values[at] + values[at + 1]) / 2)
    return found
