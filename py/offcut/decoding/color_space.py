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
    SRGB,
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
_POINTS: Final[dict[int, Points]] = {
    1: _SRGB_POINTS,
    4: (0.310, 0.316, 0.67, 0.33, 0.21, 0.71, 0.14, 0.08),
    5: (*_D65, 0.64, 0.33, 0.29, 0.60, 0.15, 0.06),
    6: (*_D65, 0.630, 0.340, 0.310, 0.595, 0.155, 0.070),
    7: (*_D65, 0.630, 0.340, 0.310, 0.595, 0.155, 0.070),
    8: (0.310, 0.316, 0.681, 0.319, 0.243, 0.692, 0.145, 0.049),
    9: (*_D65, 0.708, 0.292, 0.170, 0.797, 0.131, 0.046),
    11: (0.314, 0.351, 0.680, 0.320, 0.265, 0.690, 0.150, 0.060),
    12: (*_D65, 0.680, 0.320, 0.265, 0.690, 0.150, 0.060),
    22: (*_D65, 0.630, 0.340, 0.295, 0.605, 0.155, 0.077),
}
_SRGB_PRIMARIES: Final = 1
_UNSPECIFIED: Final = 2
# An exponent this near to that of sRGB is what old programs wrote for it; libpng's own threshold.
_SRGB_GAMMA: Final = 1 / 2.2
_GAMMA_TOLERANCE: Final = 0.05
_POINT_TOLERANCE: Final = 0.002
_STUDIO_RANGE: Final = (16.0, 219.0)
_D50: Final = (0.9642, 1.0, 0.8249)
_BRADFORD: Final = ((0.8951, 0.2664, -0.1614), (-0.7502, 1.7135, 0.0367), (0.0389, -0.0685, 1.0296))


@dataclass(frozen=True, slots=True)
class ColorSpace:
    """How to bring values to the linear light of sRGB's primaries.

    Attributes
    ----------
    linear : Transfer
    matrix : 3 x 3 floats or None
        From linear light to linear sRGB; None if the primaries are sRGB's.
    transfer : int
        By H.273; 16 and 18 are brighter than white and need tone mapping.
    is_full_range : bool
    """

    linear: Transfer
    matrix: Matrix | None
    transfer: int = 0
    is_full_range: bool = True

    @property
    def is_hdr(self) -> bool:
        """Whether there is light brighter than white."""
        return self.transfer in (PQ, HLG)

    def light(self, values: Floats) -> Floats:
        """Give the light of eight-bit values."""
        if self.is_full_range:
            return self.linear(values / 255)
        black, span = _STUDIO_RANGE
        return self.linear(np.clip((values - black) / span, 0, 1))


def space_from_codes(
    primaries: int, transfer: int, *, is_full_range: bool = True
) -> tuple[bool, ColorSpace | None]:
    """Make a space of H.273's numbers.

    Returns
    -------
    Whether the numbers are known, and the space, None for sRGB itself.
    """
    points = _POINTS.get(_SRGB_PRIMARIES if primaries == _UNSPECIFIED else primaries)
    linear = TRANSFERS.get(SRGB if transfer == _UNSPECIFIED else transfer)
    if points is None or linear is None:
        return False, None
    matrix = _matrix_to_srgb(points)
    if matrix is None and linear is linear_srgb and is_full_range:
        return True, None
    return True, ColorSpace(linear, matrix, transfer, is_full_range)


def space_from_gamma(gamma: float | None, points: Points | None) -> ColorSpace | None:
    """Make a space of PNG's exponent and chromaticities; None for sRGB, as far as they say."""
    matrix = None if points is None else _matrix_to_srgb(points)
    if gamma is None or abs(gamma / _SRGB_GAMMA - 1) <= _GAMMA_TOLERANCE:
        return None if matrix is None else ColorSpace(linear_srgb, matrix)
    # As browsers do it, for a screen whose own exponent is 2.2.
    to_screen = power(_SRGB_GAMMA / gamma)
    return ColorSpace(lambda values: linear_srgb(to_screen(values)), matrix)


def _matrix_to_srgb(points: Points) -> Matrix | None:
    """Give the matrix from linear values of these primaries to linear sRGB.

    White is adapted by Bradford's method, as in ICC profiles. None for sRGB's own primaries, and
    for points that span no space.
    """
    if max(abs(a - b) for a, b in zip(points, _SRGB_POINTS, strict=True)) <= _POINT_TOLERANCE:
        return None
    try:
        source, target = _to_xyz_d50(points), _to_xyz_d50(_SRGB_POINTS)
        matrix = np.linalg.inv(target) @ source
    except (np.linalg.LinAlgError, ZeroDivisionError):
        return None
    if not np.isfinite(matrix).all():
        return None
    return tuple((float(row[0]), float(row[1]), float(row[2])) for row in matrix)


def _to_xyz_d50(points: Points) -> Floats:
    """Give the matrix from linear values of these primaries to XYZ, white adapted to D50."""
    white, *primaries = (
        np.array((x / y, 1.0, (1 - x - y) / y))
        for x, y in zip(points[::2], points[1::2], strict=True)
    )
    columns = np.stack(primaries, axis=1)
    scaled = columns * np.linalg.solve(columns, white)
    cones = np.array(_D50) @ np.array(_BRADFORD).T / (np.array(_BRADFORD) @ white)
    adapted = np.linalg.inv(_BRADFORD) @ (cones[:, np.newaxis] * np.array(_BRADFORD))
    return adapted @ scaled
