"""The kernels for the colours of soft pixels, in WebAssembly; `numpy_colors` has them in numpy.

Decides: what is left to numpy. The loops are in extension/assembly/pixels/.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from offcut.arrays import AlphaMatte, Floats, RgbaImage
from offcut.kernels.arguments import PlacedLayer, Softness, UnmixTables
from offcut.kernels.numpy_kernels import NumpyKernels
from offcut.kernels.sampling import bilinear_taps
from offcut.kernels.wasm_module import UnmixPlaces, WasmModule, address_of

_SOFT_PIXEL_BYTES: Final = 96
"""What `relaxColors` keeps of each soft pixel; see `relax.ts`."""


class WasmColorKernels:
    """The part of `WasmKernels` that works on colours.

    Parameters
    ----------
    module : WasmModule
        Started on the memory of this Python.
    """

    def __init__(self, module: WasmModule) -> None:
        self._module = module
        self._numpy = NumpyKernels()

    def relax_colors(
        self, image: Floats, alpha: Floats, pair: Floats, softness: Softness, steps: int
    ) -> None:
        """See `Kernels`."""
        image, alpha = np.ascontiguousarray(image), np.ascontiguousarray(alpha)
        height, width = alpha.shape
        planes = (address_of(image), address_of(alpha), address_of(pair))
        soft = np.empty(alpha.size, np.intp)
        low, high, flatness, at_edges = softness
        found = self._module.takeKnownColors(*planes, alpha.size, low, high, address_of(soft))
        if found:
            room = np.empty(found * _SOFT_PIXEL_BYTES, np.uint8)
            self._module.relaxColors(
                *planes, width, height, address_of(soft), found, flatness, at_edges, steps,
                address_of(room),
            )  # fmt: skip

    def resize_colors(self, planes: Floats, size: tuple[int, int]) -> RgbaImage:
        """See `Kernels`."""
        rows, columns = planes.shape[1:]
        if size[0] < rows or size[1] < columns:
            return self._numpy.resize_colors(planes, size)
        planes = np.ascontiguousarray(planes)
        pixels = np.empty((rows, columns, 4), np.uint8)
        self._module.packColors(address_of(planes), rows * columns, address_of(pixels))
        if columns < size[1]:
            across = np.empty((rows, size[1], 4), np.uint8)
            taps = bilinear_taps(size[1], columns)
            self._module.stretchAcross(
                address_of(pixels), rows, columns, *map(address_of, taps), size[1],
                address_of(across),
            )  # fmt: skip
            pixels = across
        if rows < size[0]:
            down = np.empty((*size, 4), np.uint8)
            taps = bilinear_taps(size[0], rows)
            self._module.stretchDown(
                address_of(pixels), size[1], *map(address_of, taps), size[0], address_of(down)
            )
            pixels = down
        return pixels

    def unmix_colors(
        self,
        band: RgbaImage,
        share: AlphaMatte,
        layers: tuple[PlacedLayer, PlacedLayer],
        tables: UnmixTables,
    ) -> None:
        """See `Kernels`."""
        share = np.ascontiguousarray(share)
        height, width = share.shape
        places = UnmixPlaces(layers, tables)
        self._module.unmixColors(
            address_of(band), address_of(share), width, height, *places.addresses
        )

    def clear_pixels(self, band: RgbaImage, shown: AlphaMatte) -> None:
        """See `Kernels`."""
        shown = np.ascontiguousarray(shown)
        self._module.clearPixels(address_of(band), address_of(shown), shown.size)

    def paint_cutout(
        self,
        pixels: NDArray[np.uint8],
        shown: AlphaMatte,
        share: AlphaMatte,
        layers: tuple[PlacedLayer, PlacedLayer],
        tables: UnmixTables,
    ) -> RgbaImage:
        """See `Kernels`."""
        pixels, shown, share = map(np.ascontiguousarray, (pixels, shown, share))
        height, width = share.shape
        places = UnmixPlaces(layers, tables)
        band = np.empty(pixels.shape, np.uint8)
        self._module.paintCutout(
            address_of(pixels), address_of(shown), address_of(share), width, height,
            *places.addresses, address_of(band),
        )  # fmt: skip
        return band
