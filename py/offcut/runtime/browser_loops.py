"""Loops over pixels in WebAssembly, which work in Python's own memory.

The code is `extension/python/pixel_loops.wasm`, from `extension/assembly/pixels/`.
"""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from offcut.pixel_loops import PlacedLayer, lend_loops

_LANES = 4


class JsLoops(Protocol):
    """The module's exports; all numbers are addresses, sizes and counts."""

    def clearPixels(self, pixels: int, shown: int, count: int) -> None:  # noqa: N802 (JavaScript)
        """Empty what is transparent."""
        ...

    def unmixColors(self, *places: int) -> None:  # noqa: N802 (JavaScript)
        """Take the backdrop out of soft pixels."""
        ...

    def evaluateFit(self, *places: int) -> None:  # noqa: N802 (JavaScript)
        """Evaluate the colour fit in a block."""
        ...


class BrowserLoops:
    """The `offcut.pixel_loops.PixelLoops` that call the module."""

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
        places = [_address(array) for layer in layers for array in layer]
        places += [_address(table) for table in tables]
        self._loops.unmixColors(_address(band), _address(share), width, height, *places)

    def evaluate_fit(
        self,
        pixels: NDArray[np.uint8],
        across: NDArray[Any],
        steps: NDArray[Any],
        above: NDArray[np.intp],
        share: NDArray[Any],
    ) -> NDArray[np.uint8]:
        """Evaluate the colour fit in a block."""
        rows, columns = pixels.shape[:2]
        missing = -columns % _LANES
        if missing:
            pixels = np.pad(pixels, ((0, 0), (0, missing), (0, 0)))
            across, steps = (
                np.pad(each, ((0, 0), (0, 0), (0, missing))) for each in (across, steps)
            )
        alpha = np.empty((rows, columns + missing), np.uint8)
        arrays = [_address(array) for array in (pixels, across, steps)]
        taps = [_address(above), _address(share)]
        self._loops.evaluateFit(
            *arrays, across.shape[1], *taps, columns + missing, rows, _address(alpha)
        )
        return alpha[:, :columns]


def _address(array: NDArray[Any]) -> int:
    if not array.flags.c_contiguous:
        raise ValueError("the loops over pixels need contiguous arrays")
    return int(array.__array_interface__["data"][0])


def lend(loops: JsLoops) -> None:
    """Run the loops by the module from now on."""
    lend_loops(BrowserLoops(loops))
