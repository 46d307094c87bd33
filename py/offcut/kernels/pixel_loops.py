"""Loops over all pixels that a host may run for us, several times as quick as numpy can.

numpy for WebAssembly has no SIMD. What is behind this interface gives the same bits as the
code beside each call, in the same order of operations; see `runtime/browser_loops.py`.
"""

from __future__ import annotations

from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray


class PlacedLayer(NamedTuple):
    """Colours at reduced size, and where those for a band's pixels are in them.

    Attributes
    ----------
    colors : uint8, shape (h, w, 4)
    rows : intp, shape (rows of the band,)
        Of each row of the band, the first pixel of the row that stands for it.
    columns : intp, shape (W,)
    """

    colors: NDArray[np.uint8]
    rows: NDArray[np.intp]
    columns: NDArray[np.intp]


class Softness(NamedTuple):
    """The numbers of `offcut.matting.multilevel`: what is soft, and how alike neighbours are."""

    low: float
    high: float
    flatness: float
    flatness_at_edges: float


class PixelLoops(Protocol):
    """The loops; arrays are C-contiguous.

    Attributes
    ----------
    fewest : int
        Numbers of a plane that `fit_alpha` and `steepen` need.
    """

    fewest: int

    def clear_pixels(self, band: NDArray[np.uint8], shown: NDArray[np.uint8]) -> None:
        """Do what `offcut.matting.foreground.clear_pixels` says."""
        ...

    def unmix_colors(
        self,
        band: NDArray[np.uint8],
        share: NDArray[np.uint8],
        layers: tuple[PlacedLayer, PlacedLayer],
        tables: tuple[NDArray[Any], NDArray[Any]],
    ) -> None:
        """Take the backdrop, the second layer, out of a band's soft pixels, in place.

        `tables` are the share itself and the gain for each of its 256 values, float32.
        """
        ...

    def paint_cutout(
        self,
        pixels: NDArray[np.uint8],
        shown: NDArray[np.uint8],
        share: NDArray[np.uint8],
        layers: tuple[PlacedLayer, PlacedLayer],
        tables: tuple[NDArray[Any], NDArray[Any]],
    ) -> NDArray[np.uint8]:
        """Do what `offcut.matting.foreground.paint_band` says, to rows of pixels, (rows, W, 4)."""
        ...

    def relax_colors(
        self,
        image: NDArray[np.float32],
        alpha: NDArray[np.float32],
        pair: NDArray[np.float32],
        softness: Softness,
        steps: int,
    ) -> None:
        """Do what `offcut.matting.multilevel` says of a level, in place.

        `image` is (3, h, w), `alpha` (h, w), `pair` (6, pixels).
        """
        ...

    def enlarge_colors(
        self, planes: NDArray[np.float32], size: tuple[int, int]
    ) -> NDArray[np.uint8]:
        """Make pixels, (height, width, 4), of colours, (3, h, w): as Pillow's bilinear filter.

        `size` is (height, width), neither smaller than that of the planes.
        """
        ...

    def sweep_distances(
        self, far: NDArray[np.float64], sums: tuple[NDArray[np.float64], NDArray[np.float64]]
    ) -> float:
        """Do one round of `offcut.editing.geodesic.geodesic_distance`, in place.

        `sums` are those of the costs along rows and along columns. The answer is by how much a
        distance became less at most.
        """
        ...

    def box_blur(self, values: NDArray[np.float32], radius: int) -> NDArray[np.float32]:
        """Do what `offcut.kernels.filters.box_blur` says of one plane, (H, W)."""
        ...

    def local_range(
        self, plane: NDArray[np.float32], radius: int
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Do what `offcut.kernels.filters.local_range` says."""
        ...

    def fit_alpha(
        self, guide: NDArray[np.float32], alpha: NDArray[np.float32], radius: int, ridge: float
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Do what `offcut.matting.guided_filter.fit_alpha` says; the radius is at least 1."""
        ...

    def steepen(
        self,
        guide: NDArray[np.float32],
        slopes: NDArray[np.float32],
        offset: NDArray[np.float32],
        radius: int,
        more: float,
    ) -> NDArray[np.float32]:
        """Do what `offcut.matting.refine.steepen` says; `more` is the added steepness."""
        ...

    def evaluate_fit(  # noqa: PLR0913, PLR0917 (all that a block needs)
        self,
        pixels: NDArray[np.uint8],
        fields: NDArray[np.float32],
        along: tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float32]],
        down: tuple[NDArray[np.intp], NDArray[np.float32]],
        faint: int,
        out: NDArray[np.uint8],
    ) -> None:
        """Evaluate slopes, offset and bounds in one block, into `out`, (rows, columns).

        `fields` are the working rows around the block, float32, (6, some rows, all columns),
        of planes that are whole. `along` says for each column of the block between which two
        working columns it lies, and how far from the first; `down` for each row after which
        of the rows given, and how far from it. Of the pixels, (rows, columns, 4), and of `out`
        those of a row are contiguous; a pixel's fourth byte is not looked at. Values below
        `faint` are doubled, less `faint`.
        """
        ...


class _Lent:
    """The loops of this process."""

    loops: PixelLoops | None = None


def lend_loops(loops: PixelLoops | None) -> None:
    """Run the loops by a host's means from now on, or by numpy."""
    _Lent.loops = loops


def lent_loops() -> PixelLoops | None:
    """Give the host's loops, if there are any."""
    return _Lent.loops
