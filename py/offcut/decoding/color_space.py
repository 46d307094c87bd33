"""What RGB values mean where no ICC profile says it: primaries, white, transfer function.

The numbers are those of ITU-T H.273, which PNG (cICP) and AVIF (nclx) use alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from offcut.decoding.transfer_functions import (
    HLG,
    PQ,
    TRANSFERS,
    Floats,
    Transfer,
    linear_srgb,
    power,
)

Matrix = tuple[tuple[float, float, float], ...]
Points = tuple[float, ...]
"""White, red, green, blue, each as x, y."""

_D65: Final = (0.3127, 0.3290)
_SRGB_POINTS: Final[Points] = (*_D65, 0.64, 0.33, 0.30, 0.60, 0.15, 0.06)
_BT2020: Final = 9
_POINTS: Final[dict[int, Points]] = {
    1: _SRGB_POINTS,
    4: (0.310, 0.316, 0.67, 0.33, 0.21, 0.71, 0.14, 0.08),
    5: (*_D65, 0.64, 0.33, 0.29, 0.60, 0.15, 0.06),
    6: (*_D65, 0.630, 0.340, 0.310, 0.595, 0.155, 0.070),
    7: (*_D65, 0.630, 0.340, 0.310, 0.595, 0.155, 0.070),
    8: (0.310, 0.316, 0.681, 0.319, 0.243, 0.692, 0.145, 0.049),
    _BT2020: (*_D65, 0.708, 0.292, 0.170, 0.797, 0.131, 0.046),
    10: (1 / 3, 1 / 3, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0),
    11: (0.314, 0.351, 0.680, 0.320, 0.265, 0.690, 0.150, 0.060),
    12: (*_D65, 0.680, 0.320, 0.265, 0.690, 0.150, 0.060),
    22: (*_D65, 0.630, 0.340, 0.295, 0.605, 0.155, 0.077),
}
# An exponent this near to that of sRGB is what old programs wrote for it; libpng's own threshold.
_SRGB_GAMMA: Final = 1 / 2.2
_GAMMA_TOLERANCE: Final = 0.05
_POINT_TOLERANCE: Final = 0.002
_D50: Final = (0.9642, 1.0, 0.8249)
_BRADFORD: Final = ((0.8951, 0.2664, -0.1614), (-0.7502, 1.7135, 0.0367), (0.0389, -0.0685, 1.0296))


@dataclass(frozen=True, slots=True)
class ColorSpace:
    """How to bring values to linear light of known primaries.

    Attributes
    ----------
    linear : Transfer
    matrix : 3 x 3 floats or None
        From linear light to that of sRGB's primaries, or of BT.2020's if it is brighter than
        white; None if the primaries are these.
    transfer : int
        By H.273; 0 if no number says it.
    """

    linear: Transfer
    matrix: Matrix | None
    transfer: int = 0

    @property
    def is_hdr(self) -> bool:
        """Whether there is light brighter than white, which needs tone mapping."""
        return self.transfer in (PQ, HLG)


def space_from_codes(primaries: int, transfer: int) -> tuple[bool, ColorSpace | None]:
    """Make a space of H.273's numbers.

    Returns
    -------
    Whether the numbers are known, and the space, None for sRGB itself.
    """
    points, linear = _POINTS.get(primaries), TRANSFERS.get(transfer)
    if points is None or linear is None:
        return False, None
    target = _POINTS[_BT2020] if transfer in (PQ, HLG) else _SRGB_POINTS
    matrix = _matrix(points, target)
    if matrix is None and linear is linear_srgb:
        return True, None
    return True, ColorSpace(linear, matrix, transfer)


def space_from_gamma(gamma: float, points: Points | None) -> ColorSpace | None:
    """Make a space of PNG's exponent and chromaticities, by Chromium's rules (156).

    Returns
    -------
    ColorSpace or None
        None for an exponent near to sRGB's without chromaticities, and for chromaticities that
        span no space.
    """
    if points is None:
        is_plain = abs(gamma / _SRGB_GAMMA - 1) <= _GAMMA_TOLERANCE
        return None if is_plain else ColorSpace(power(1 / gamma), None)
    try:
        return ColorSpace(power(1 / gamma), _matrix(points, _SRGB_POINTS))
    except (ValueError, ZeroDivisionError):
        return None


def _matrix(points: Points, target: Points) -> Matrix | None:
    """Give the matrix from linear values of these primaries to those of `target`.

    White is adapted by Bradford's method, as in ICC profiles. None if they are the same.

    Raises
    ------
    ValueError, ZeroDivisionError
        For points that span no space.
    """
    if max(abs(a - b) for a, b in zip(points, target, strict=True)) <= _POINT_TOLERANCE:
        return None
    try:
        matrix = np.linalg.inv(_to_xyz_d50(target)) @ _to_xyz_d50(points)
    except np.linalg.LinAlgError as error:
        raise ValueError("the primaries span no space") from error
    if not np.isfinite(matrix).all():
        raise ValueError("the primaries span no space")
    return tuple((float(row[0]), float(row[1]), float(row[2])) for row in matrix)


def _to_xyz_d50(points: Points) -> Floats:
    """Give the matrix from linear values of these primaries to XYZ, white adapted to D50."""
    pairs = list(zip(points[::2], points[1::2], strict=True))
    white = np.array((pairs[0][0], pairs[0][1], 1 - pairs[0][0] - pairs[0][1])) / pairs[0][1]
    columns = np.array([(x, y, 1 - x - y) for x, y in pairs[1:]]).T
    scaled = columns * np.linalg.solve(columns, white)
    cones = np.array(_D50) @ np.array(_BRADFORD).T / (np.array(_BRADFORD) @ white)
    adapted = np.linalg.inv(_BRADFORD) @ (cones[:, np.newaxis] * np.array(_BRADFORD))
    return adapted @ scaled


BT2020_TO_SRGB: Final = _matrix(_POINTS[_BT2020], _SRGB_POINTS)
