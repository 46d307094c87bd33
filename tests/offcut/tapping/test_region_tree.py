"""The tree of the picture's parts: nested, at edges, and the same each time."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray
from offcut.tapping.guesses import overlap
from offcut.tapping.region_graph import CELL, MOST_LEAVES
from offcut.tapping.region_tree import RegionTree, grow_tree

ROWS, COLUMNS = 120, 160


def house() -> NDArray[np.float32]:
    """A dark wall with a bright window in it, before a sky with some noise on everything."""
    colors = np.full((ROWS, COLUMNS, 3), (200, -30, 10), np.float32)
    colors[30:100, 40:120] = (70, 10, 20)
    colors[50:80, 60:80] = (230, 0, 0)
    return colors + np.random.default_rng(5).normal(0, 4, colors.shape).astype(np.float32)


def at(tree: RegionTree, row: int, column: int) -> list[NDArray[np.bool_]]:
    """Give the nested regions at a pixel, the smallest first."""
    chain, since = tree.around(row // CELL, column // CELL)
    enlarged = np.repeat(np.repeat(since, CELL, axis=0), CELL, axis=1)
    return [enlarged <= index for index in range(len(chain))]


def region(top: int, bottom: int, left: int, right: int) -> NDArray[np.bool_]:
    mask = np.zeros((ROWS, COLUMNS), np.bool_)
    mask[top:bottom, left:right] = True
    return mask


def test_a_part_and_the_whole_are_both_regions_of_a_place_in_the_part() -> None:
    parts = at(grow_tree(house()), 60, 70)
    for wanted in (region(50, 80, 60, 80), region(30, 100, 40, 120)):
        assert max(overlap(part, wanted) for part in parts) > 0.95


def test_the_regions_of_a_place_are_nested_and_end_with_the_picture() -> None:
    tree = grow_tree(house())
    parts = at(tree, 60, 70)
    assert all(part[60, 70] for part in parts)
    assert all((one <= other).all() for one, other in pairwise(parts))
    assert parts[-1].all()


def test_every_region_joins_into_a_later_one_that_costs_no_less() -> None:
    tree = grow_tree(house())
    assert tree.leaf.max() + 1 <= MOST_LEAVES
    assert tree.parent[-1] == -1
    assert len(tree.parent) == 2 * (int(tree.leaf.max()) + 1) - 1
    for number, parent in enumerate(tree.parent[:-1]):
        assert parent > number
        assert tree.height[parent] >= tree.height[number]


def test_the_same_picture_has_the_same_tree() -> None:
    one, other = grow_tree(house()), grow_tree(house())
    assert np.array_equal(one.leaf, other.leaf)
    assert one[1:] == other[1:]


@pytest.mark.parametrize("size", [(1, 1), (1, 7), (9, 2), (400, 3)])
def test_a_picture_of_any_size_has_a_tree(size: tuple[int, int]) -> None:
    tree = grow_tree(np.zeros((*size, 3), np.float32))
    chain, since = tree.around(0, 0)
    assert chain[-1] == len(tree.parent) - 1
    assert int(since.max()) <= len(chain) - 1
