"""How far the subject reaches, without the faint leftovers that lie apart from it.

Decides: how opaque, or how heavy, a connected part must be to count as subject; how much of its
outermost pixels it covers.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from offcut.arrays import AlphaMatte, row_bands
from offcut.kernels.connected_components import Regions, find_regions

OPAQUE: Final = 128
"""A part that is anywhere as opaque as this is subject, however small it is."""
HEAVY: Final = 0.05
"""As is one with this share of all opacity: glass, smoke, a veil that is the subject."""
MOST_RUNS_PER_ROW: Final = 64
"""More is noise, of which everything counts."""


def shown_extent(alpha: AlphaMatte, least: int) -> tuple[int, int, int, int] | None:
    """Find the box of the parts of a matte that count as subject.

    Parameters
    ----------
    alpha : AlphaMatte
    least : int
        Alpha from which on a pixel is to be seen.

    Returns
    -------
    (int, int, int, int) or None
        Top, left, bottom and right, the last two excluded; None if nothing is to be seen.
    """
    height, width = alpha.shape
    bands = (alpha[rows] >= least for rows in row_bands(height, width))
    regions = find_regions(bands, is_diagonal=True, most_runs=MOST_RUNS_PER_ROW * height)
    if regions is None:
        return _extent_of_all(alpha, least)
    if regions.row.size == 0:
        return None
    counts = _counting(alpha, regions)[regions.region]
    rows, starts, stops = regions.row[counts], regions.start[counts], regions.stop[counts]
    return int(rows.min()), int(starts.min()), int(rows.max()) + 1, int(stops.max())


def shown_insets(alpha: AlphaMatte) -> tuple[float, float, float, float]:
    """Measure how much of the outermost rows and columns of a box the subject leaves empty.

    Parameters
    ----------
    alpha : AlphaMatte
        Cut to the box.

    Returns
    -------
    (float, float, float, float)
        Shares of a pixel in [0, 1): top, left, bottom, right. Measured against what is next to
        it, so that of glass, which is nowhere opaque, nothing is taken off.
    """
    outermost = (alpha[:2], alpha[:, :2].T, alpha[:-3:-1], alpha[:, :-3:-1].T)
    top, left, bottom, right = (_inset([int(row.max()) for row in rows]) for rows in outermost)
    return top, left, bottom, right


def _inset(strongest: list[int]) -> float:
    """Give what the outermost of two rows leaves empty, by the strongest alpha of each."""
    return 1 - strongest[0] / max(1, *strongest) if len(strongest) > 1 else 0.0


def _counting(alpha: AlphaMatte, regions: Regions) -> NDArray[np.bool_]:
    """Tell of each region whether it is part of the subject; of at least one it is so."""
    strongest_of = regions.strongest(alpha)
    weight_of = regions.total(_weigh_runs(alpha, regions))
    counts = (strongest_of >= OPAQUE) | (weight_of >= HEAVY * weight_of.sum())
    return counts if counts.any() else np.ones(regions.count, np.bool_)


def _weigh_runs(alpha: AlphaMatte, regions: Regions) -> NDArray[np.int64]:
    """Sum the alpha of every run; in bands, since a sum has eight bytes for each pixel."""
    height, width = alpha.shape
    weight = np.empty(len(regions.row), np.int64)
    for rows in row_bands(height, width):
        first, last = np.searchsorted(regions.row, (rows.start, rows.stop))
        if first == last:
            continue
        # A pixel more, so that the last run may end where the band does.
        line = np.append(alpha[rows].ravel(), np.uint8(0))
        offset = (regions.row[first:last] - rows.start) * width
        ends = np.stack((offset + regions.start[first:last], offset + regions.stop[first:last]), 1)
        weight[first:last] = np.add.reduceat(line, ends.ravel(), dtype=np.int64)[::2]
    return weight


def _extent_of_all(alpha: AlphaMatte, least: int) -> tuple[int, int, int, int]:
    """Find the box of all that is to be seen; there is something."""
    height, width = alpha.shape
    of_row = np.empty(height, np.uint8)
    of_column = np.zeros(width, np.uint8)
    for rows in row_bands(height, width):
        of_row[rows] = alpha[rows].max(axis=1)
        np.maximum(of_column, alpha[rows].max(axis=0), out=of_column)
    y, x = np.flatnonzero(of_row >= least), np.flatnonzero(of_column >= least)
    return int(y[0]), int(x[0]), int(y[-1]) + 1, int(x[-1]) + 1
