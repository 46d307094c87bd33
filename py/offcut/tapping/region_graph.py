"""Neighbouring regions of a picture and their common borders, and which of them join at once.

Decides: what a join costs: neighbours of like colour with a weak edge between them come first,
small ones before large ones.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from offcut.arrays import Floats

Indices = NDArray[np.intp]

CELL: Final = 2
"""Pixels of a cell's side: edges are found anew when a region is put into the matte."""
MOST_LEAVES: Final = 400
"""Regions from which on they join one by one, in the order of their cost."""
COLOR: Final = 0.3
"""What a step between the regions' own colours costs, in steps across their common border."""
SIZE: Final = 0.3
"""Power of the smaller one's area: grains join early."""


class Graph(NamedTuple):
    """Regions and their common borders.

    Attributes
    ----------
    size : float64, shape (regions,)
        In cells.
    color : float64, shape (regions, 3)
        Summed over the cells.
    one, other : intp, shape (borders,)
        The regions at each border, `one` less than `other`.
    step, length : float64, shape (borders,)
        Colour steps across the border, summed over its cells, and how many those are.
    """

    size: Floats
    color: Floats
    one: Indices
    other: Indices
    step: Floats
    length: Floats


def average_cells(colors: Floats) -> Floats:
    """Average the colours over cells."""
    height, width = colors.shape[:2]
    rows, columns = -(-height // CELL), -(-width // CELL)
    margins = ((0, rows * CELL - height), (0, columns * CELL - width), (0, 0))
    full = np.pad(colors, margins, mode="edge").astype(np.float64)
    return full.reshape(rows, CELL, columns, CELL, 3).mean(axis=(1, 3))


def grid_of(cells: Floats) -> Graph:
    """Let every cell be a region."""
    rows, columns = cells.shape[:2]
    index: Indices = np.arange(rows * columns, dtype=np.intp).reshape(rows, columns)
    one = np.concatenate((index[:, :-1].ravel(), index[:-1].ravel()))
    other = np.concatenate((index[:, 1:].ravel(), index[1:].ravel()))
    color = cells.reshape(-1, 3)
    step = np.sqrt(((color[one] - color[other]) ** 2).sum(axis=1))
    return Graph(np.ones(len(color)), color, one, other, step, np.ones(len(one)))


def join_nearest(graph: Graph) -> tuple[Graph, Indices]:
    """Join all pairs that are nearest to each other; also gives each region's new number."""
    count, borders = len(graph.size), len(graph.one)
    mean = graph.color / graph.size[:, np.newaxis]
    apart = np.sqrt(((mean[graph.one] - mean[graph.other]) ** 2).sum(axis=1))
    smaller = np.minimum(graph.size[graph.one], graph.size[graph.other])
    cost = (graph.step / graph.length + COLOR * apart) * smaller**SIZE
    rank = np.empty(borders, np.intp)
    order = np.argsort(cost, kind="stable")
    rank[order] = np.arange(borders)
    first = np.full(count, borders)
    np.minimum.at(first, graph.one, rank)
    np.minimum.at(first, graph.other, rank)
    is_nearest = (first[graph.one] == rank) & (first[graph.other] == rank)
    joined = order[np.sort(rank[is_nearest])[: count - MOST_LEAVES]]
    target = np.arange(count)
    target[graph.other[joined]] = graph.one[joined]
    _, moved = np.unique(target, return_inverse=True)
    return _renumber(graph, moved.astype(np.intp)), moved.astype(np.intp)


def _renumber(graph: Graph, moved: Indices) -> Graph:
    """Sum up what has one number now."""
    count = int(moved.max()) + 1
    size = np.bincount(moved, graph.size, count)
    color = np.stack([np.bincount(moved, plane, count) for plane in graph.color.T], axis=1)
    one, other = moved[graph.one], moved[graph.other]
    key = np.minimum(one, other) * count + np.maximum(one, other)
    kept = one != other
    borders, index = np.unique(key[kept], return_inverse=True)
    step = np.bincount(index, graph.step[kept], len(borders))
    length = np.bincount(index, graph.length[kept], len(borders))
    return Graph(size, color, borders // count, borders % count, step, length)
