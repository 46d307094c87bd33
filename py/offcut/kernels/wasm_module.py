"""The WebAssembly module of the kernels as Python sees it: its functions, and addresses.

Decides: only how arrays are handed over.

The module is `extension/python/pixel_kernels.wasm`, compiled from `extension/assembly/pixels/`,
whose sources tell what each function does. It works in Python's own memory: numbers that are
handed over are addresses of arrays, sizes and counts. A place (`intp`) has 32 bits there, as
in any Python for WebAssembly.
"""
# ruff: noqa: N815 (the names are JavaScript's)

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from offcut.arrays import Floats
from offcut.kernels.arguments import PlacedLayer, UnmixTables


class WasmModule(Protocol):
    """The module's exports."""

    clearPixels: Callable[..., None]
    unmixColors: Callable[..., None]
    paintCutout: Callable[..., None]
    takeKnownColors: Callable[..., int]
    relaxColors: Callable[..., None]
    packColors: Callable[..., None]
    stretchAcross: Callable[..., None]
    stretchDown: Callable[..., None]
    sweepDistances: Callable[..., float]
    blurDown: Callable[..., None]
    blurAcross: Callable[..., None]
    rangeDown: Callable[..., None]
    rangeAcross: Callable[..., None]
    multiplyPlanes: Callable[..., None]
    solveFit: Callable[..., None]
    trustFit: Callable[..., None]
    applyFit: Callable[..., None]
    steepenFit: Callable[..., None]
    evaluateFit: Callable[..., None]


def address_of(array: NDArray[Any]) -> int:
    """Give where a C-contiguous array lies. The caller keeps it alive during the call.

    Raises
    ------
    ValueError
        If it is not contiguous.
    """
    if not array.flags.c_contiguous:
        raise ValueError("the kernels need contiguous arrays")
    return first_byte(array)


def first_byte(array: NDArray[Any]) -> int:
    """Give where an array of any layout begins."""
    return int(array.__array_interface__["data"][0])


class PlaneRows(NamedTuple):
    """Whole rows of several planes, as `evaluateFit` takes them.

    Attributes
    ----------
    address : int
    plane_size, row_size : int
        Numbers of a whole plane and of a row.
    rows : int
    """

    address: int
    plane_size: int
    row_size: int
    rows: int


def rows_of(fields: Floats) -> PlaneRows:
    """Describe some whole rows of planes, (planes, rows, columns)."""
    plane, row, _ = (step // fields.itemsize for step in fields.strides)
    return PlaneRows(first_byte(fields), plane, row, fields.shape[1])


def has_whole_rows(fields: Floats) -> bool:
    """Tell whether the rows of some planes follow each other without gaps."""
    return fields.strides[1:] == (fields.shape[2] * fields.itemsize, fields.itemsize)


class UnmixPlaces:
    """Where layers and tables lie; holds the contiguous copies of what is not contiguous."""

    def __init__(self, layers: tuple[PlacedLayer, PlacedLayer], tables: UnmixTables) -> None:
        arrays = [array for layer in layers for array in layer] + list(tables)
        self._kept = [np.ascontiguousarray(array) for array in arrays]
        self.addresses = [address_of(array) for array in self._kept]
