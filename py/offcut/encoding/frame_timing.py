"""The delays of an animation in the unit that a format counts in.

Decides: that rounding never adds up, so that the last frame comes when it should; that what
browsers slow down (10 ms and less) is still slowed down in another format, and nothing else is.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

_SLOWED_DOWN: Final = 10
"""Milliseconds: browsers show a frame of so few or fewer for a tenth of a second."""


def count_ticks(delays: Sequence[Fraction], unit: int) -> list[int]:
    """Round delays to whole ticks, so that every frame begins as near as can be to its time.

    Parameters
    ----------
    delays : sequence of Fraction
        Milliseconds of each frame.
    unit : int
        Milliseconds of a tick: 1 or 10.
    """
    ticks: list[int] = []
    time, begun = Fraction(0), 0
    for delay in delays:
        time += delay / unit
        if delay <= _SLOWED_DOWN:
            ticks.append(min(round(delay / unit), _SLOWED_DOWN // unit))
        else:
            ticks.append(max(round(time) - begun, _SLOWED_DOWN // unit + 1))
        begun += ticks[-1]
    return ticks
