"""Connected regions of a mask, by runs: the stretches of each row that lie in it.

Decides: what counts as connected, also at corners, and when a mask is noise.

A run costs the same whatever its length, so that a flat background of many megapixels is
walked through in milliseconds; and all of it is numpy, which Pyodide runs at full speed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from offcut.arrays import row_bands

Indices = NDArray[np.intp]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Regions:
    """The runs of a mask, from the top and from the left, and the region of each.

    Attributes
    ----------
    shape : (int, int)
        (height, width) of the mask.
    row, start, stop : intp, shape (n,)
        Where each run lies; `stop` is excluded.
    region : intp, shape (n,)
        The number of the region that it belongs to, from 0 on.
    count : int
        How many regions there are.
    """

    shape: tuple[int, int]
    row: Indices
    start: Indices
    stop: Indices
    region: Indices
    count: int

    @property
    def length(self) -> Indices:
        """Pixels of every run."""
        return self.stop - self.start

    @property
    def middle(self) -> Indices:
        """The column in the middle of every run."""
        return (self.start + self.stop) // 2

    def runs(self) -> NDArray[np.intp]:
        """Count the runs of every region: shape (count,)."""
        return np.bincount(self.region, minlength=self.count)

    def total(self, of_run: NDArray[np.floating] | Indices) -> NDArray[np.float64]:
        """Sum a value of every run up, region by region: shape (count,)."""
        sums = np.bincount(self.region, weights=of_run, minlength=self.count)
        return np.asarray(sums, np.float64)

    def any(self, of_run: Mask) -> Mask:
        """Tell of which regions at least one run has a property: shape (count,)."""
        found = np.zeros(self.count, np.bool_)
        found[self.region[of_run]] = True
        return found

    def strongest(self, values: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Give the greatest value in every region of an array of the same shape: (count,)."""
        result = np.zeros(self.count, np.uint8)
        if self.count:
            offset = self.row * values.shape[1]
            limits = np.stack((offset + self.start, offset + self.stop), axis=1).reshape(-1)
            # The last limit may lie behind the last pixel, where reduceat cannot start.
            limits = limits[:-1] if limits[-1] == values.size else limits
            of_run = np.maximum.reduceat(values.reshape(-1), limits)[::2]
            np.maximum.at(result, self.region, of_run)
        return result

    def meet(self, other: Mask) -> Mask:
        """Tell which regions share a pixel with another mask of the same shape: shape (count,)."""
        count = np.zeros((self.shape[0], self.shape[1] + 1), np.intp)
        np.cumsum(other, axis=1, out=count[:, 1:])
        return self.any(count[self.row, self.stop] > count[self.row, self.start])

    def touches_border(self) -> Mask:
        """Tell which regions reach the mask's border: shape (count,)."""
        height, width = self.shape
        at_ends = (self.start == 0) | (self.stop == width)
        return self.any(at_ends | (self.row == 0) | (self.row == height - 1))

    def paint(self, mask: Mask, chosen: Mask, *, value: bool) -> None:
        """Set all pixels of the chosen regions of a mask of the same shape, in place."""
        width = self.shape[1]
        runs = np.flatnonzero(chosen[self.region])
        for rows in row_bands(*self.shape):
            first, last = np.searchsorted(self.row[runs], (rows.start, rows.stop))
            part = runs[first:last]
            offset = (self.row[part] - rows.start) * width
            steps = np.zeros((rows.stop - rows.start) * width + 1, np.int8)
            steps[offset + self.start[part]] += 1
            steps[offset + self.stop[part]] -= 1
            inside = np.cumsum(steps[:-1], dtype=np.int8).view(np.bool_)
            mask[rows][inside.reshape(-1, width)] = value


def find_regions(bands: Iterable[Mask], *, is_diagonal: bool, most_runs: int) -> Regions | None:
    """Find the connected regions of a mask.

    Parameters
    ----------
    bands : iterable of bool, shape (rows, W)
        The mask from the top.
    is_diagonal : bool
        Whether pixels that meet at a corner are connected.
    most_runs : int
        Where there are more the mask is noise, and the answer None.

    Notes
    -----
    Rows are cut into runs, and runs that meet are united by passing the smallest number on
    and halving the paths: Rosenfeld and Pfaltz, "Sequential Operations in Digital Picture
    Processing", J. ACM 1966, with the union of He, Chao, Suzuki, "A Run-Based Two-Scan
    Labeling Algorithm", IEEE TIP 2008. O(pixels / 8) to find the runs and O(n log n) after.
    """
    rows: list[Indices] = []
    starts: list[Indices] = []
    stops: list[Indices] = []
    height = width = found = 0
    for band in bands:
        width = int(band.shape[1])
        row, start, stop = _runs(band)
        rows.append(row + height)
        starts.append(start)
        stops.append(stop)
        height += len(band)
        found += len(row)
        if found > most_runs:
            return None
    row, start, stop = (np.concatenate(parts) for parts in (rows, starts, stops))
    label = _unite(found, *_pair_up(row, start, stop, width, int(is_diagonal)))
    kept, region = np.unique(label, return_inverse=True)
    return Regions((height, width), row, start, stop, region.astype(np.intp), len(kept))


def _runs(band: Mask) -> tuple[Indices, Indices, Indices]:
    """Cut rows into runs: row, start and stop of each."""
    edges = np.zeros((band.shape[0], band.shape[1] + 2), np.bool_)
    edges[:, 1:-1] = band
    changes = np.flatnonzero(edges[:, 1:] != edges[:, :-1])
    row, column = np.divmod(changes, band.shape[1] + 1)
    return row[::2], column[::2], column[1::2]


def _pair_up(
    row: Indices, start: Indices, stop: Indices, width: int, reach: int
) -> tuple[Indices, Indices]:
    """Pair every run with those of the row above that it meets."""
    # One long line of all rows, with a gap that no run crosses, makes one search do.
    line = width + 2
    ends, starts = row * line + stop + reach, row * line + start
    first = np.searchsorted(ends, (row - 1) * line + start, side="right")
    last = np.searchsorted(starts, (row - 1) * line + stop + reach, side="left")
    many = np.maximum(last - first, 0)
    below = np.repeat(np.arange(len(row), dtype=np.intp), many)
    before = np.cumsum(many) - many
    above = np.arange(len(below), dtype=np.intp) - np.repeat(before - first, many)
    return above, below


def _unite(count: int, one: Indices, other: Indices) -> Indices:
    """Give all runs that are connected by pairs the smallest of their numbers."""
    label = np.arange(count, dtype=np.intp)
    while one.size:
        smaller = np.minimum(label[one], label[other])
        np.minimum.at(label, label[one], smaller)
        np.minimum.at(label, label[other], smaller)
        while True:
            shorter = label[label]
            if (shorter == label).all():
                break
            label = shorter
        apart = label[one] != label[other]
        one, other = one[apart], other[apart]
    return label
