"""What the kernels take beside plain arrays and numbers."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from offcut.arrays import Floats


class PlacedLayer(NamedTuple):
    """Colours at reduced size, and where those for a band's pixels are in them.

    The colour for a band's pixel (row, column) is that of the layer's pixel number
    ``rows[row] + columns[column]``, counted row by row.

    Attributes
    ----------
    colors : uint8, shape (h, w, 4)
        The fourth byte is not looked at.
    rows : intp, shape (rows of the band,)
        Number of the first pixel of a row of the layer.
    columns : intp, shape (W,)
        What is added to it.
    """

    colors: NDArray[np.uint8]
    rows: NDArray[np.intp]
    columns: NDArray[np.intp]


class UnmixTables(NamedTuple):
    """What depends on a pixel's share alone, by its 256 values.

    Attributes
    ----------
    levels : float32, shape (256,), range [0, 1]
        The share itself.
    gains : float32, shape (256,)
        How much of what the two layers do not explain goes to the subject.
    """

    levels: Floats
    gains: Floats


class Softness(NamedTuple):
    """What is soft, and how much alike neighbours are, in `Kernels.relax_colors`.

    Attributes
    ----------
    low, high : float, range [0, 1]
        Alpha from the one to the other is soft: both sides' colours are unknown.
    flatness : float
        Weight of "neighbours have the same colour" where alpha is constant.
    flatness_at_edges : float
        What is added to it per unit of change of alpha.
    """

    low: float
    high: float
    flatness: float
    flatness_at_edges: float


class ColumnTaps(NamedTuple):
    """Between which two working columns each column of a block lies.

    Attributes
    ----------
    left, right : intp, shape (columns,)
    share : float32, shape (columns,), range [0, 1]
        Of the right one.
    """

    left: NDArray[np.intp]
    right: NDArray[np.intp]
    share: NDArray[np.float32]


class RowTaps(NamedTuple):
    """Below which working row each row of a block lies; the next row is the other one.

    Attributes
    ----------
    above : intp, shape (rows,), rising
    share : float32, shape (rows,), range [0, 1]
        Of the next row; the last working row stands for all below it.
    """

    above: NDArray[np.intp]
    share: NDArray[np.float32]
