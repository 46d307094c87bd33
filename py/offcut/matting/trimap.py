"""Alpha matte -> trimap: what is certain, and the band in which the edge has to be found.

Decides: from which opacity on a pixel is certain (CERTAIN).

The thresholds are fixed numbers. They are never taken from the matte's own range: a picture
without a subject must stay empty.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from offcut.arrays import Trimap

BACKGROUND: Final = 0
UNKNOWN: Final = 128
SUBJECT: Final = 255
CERTAIN: Final = 0.01
"""Alpha nearer than this to 0 or 1 is taken for exactly 0 or 1."""


def trimap_from_range(low: NDArray[np.float32], high: NDArray[np.float32]) -> Trimap:
    """Split the picture into certain background, certain subject and the unknown band.

    Parameters
    ----------
    low, high : float32, shape (H, W), range [0, 1]
        Smallest and largest alpha in the neighbourhood of every pixel.

    Returns
    -------
    uint8, shape (H, W)
        0 background, 128 unknown, 255 subject. All 0 when alpha never exceeds `CERTAIN`.
    """
    trimap = np.full(low.shape, UNKNOWN, np.uint8)
    trimap[high <= CERTAIN] = BACKGROUND
    trimap[low >= 1 - CERTAIN] = SUBJECT
    return trimap
