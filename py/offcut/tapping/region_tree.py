"""A tree of regions: the picture's parts, their parts and so on, found once for all taps.

Decides: which neighbours join first, how fine the smallest regions are.

Neighbours of like colour with a weak edge between them join first, small ones before large ones. So
the regions that hold a place are nested, from a spot to the whole picture, and end at edges.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from offcut.arrays import Floats

Indices = NDArray[np.intp]

CELL: Final = 2
"""Pixels of a cell's side: edges are found anew when a region is put into the matte."""
MOST_LEAVES: Final = 400
"""Regions from which on they join one by one, in the order of their cost."""
_COLOR: Final = 0.3
"""What a step between the regions' own colours costs, in steps across their common border."""
_SIZE: Final = 0.3
"""Power of the smaller one's area: grains join early."""


class RegionTree(NamedTuple):
    """The regions of a picture.

    Attributes
    ----------
    leaf : intp, shape (rows, columns)
        Of every cell, its smallest region: 0 to leaves - 1.
    parent : tuple of int
        Of every region the one that it joined into, which has a greater number; -1 of the whole.
    height : tuple of float
        At which cost a region came about; 0 of leaves. A parent's is no less.
    """

    leaf: Indices
    parent: tuple[int, ...]
    height: tuple[float, ...]

    def around(self, row: int, column: int) -> tuple[list[int], Indices]:
        """Find the nested regions that hold a cell.

        Returns
        -------
        chain : list of int
            The regions, the smallest first.
        since : intp, shape (rows, columns)
            From which index of the chain on a cell is inside.
        """
        chain = [int(self.leaf[row, column])]
        while self.parent[chain[-1]] >= 0:
            chain.append(self.parent[chain[-1]])
        since = [0] * len(self.parent)
        place = {region: at for at, region in enumerate(chain)}
        for region in range(len(self.parent) - 1, -1, -1):
            since[region] = place.get(region, since[self.parent[region]])
        return chain, np.asarray(since, np.intp)[self.leaf]


class _Graph(NamedTuple):
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

    size: NDArray[np.float64]
    color: NDArray[np.float64]
    one: Indices
    other: Indices
    step: NDArray[np.float64]
    length: NDArray[np.float64]


def grow_tree(colors: Floats) -> RegionTree:
    """Find the regions of a picture: float32, (h, w, 3), without grain.

    Notes
    -----
    Binary partition tree (Salembier, Garrido, "Binary partition tree as an efficient representation
    for image processing", IEEE TIP 2000), begun with rounds in which all pairs that are nearest to
    each other join at once.
    """
    cells = _cells(colors)
    graph = _grid(cells)
    leaf = np.arange(cells.shape[0] * cells.shape[1])
    while len(graph.size) > MOST_LEAVES:
        graph, moved = _join_nearest(graph)
        leaf = moved[leaf]
    parent, height = _join_all(graph)
    return RegionTree(leaf.reshape(cells.shape[:2]), tuple(parent), tuple(height))


def _cells(colors: Floats) -> NDArray[np.float64]:
    """Average the colours over cells."""
    height, width = colors.shape[:2]
    rows, columns = -(-height // CELL), -(-width // CELL)
    margins = ((0, rows * CELL - height), (0, columns * CELL - width), (0, 0))
    full = np.pad(colors, margins, mode="edge").astype(np.float64)
    return full.reshape(rows, CELL, columns, CELL, 3).mean(axis=(1, 3))


def _grid(cells: NDArray[np.float64]) -> _Graph:
    """Let every cell be a region."""
    rows, columns = cells.shape[:2]
    index = np.arange(rows * columns).reshape(rows, columns)
    one = np.concatenate((index[:, :-1].ravel(), index[:-1].ravel()))
    other = np.concatenate((index[:, 1:].ravel(), index[1:].ravel()))
    color = cells.reshape(-1, 3)
    step = np.sqrt(((color[one] - color[other]) ** 2).sum(axis=1))
    return _Graph(np.ones(len(color)), color, one, other, step, np.ones(len(one)))


def _join_nearest(graph: _Graph) -> tuple[_Graph, Indices]:
    """Join all pairs that are nearest to each other; also gives each region's new number."""
    count, borders = len(graph.size), len(graph.one)
    mean = graph.color / graph.size[:, np.newaxis]
    apart = np.sqrt(((mean[graph.one] - mean[graph.other]) ** 2).sum(axis=1))
    smaller = np.minimum(graph.size[graph.one], graph.size[graph.other])
    cost = (graph.step / graph.length + _COLOR * apart) * smaller**_SIZE
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


def _renumber(graph: _Graph, moved: Indices) -> _Graph:
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
    return _Graph(size, color, borders // count, borders % count, step, length)


class _Merger:
    """Regions that join one by one."""

    def __init__(self, graph: _Graph) -> None:
        self.size: list[float] = graph.size.tolist()
        self.color: list[list[float]] = graph.color.tolist()
        self.borders: list[dict[int, tuple[float, float]]] = [{} for _ in self.size]
        rows = zip(*(each.tolist() for each in graph[2:]), strict=True)
        for one, other, step, length in rows:
            self.borders[one][other] = self.borders[other][one] = (step, length)

    def cost(self, one: int, other: int) -> float:
        """Say what it costs to join two neighbours."""
        step, length = self.borders[one][other]
        size, more = self.size[one], self.size[other]
        pairs = zip(self.color[one], self.color[other], strict=True)
        apart = sum((value / size - second / more) ** 2 for value, second in pairs) ** 0.5
        return (step / length + _COLOR * apart) * min(size, more) ** _SIZE

    def join(self, one: int, other: int) -> Iterator[tuple[float, int, int]]:
        """Join two; gives the costs of the new region's borders."""
        number = len(self.size)
        self.size.append(self.size[one] + self.size[other])
        pairs = zip(self.color[one], self.color[other], strict=True)
        self.color.append([value + second for value, second in pairs])
        common: dict[int, tuple[float, float]] = {}
        for part in (one, other):
            for each, (step, length) in self.borders[part].items():
                if each in {one, other}:
                    continue
                before = common.get(each, (0.0, 0.0))
                common[each] = (before[0] + step, before[1] + length)
                del self.borders[each][part]
            self.borders[part] = {}
        self.borders.append(common)
        for each, border in common.items():
            self.borders[each][number] = border
        for each in common:
            yield self.cost(each, number), each, number


def _join_all(graph: _Graph) -> tuple[list[int], list[float]]:
    """Join the cheapest neighbours until there is one region: parents and heights."""
    merger = _Merger(graph)
    count = len(graph.size)
    parent, height = [-1] * count, [0.0] * count
    pairs = zip(graph.one.tolist(), graph.other.tolist(), strict=True)
    queue = [(merger.cost(one, other), one, other) for one, other in pairs]
    heapq.heapify(queue)
    while queue:
        cost, one, other = heapq.heappop(queue)
        if parent[one] >= 0 or parent[other] >= 0:
            continue
        parent[one] = parent[other] = len(parent)
        height.append(max(cost, height[one], height[other]))
        parent.append(-1)
        for border in merger.join(one, other):
            heapq.heappush(queue, border)
    return parent, height
