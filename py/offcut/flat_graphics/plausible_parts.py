"""Tells a body that goes on from a face from other things that are no backdrop.

Decides: how much may be added to what a network saw; that neither the ground under a subject, nor
the land below a sky, is a part of it.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from offcut.flat_graphics.surface_fit import border_ring
from offcut.kernels.connected_components import Mask

MOST_UPPER: Final = 0.03
"""Share of the border that added parts may cut in its upper half."""
MOST_ADDED: Final = 10.0
"""In areas of what was seen."""
MOST_ADDED_WIDE: Final = 1.0
"""The same where it reaches both sides, as shoulders do, and the ground under a subject."""
LEAST_SLOPE: Final = 0.03
"""Share of the height by which shoulders fall from the neck to the border."""
LEAST_BESIDE: Final = 0.04
"""Share of the width that ground has on each side of a subject."""


def is_plausible(added: Mask, seen: Mask) -> bool:
    """Tell a body from the ground that a subject stands on, and from another background.

    Parameters
    ----------
    added, seen : bool, shape (h, w)
        What would be added to a subject, and what the network saw of it: not empty.
    """
    height, width = added.shape
    ring = border_ring(height, width)
    upper = added & ring
    upper[height // 2 :] = False
    if added[:2].any() or np.count_nonzero(upper) > MOST_UPPER * np.count_nonzero(ring):
        return False
    thing = added | seen
    is_wide = bool(thing[:, :3].any() and thing[:, -3:].any())
    if is_wide and not seen[-3:].any():
        return False  # a thing that stands on a table, or before a skirting board
    if is_wide and _is_ground(added, seen):
        return False
    most = MOST_ADDED_WIDE if is_wide else MOST_ADDED
    return bool(np.count_nonzero(added) <= most * np.count_nonzero(seen))


def _is_ground(added: Mask, seen: Mask) -> bool:
    """Tell a horizon, level on both sides of what was seen, from shoulders, which slope."""
    height, width = added.shape
    columns = np.flatnonzero(seen.any(axis=0)).tolist()
    top = added.argmax(axis=0)
    is_added = np.asarray(added.any(axis=0))
    sides = (range(columns[0]), range(width - 1, columns[-1], -1))
    for side in sides:
        beside = top[[column for column in side if is_added[column]]]
        third = beside.size // 3
        if beside.size < LEAST_BESIDE * width:
            return False
        slope = float(np.median(beside[:third]) - np.median(beside[-third:]))
        if slope > LEAST_SLOPE * height:
            return False
    return True
