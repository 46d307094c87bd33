"""Crops around a tap, in which a network looks again.

Decides: how many crops are looked at for a tap, how large they are and where they lie, that taps
near each other share them.

Crops lie on a lattice: so the next tap, and the pointer on its way, find most of them answered.
"""

from __future__ import annotations

from typing import Final

from offcut.network.views import View

CROP_SHARES: Final = (0.7, 0.35)
"""Of the picture's sides: a thing with its surroundings, and its part."""
STEPS: Final = 4
"""Lattice steps within one crop."""


def crop_views(size: tuple[int, int], x: float, y: float) -> list[View]:
    """Give the views of a picture of (height, width) that are worth a look for a tap at (x, y)."""
    views: list[View] = []
    for share in CROP_SHARES:
        top, bottom = _span(y, size[0], share)
        left, right = _span(x, size[1], share)
        view = View((left, top, right, bottom))
        if view not in views:
            views.append(view)
    return views


def _span(place: float, length: int, share: float) -> tuple[int, int]:
    """Give the span of the lattice whose middle is nearest to a place."""
    side = share * length
    last = length - side
    if last <= 0:
        return 0, length
    steps = max(1, round(last / (side / STEPS)))
    at = min(max(round((place - side / 2) / last * steps), 0), steps)
    start = round(at * last / steps)
    return start, min(length, max(start + 1, start + round(side)))
