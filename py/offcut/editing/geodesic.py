"""Distances along the cheapest paths over a picture.

Decides: how often a path may turn.
"""

from __future__ import annotations

from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from offcut.kernels.interface import Kernels

Floats: TypeAlias = NDArray[Any]
"""float64 at run time: the running sums need it."""

MOST_ROUNDS: Final = 12
"""Each lets a path turn once more; beyond that, a detour is no neighbourhood."""
_FAR: Final = 1e6
_SETTLED: Final = 0.05
"""Improvements below this, in steps, are not waited for."""


def geodesic_distance(
    seeds: NDArray[np.bool_], cost: Floats, across: Floats, down: Floats, kernels: Kernels
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
    kernels : Kernels

    Returns
    -------
    float32, shape (h, w)
        At most 1e6, which is also what there is without seeds.

    Notes
    -----
    Distances along paths whose cost depends on the picture, for segmentation: Criminisi,
    Sharp, Blake, "GeoS: Geodesic Image Segmentation", ECCV 2008. Computed by sweeps over whole
    rows and columns: Toivanen, "New geodesic distance transforms for gray-scale images", 1996.
    """
    height, width = seeds.shape
    far = np.where(seeds, 0.0, _FAR)
    along_rows = np.zeros((height, width))
    np.cumsum((cost[:, 1:] + cost[:, :-1]) / 2 + across, axis=1, out=along_rows[:, 1:])
    along_columns = np.zeros((height, width))
    np.cumsum((cost[1:] + cost[:-1]) / 2 + down, axis=0, out=along_columns[1:])
    for _ in range(MOST_ROUNDS):
        if kernels.sweep_distances(far, (along_rows, along_columns)) < _SETTLED:
            break
    return np.minimum(far, _FAR).astype(np.float32)
