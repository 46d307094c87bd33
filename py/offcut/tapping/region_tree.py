"""A tree of regions: the picture's parts, their parts and so on, found once for all taps.

Decides: how the regions that hold a place are nested, from a spot to the whole picture. Which
neighbours join first: region_graph.py.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from offcut.arrays import Floats
from offcut.tapping.region_graph import (
    COLOR,
    MOST_LEAVES,
    SIZE,
    Graph,
    Indices,
    average_cells,
    grid_of,
    join_nearest,
)


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


def grow_tree(colors: Floats) -> RegionTree:
    """Find the regions of a picture: float32, (h, w, 3), without grain.

    Notes
    -----
    Binary partition tree (Salembier, Garrido, "Binary partition tree as an efficient representation
    for image processing", IEEE TIP 2000), begun with rounds in which all pairs that are nearest to
    each other join at once.
    """
    cells = average_cells(colors)
    graph = grid_of(cells)
    leaf: Indices = np.arange(cells.shape[0] * cells.shape[1], dtype=np.intp)
    while len(graph.size) > MOST_LEAVES:
        graph, moved = join_nearest(graph)
        leaf = moved[leaf]
    parent, height = _join_all(graph)
    return RegionTree(leaf.reshape(cells.shape[:2]), tuple(parent), tuple(height))


class _Merger:
    """Regions that join one by one."""

    def __init__(self, graph: Graph) -> None:
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
        return (step / length + COLOR * apart) * min(size, more) ** SIZE

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


def _join_all(graph: Graph) -> tuple[list[int], list[float]]:
    """Join the cheapest neighbours until there is one region: parents and heights."""
    merger = _Merger(graph)
    count = len(graph.size)
    parent = [-1] * count
    height: list[float] = [0.0] * count
    pairs = zip(graph.one.tolist(), graph.other.tolist(), strict=True)
    queue: list[tuple[float, int, int]] = [
        (merger.cost(one, other), one, other) for one, other in pairs
    ]
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
