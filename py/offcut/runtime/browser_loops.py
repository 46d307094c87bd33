"""Loops over pixels in WebAssembly, which work in Python's own memory.

The code is `extension/python/pixel_loops.wasm`, from `extension/assembly/pixels/`.
"""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from offcut.kernels.filters import bilinear_taps
from offcut.kernels.pixel_loops import PlacedLayer, Softness, lend_loops

_LANES = 4
# Planes of a fit: the means that it is made of, and what is made of them; see `ramp.ts`.
_MEANS = 14
_SOLVED = 5
_SOFT_PIXEL_BYTES = 96


class JsLoops(Protocol):
    """The module's exports; all numbers are addresses, sizes and counts."""

    def clearPixels(self, pixels: int, shown: int, count: int) -> None:  # noqa: N802 (JavaScript)
        """Empty what is transparent."""
        ...

    def unmixColors(self, *places: int) -> None:  # noqa: N802 (JavaScript)
        """Take the backdrop out of soft pixels."""
        ...

    def paintCutout(self, *places: int) -> None:  # noqa: N802 (JavaScript)
        """Paint rows of the cut-out."""
        ...

    def takeKnownColors(self, *places: float) -> int:  # noqa: N802 (JavaScript)
        """Take over what is known, and find the pixels of which it is not."""
        ...

    def relaxColors(self, *places: float) -> None:  # noqa: N802 (JavaScript)
        """Take steps to the colours of soft pixels."""
        ...

    def packColors(self, planes: int, count: int, out: int) -> None:  # noqa: N802 (JavaScript)
        """Make pixels of planes."""
        ...

    def stretchAcross(self, *places: int) -> None:  # noqa: N802 (JavaScript)
        """Make rows longer."""
        ...

    def stretchDown(self, *places: int) -> None:  # noqa: N802 (JavaScript)
        """Make more rows."""
        ...

    def sweepDistances(self, *places: int) -> float:  # noqa: N802 (JavaScript)
        """Let all paths go on along rows and columns."""
        ...

    def blurDown(self, *places: int) -> None:  # noqa: N802 (JavaScript)
        """Take means up and down."""
        ...

    def blurAcross(self, *places: int) -> None:  # noqa: N802 (JavaScript)
        """Take means to the left and the right."""
        ...

    def rangeDown(self, *places: int) -> None:  # noqa: N802 (JavaScript)
        """Find smallest and largest values up and down."""
        ...

    def rangeAcross(self, *places: int) -> None:  # noqa: N802 (JavaScript)
        """Find them to the left and the right."""
        ...

    def multiplyPlanes(self, *places: int) -> None:  # noqa: N802 (JavaScript)
        """Multiply what a fit needs the products of."""
        ...

    def solveFit(self, *places: float) -> None:  # noqa: N802 (JavaScript)
        """Solve the fit of every pixel."""
        ...

    def trustFit(self, *places: int) -> None:  # noqa: N802 (JavaScript)
        """Weigh a fit by what it explains."""
        ...

    def fittedAlpha(self, *places: int) -> None:  # noqa: N802 (JavaScript)
        """Evaluate a fit at its own size."""
        ...

    def steepenFit(self, *places: float) -> None:  # noqa: N802 (JavaScript)
        """Make ramps steeper."""
        ...

    def evaluateFit(self, *places: int) -> None:  # noqa: N802 (JavaScript)
        """Evaluate the colour fit in a block."""
        ...


class BrowserLoops:
    """The `offcut.kernels.pixel_loops.PixelLoops` that call the module."""

    fewest = _LANES

    def __init__(self, loops: JsLoops) -> None:
        self._loops = loops

    def clear_pixels(self, band: NDArray[np.uint8], shown: NDArray[np.uint8]) -> None:
        """Empty what is transparent."""
        self._loops.clearPixels(_address(band), _address(shown), shown.size)

    def unmix_colors(
        self,
        band: NDArray[np.uint8],
        share: NDArray[np.uint8],
        layers: tuple[PlacedLayer, PlacedLayer],
        tables: tuple[NDArray[Any], NDArray[Any]],
    ) -> None:
        """Take the backdrop out of a band's soft pixels."""
        height, width = share.shape
        self._loops.unmixColors(
            _address(band), _address(share), width, height, *_addresses(layers, tables)
        )

    def paint_cutout(
        self,
        pixels: NDArray[np.uint8],
        shown: NDArray[np.uint8],
        share: NDArray[np.uint8],
        layers: tuple[PlacedLayer, PlacedLayer],
        tables: tuple[NDArray[Any], NDArray[Any]],
    ) -> NDArray[np.uint8]:
        """Paint rows of the cut-out."""
        height, width = share.shape
        band = np.empty(pixels.shape, np.uint8)
        self._loops.paintCutout(
            _address(pixels), _address(shown), _address(share), width, height,
            *_addresses(layers, tables), _address(band),
        )  # fmt: skip
        return band

    def relax_colors(
        self,
        image: NDArray[np.float32],
        alpha: NDArray[np.float32],
        pair: NDArray[np.float32],
        softness: Softness,
        steps: int,
    ) -> None:
        """Take steps to the colours of a level's soft pixels."""
        height, width = alpha.shape
        planes = (_address(image), _address(alpha), _address(pair))
        soft = np.empty(alpha.size, np.intp)
        low, high, flatness, at_edges = softness
        found = self._loops.takeKnownColors(*planes, alpha.size, low, high, _address(soft))
        if found:
            room = np.empty(found * _SOFT_PIXEL_BYTES, np.uint8)
            self._loops.relaxColors(
                *planes, width, height, _address(soft), found, flatness, at_edges, steps,
                _address(room),
            )  # fmt: skip

    def enlarge_colors(
        self, planes: NDArray[np.float32], size: tuple[int, int]
    ) -> NDArray[np.uint8]:
        """Make pixels of colours, enlarged."""
        rows, columns = planes.shape[1:]
        pixels = np.empty((rows, columns, 4), np.uint8)
        self._loops.packColors(_address(planes), rows * columns, _address(pixels))
        if columns < size[1]:
            across = np.empty((rows, size[1], 4), np.uint8)
            taps = bilinear_taps(size[1], columns)
            self._loops.stretchAcross(
                _address(pixels), rows, columns, *map(_address, taps), size[1], _address(across)
            )
            pixels = across
        if rows < size[0]:
            down = np.empty((*size, 4), np.uint8)
            taps = bilinear_taps(size[0], rows)
            self._loops.stretchDown(
                _address(pixels), size[1], *map(_address, taps), size[0], _address(down)
            )
            pixels = down
        return pixels

    def sweep_distances(
        self, far: NDArray[np.float64], sums: tuple[NDArray[np.float64], NDArray[np.float64]]
    ) -> float:
        """Let all paths go on along rows and columns."""
        room = np.empty((2, *far.shape))
        return self._loops.sweepDistances(
            _address(far), *map(_address, sums), *far.shape, _address(room)
        )

    def box_blur(self, values: NDArray[np.float32], radius: int) -> NDArray[np.float32]:
        """Take means over a square window."""
        blurred = np.empty_like(values)
        self._blur(values[np.newaxis], blurred[np.newaxis], radius)
        return blurred

    def _blur(self, planes: NDArray[np.float32], blurred: NDArray[np.float32], radius: int) -> None:
        """Take means of several planes, (n, H, W)."""
        height, width = planes.shape[1:]
        sums = np.empty((height + 1) * width + 1)
        down = np.empty((height, width), np.float32)
        size, room, between = (height, width), _address(sums), _address(down)
        reaches = (min(radius, height - 1), min(radius, width - 1))
        for plane, result in zip(planes, blurred, strict=True):
            self._loops.blurDown(_address(plane), *size, reaches[0], room, between)
            self._loops.blurAcross(between, *size, reaches[1], room, _address(result))

    def local_range(
        self, plane: NDArray[np.float32], radius: int
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Find the range of the values around."""
        lows, highs = (np.empty((2, *plane.shape), np.float32) for _ in range(2))
        between, result = ((_address(lows[at]), _address(highs[at])) for at in range(2))
        self._loops.rangeDown(_address(plane), *plane.shape, radius, *between)
        self._loops.rangeAcross(*between, *plane.shape, radius, *result)
        return lows[1], highs[1]

    def fit_alpha(
        self, guide: NDArray[np.float32], alpha: NDArray[np.float32], radius: int, ridge: float
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Fit alpha to colours."""
        planes = np.empty((_MEANS, *alpha.shape), np.float32)
        planes[0], planes[1:4] = alpha, guide
        colors, given, count = _address(planes[1]), _address(alpha), alpha.size
        self._loops.multiplyPlanes(colors, given, count, _address(planes[4]))
        self._blur(planes, planes, radius)
        solved = np.empty((_SOLVED, *alpha.shape), np.float32)
        self._loops.solveFit(_address(planes), count, ridge, _address(solved))
        self._blur(solved, solved, radius)
        fit = np.empty((_SOLVED - 1, *alpha.shape), np.float32)
        self._loops.trustFit(_address(solved), given, count, _address(fit))
        return fit[:-1], fit[-1]

    def steepen(
        self,
        guide: NDArray[np.float32],
        slopes: NDArray[np.float32],
        offset: NDArray[np.float32],
        radius: int,
        more: float,
    ) -> NDArray[np.float32]:
        """Make ramps steeper."""
        fit = (_address(slopes), _address(offset))
        alpha = np.empty_like(offset)
        self._loops.fittedAlpha(_address(guide), *fit, alpha.size, _address(alpha))
        bounds = self.local_range(alpha, radius)
        fields = np.empty((6, *alpha.shape), np.float32)
        self._loops.steepenFit(*fit, *map(_address, bounds), alpha.size, more, _address(fields))
        return fields

    def evaluate_fit(  # noqa: PLR0913, PLR0917 (all that a block needs)
        self,
        pixels: NDArray[np.uint8],
        fields: NDArray[np.float32],
        along: tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float32]],
        down: tuple[NDArray[np.intp], NDArray[np.float32]],
        faint: int,
        out: NDArray[np.uint8],
    ) -> None:
        """Evaluate the colour fit in a block."""
        rows, columns = out.shape
        missing = -columns % _LANES
        if missing:
            wider = np.empty((rows, columns + missing), np.uint8)
            pixels = np.pad(pixels, ((0, 0), (0, missing), (0, 0)))
            padding = (0, missing)
            left, right, share = along
            along = np.pad(left, padding), np.pad(right, padding), np.pad(share, padding)
            self.evaluate_fit(pixels, fields, along, down, faint, wider)
            out[...] = wider[:, :columns]
            return
        across = np.empty((len(fields), fields.shape[1], columns), np.float32)
        self._loops.evaluateFit(
            _first(pixels), pixels.strides[0], *_planes(fields), *map(_address, along),
            *map(_address, down), columns, rows, _address(across), faint,
            _first(out), out.strides[0],
        )  # fmt: skip


def _addresses(
    layers: tuple[PlacedLayer, PlacedLayer], tables: tuple[NDArray[Any], NDArray[Any]]
) -> list[int]:
    places = [_address(array) for layer in layers for array in layer]
    return places + [_address(table) for table in tables]


def _planes(fields: NDArray[np.float32]) -> tuple[int, int, int, int]:
    """Give the address of whole rows of several planes, the plane's and the row's size, rows."""
    size, width, one = (step // fields.itemsize for step in fields.strides)
    if (width, one) != (fields.shape[2], 1):
        raise ValueError("the loops over pixels need whole rows")
    return _first(fields), size, width, fields.shape[1]


def _first(array: NDArray[Any]) -> int:
    return int(array.__array_interface__["data"][0])


def _address(array: NDArray[Any]) -> int:
    if not array.flags.c_contiguous:
        raise ValueError("the loops over pixels need contiguous arrays")
    return _first(array)


def lend(loops: JsLoops) -> None:
    """Run the loops by the module from now on."""
    lend_loops(BrowserLoops(loops))
