"""A picture cut into tiles, of which only those in the unknown band need to be evaluated.

Decides: the size of a tile.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Final

import numpy as np

from offcut.arrays import Trimap
from offcut.matting.trimap import UNKNOWN

TILE: Final = 64
MOST_TILES: Final = 16
"""Tiles in a row that are evaluated at once."""


def find_blocks(trimap: Trimap, size: tuple[int, int]) -> Iterator[tuple[int, slice, slice]]:
    """Cut a picture into tiles of one kind each; neighbours of one kind are joined.

    Yields
    ------
    kind : int
        BACKGROUND, SUBJECT, or UNKNOWN where anything else is in it.
    rows, columns : slice
        Of the full size.
    """
    height, width = size
    row_tiles, column_tiles = _tiles(height), _tiles(width)
    over_rows = _bounds(row_tiles, height, trimap.shape[0])
    over_columns = _bounds(column_tiles, width, trimap.shape[1])
    lowest = _per_tile(np.minimum, trimap, over_rows, over_columns)
    highest = _per_tile(np.maximum, trimap, over_rows, over_columns)
    kinds = np.where(lowest == highest, lowest, UNKNOWN)
    changes = kinds[:, 1:] != kinds[:, :-1]
    for rows, row_kinds, row_changes in zip(row_tiles, kinds.tolist(), changes, strict=True):
        edges = [0, *(np.flatnonzero(row_changes) + 1).tolist(), len(row_kinds)]
        for first, last in itertools.pairwise(edges):
            for start in range(first, last, MOST_TILES):
                stop = min(start + MOST_TILES, last)
                columns = slice(start * TILE, min(stop * TILE, width))
                yield row_kinds[first], rows, columns


def _tiles(length: int) -> list[slice]:
    return [slice(start, min(start + TILE, length)) for start in range(0, length, TILE)]


def _bounds(tiles: list[slice], length: int, small: int) -> list[int]:
    """Give start and end of the working pixels of each tile, one after the other."""
    spans = [_span_of(tile, length, small) for tile in tiles]
    return [bound for span in spans for bound in (span.start, span.stop)]


def _per_tile(choose: np.ufunc, trimap: Trimap, rows: list[int], columns: list[int]) -> Trimap:
    """Reduce what each tile covers, which may overlap, to one value."""
    # `reduceat` goes from each index to the next one, and none may be the length itself: the
    # last row and column are there twice.
    padded = np.pad(trimap, ((0, 1), (0, 1)), mode="edge")
    strips = choose.reduceat(padded, rows, axis=0)[::2]
    return choose.reduceat(strips, columns, axis=1)[:, ::2]


def _span_of(span: slice, length: int, small: int) -> slice:
    """Give the working pixels that are touched when `span` is interpolated from them."""
    scale = small / length
    first = int(max((span.start + 0.5) * scale - 0.5, 0))
    last = int(max((span.stop - 0.5) * scale - 0.5, 0))
    return slice(min(first, max(small - 2, 0)), min(last + 2, small))
