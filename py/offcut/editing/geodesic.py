"""Distances along the cheapest paths over a picture."""

from __future__ import annotations

from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from offcut.kernels.pixel_loops import lent_loops

Floats: TypeAlias = NDArray[Any]
"""float64 at run time: the running sums need it."""

MOST_ROUNDS: Final = 12
"""Each lets a path turn once more; beyond that, a detour is no neighbourhood."""
_FAR: Final = 1e6
_SETTLED: Final = 0.05
"""Improvements below this, in steps, are not waited for."""


def geodesic_distance(
    seeds: NDArray[np.bool_], cost: Floats, across: Floats, down: Floats
) -> NDArray[np.float32]:
    """Measure how far every pixel is from the seeds, along rows and columns.

    Parameters
    ----------
    seeds : bool, shape (h, w)
    cost : float, shape (h, w), > 0
        Of a step: half of it when a pixel is left and half when it is reached.
    across : float, shape (h, w - 1)
    down : float, shape (h - 1, w)
        What it costs on top to go to the next pixel, or back.

    Returns
    -------
    float32, shape (h, w)
        At most 1e6, which is also what there is without seeds.

    Notes
    -----
    Sweeps over whole rows and columns, as in Toivanen, "New geodesic distance transforms for
    gray-scale images", 1996. With the sums C of the costs along a line, the least of
    ``d(y) + |C(x) - C(y)|`` is a running minimum, so a sweep needs no loop over pixels.
    """
    height, width = seeds.shape
    far = np.where(seeds, 0.0, _FAR)
    along_rows = np.zeros((height, width))
    np.cumsum((cost[:, 1:] + cost[:, :-1]) / 2 + across, axis=1, out=along_rows[:, 1:])
    along_columns = np.zeros((height, width))
    np.cumsum((cost[1:] + cost[:-1]) / 2 + down, axis=0, out=along_columns[1:])
    loops = lent_loops()
    for _ in range(MOST_ROUNDS):
        if loops is not None:
            improvement = loops.sweep_distances(far, (along_rows, along_columns))
        else:
            swept = _swept(_swept(far, along_rows, 1), along_columns, 0)
            improvement = float((far - swept).max())
            far = swept
        if improvement < _SETTLED:
            break
    return np.minimum(far, _FAR).astype(np.float32)


def _swept(far: Floats, sums: Floats, axis: int) -> Floats:
    back = slice(None, None, -1)
    turned = (back,) if axis == 0 else (slice(None), back)
    forth = np.minimum.accumulate(far - sums, axis=axis)
    forth += sums
    less = np.minimum.accumulate((far + sums)[turned], axis=axis)[turned]
    less -= sums
    return np.minimum(forth, less, out=forth)
