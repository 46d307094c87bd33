"""The kernels in WebAssembly, with SIMD; see `wasm_module` for the module that they call.

Decides: what is left to numpy. The loops are in extension/assembly/pixels/.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from offcut.arrays import AlphaMatte, Floats
from offcut.kernels.arguments import ColumnTaps, RowTaps
from offcut.kernels.wasm_colors import WasmColorKernels
from offcut.kernels.wasm_module import (
    address_of,
    first_byte,
    has_whole_rows,
    rows_of,
)

_LANES: Final = 4
"""Numbers that the module works on at once, and needs at least."""
# Planes of a fit: the means that it is made of, and what is made of them; see `ramp.ts`.
_MEANS: Final = 14
_SOLVED: Final = 5


class WasmKernels(WasmColorKernels):
    """The `offcut.kernels.interface.Kernels` of a browser.

    What the module cannot do (few numbers, channels that lie side by side, shrinking) is left
    to numpy.

    Parameters
    ----------
    module : WasmModule
        Started on the memory of this Python.
    """

    def box_blur(self, values: Floats, radius: int) -> Floats:
        """See `Kernels`."""
        if values.ndim != 2 or values.dtype != np.float32:
            return self._numpy.box_blur(values, radius)
        values = np.ascontiguousarray(values)
        blurred = np.empty_like(values)
        self._blur(values[np.newaxis], blurred[np.newaxis], radius)
        return blurred

    def _blur(self, planes: Floats, blurred: Floats, radius: int) -> None:
        """Take means of several planes, (n, H, W), which may be done in place."""
        height, width = planes.shape[1:]
        sums = np.empty((height + 1) * width + 1)
        down = np.empty((height, width), np.float32)
        size, room, between = (height, width), address_of(sums), address_of(down)
        reaches = (min(radius, height - 1), min(radius, width - 1))
        for plane, result in zip(planes, blurred, strict=True):
            self._module.blurDown(address_of(plane), *size, reaches[0], room, between)
            self._module.blurAcross(between, *size, reaches[1], room, address_of(result))

    def local_range(self, plane: Floats, radius: int) -> tuple[Floats, Floats]:
        """See `Kernels`."""
        plane = np.ascontiguousarray(plane)
        lows, highs = (np.empty((2, *plane.shape), np.float32) for _ in range(2))
        between, result = ((address_of(lows[at]), address_of(highs[at])) for at in range(2))
        self._module.rangeDown(address_of(plane), *plane.shape, radius, *between)
        self._module.rangeAcross(*between, *plane.shape, radius, *result)
        return lows[1], highs[1]

    def fit_alpha(
        self, guide: Floats, alpha: Floats, radius: int, ridge: float
    ) -> tuple[Floats, Floats]:
        """See `Kernels`."""
        if alpha.size < _LANES:
            return self._numpy.fit_alpha(guide, alpha, radius, ridge)
        alpha = np.ascontiguousarray(alpha)
        planes = np.empty((_MEANS, *alpha.shape), np.float32)
        planes[0], planes[1:4] = alpha, guide
        colors, given, count = address_of(planes[1]), address_of(alpha), alpha.size
        self._module.multiplyPlanes(colors, given, count, address_of(planes[4]))
        self._blur(planes, planes, radius)
        solved = np.empty((_SOLVED, *alpha.shape), np.float32)
        self._module.solveFit(address_of(planes), count, ridge, address_of(solved))
        self._blur(solved, solved, radius)
        fit = np.empty((_SOLVED - 1, *alpha.shape), np.float32)
        self._module.trustFit(address_of(solved), given, count, address_of(fit))
        return fit[:-1], fit[-1]

    def steepen(
        self, guide: Floats, slopes: Floats, offset: Floats, radius: int, steepness: float
    ) -> Floats:
        """See `Kernels`."""
        if offset.size < _LANES:
            return self._numpy.steepen(guide, slopes, offset, radius, steepness)
        guide, slopes, offset = map(np.ascontiguousarray, (guide, slopes, offset))
        fit = (address_of(slopes), address_of(offset))
        alpha = np.empty_like(offset)
        self._module.applyFit(address_of(guide), *fit, alpha.size, address_of(alpha))
        bounds = self.local_range(alpha, radius)
        fields = np.empty((6, *alpha.shape), np.float32)
        self._module.steepenFit(
            *fit, *map(address_of, bounds), alpha.size, steepness - 1, address_of(fields)
        )
        return fields

    def evaluate_fit(  # noqa: PLR0913, PLR0917 (all that a block needs)
        self,
        pixels: NDArray[np.uint8],
        fields: Floats,
        along: ColumnTaps,
        down: RowTaps,
        faint: int,
        out: AlphaMatte,
    ) -> None:
        """See `Kernels`."""
        rows, columns = out.shape
        missing = -columns % _LANES
        if missing:
            wider = np.empty((rows, columns + missing), np.uint8)
            pixels = np.pad(pixels, ((0, 0), (0, missing), (0, 0)))
            padding = (0, missing)
            along = ColumnTaps(
                np.pad(along.left, padding),
                np.pad(along.right, padding),
                np.pad(along.share, padding),
            )
            self.evaluate_fit(pixels, fields, along, down, faint, wider)
            out[...] = wider[:, :columns]
            return
        fields = fields if has_whole_rows(fields) else np.ascontiguousarray(fields)
        taps = [np.ascontiguousarray(part) for part in (*along, *down)]
        across = np.empty((len(fields), fields.shape[1], columns), np.float32)
        self._module.evaluateFit(
            first_byte(pixels), pixels.strides[0], *rows_of(fields), *map(address_of, taps),
            columns, rows, address_of(across), faint, first_byte(out), out.strides[0],
        )  # fmt: skip

    def sweep_distances(self, far: Floats, sums: tuple[Floats, Floats]) -> float:
        """See `Kernels`."""
        sums = (np.ascontiguousarray(sums[0]), np.ascontiguousarray(sums[1]))
        room = np.empty((2, *far.shape))
        return self._module.sweepDistances(
            address_of(far), *map(address_of, sums), *far.shape, address_of(room)
        )
