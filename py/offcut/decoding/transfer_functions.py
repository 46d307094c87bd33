"""Transfer functions: from a picture's values to light, by the numbers of ITU-T H.273."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Transfer = Callable[[Floats], Floats]
"""Takes values in [0, 1]; gives light, 1 for white, more for what is brighter."""

SRGB: Final = 13
PQ: Final = 16
HLG: Final = 18


def power(exponent: float) -> Transfer:
    """Give the function of a plain exponent."""
    return lambda values: np.power(values, exponent)


def linear_srgb(values: Floats) -> Floats:
    """IEC 61966-2-1."""
    return np.where(values <= 0.04045, values / 12.92, np.power((values + 0.055) / 1.055, 2.4))


def linear_smpte240(values: Floats) -> Floats:
    """SMPTE 240M."""
    low = values / 4.0
    return np.where(values < 0.0912, low, np.power((values + 0.1115) / 1.1115, 1 / 0.45))


def linear_pq(values: Floats) -> Floats:
    """SMPTE ST 2084, relative to a white of 203 candelas (ITU-R BT.2408)."""
    m1, m2 = 2610 / 16384, 2523 / 32
    c1, c2, c3 = 107 / 128, 2413 / 128, 2392 / 128
    power = np.power(values, 1 / m2)
    return np.power(np.maximum(power - c1, 0) / (c2 - c3 * power), 1 / m1) * (10_000 / 203)


def linear_hlg(values: Floats) -> Floats:
    """ITU-R BT.2100 hybrid log-gamma: scene light, in [0, 1]."""
    a, b, c = 0.17883277, 0.28466892, 0.55991073
    return np.where(values <= 0.5, values**2 / 3, (np.exp((values - c) / a) + b) / 12)


def linear_smpte428(values: Floats) -> Floats:
    """SMPTE ST 428-1, of cinemas."""
    return np.power(values, 2.6) * (52.37 / 48)


# Video's curves (1, 6, 11, 14, 15) are read as the screens do for which they were made, BT.1886.
TRANSFERS: Final[dict[int, Transfer]] = {
    **dict.fromkeys((1, 6, 11, 14, 15), power(2.4)),
    4: power(2.2),
    5: power(2.8),
    7: linear_smpte240,
    8: power(1.0),
    SRGB: linear_srgb,
    PQ: linear_pq,
    17: linear_smpte428,
    HLG: linear_hlg,
}
