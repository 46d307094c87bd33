"""The loops over all pixels that cost most of the time, as one interface.

Decides: what each loop takes and gives. Their formulas are in numpy_fit.py, numpy_colors.py and
numpy_filters.py; in the browser in extension/assembly/pixels/.

There are two implementations: `NumpyKernels`, which runs everywhere, and `WasmKernels`, which
is several times as quick in a browser, where numpy has no SIMD. Both give the same bits, from
the same operations in the same order; a test compares them. Whoever starts the pipeline
chooses one and hands it down; the stages do not know which one it is.

Every method takes any size from one pixel on. Arrays that are only read may have any memory
layout; those that are changed in place are C-contiguous.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from offcut.arrays import AlphaMatte, Floats, RgbaImage
from offcut.kernels.arguments import ColumnTaps, PlacedLayer, RowTaps, Softness, UnmixTables


class Kernels(Protocol):
    """The loops. H and W are pixels of a picture, h and w those of a reduced one."""

    def box_blur(self, values: Floats, radius: int) -> Floats:
        """Take the mean over a square window, cut off at the picture's edge.

        Parameters
        ----------
        values : float32 or float64, shape (H, W) or (H, W, C)
        radius : int, pixels, >= 1
            The window is 2 * radius + 1 wide.

        Returns
        -------
        float32, same shape
            The running sums are float64: in float32 they drift visibly after a few hundred
            rows. The cost does not depend on the radius.
        """
        ...

    def local_range(self, plane: Floats, radius: int) -> tuple[Floats, Floats]:
        """Find the smallest and the largest value in the square window around every pixel.

        Parameters
        ----------
        plane : float32, shape (H, W)
        radius : int, pixels, >= 0

        Returns
        -------
        (lowest, highest) : float32, shape (H, W)
            A grey erosion and a grey dilation.
        """
        ...

    def fit_alpha(
        self, guide: Floats, alpha: Floats, radius: int, ridge: float
    ) -> tuple[Floats, Floats]:
        """Fit alpha = slopes . color + offset in the window around every pixel.

        Parameters
        ----------
        guide : float32, shape (3, h, w), range [-0.5, 0.5]
            Colours; near zero, so that products do not lose their small differences.
        alpha : float32, shape (h, w), range [0, 1]
        radius : int, pixels, >= 1
            Of the window.
        ridge : float
            Variance of colours that is noise.

        Returns
        -------
        slopes : float32, shape (3, h, w)
        offset : float32, shape (h, w)

        Notes
        -----
        He, Sun, Tang, "Guided Image Filtering", PAMI 2013, with two changes: the slope is
        divided by the share of alpha's variance that colour explains (R squared), so that a
        good fit is not flattened; and where that share is low, alpha stays what it was.
        """
        ...

    def steepen(
        self, guide: Floats, slopes: Floats, offset: Floats, radius: int, steepness: float
    ) -> Floats:
        """Fold the contrast around the local middle into a fit.

        Parameters
        ----------
        guide : float32, shape (3, h, w), range [-0.5, 0.5]
        slopes, offset : float32, shapes (3, h, w) and (h, w)
            As `fit_alpha` gives them.
        radius : int, pixels, >= 0
            In which the two ends of a ramp are looked for.
        steepness : float, >= 1
            How many times as steep a full ramp becomes. Only a ramp from nearly 0 to nearly 1
            is a blurred edge; all else is doubt, and stays.

        Returns
        -------
        float32, shape (6, h, w)
            Three slopes and an offset that give alpha in 0..255 for colours in 0..255, and
            the lowest and highest alpha, 0..255, that may come out.
        """
        ...

    def evaluate_fit(  # noqa: PLR0913, PLR0917 (all that a block needs)
        self,
        pixels: NDArray[np.uint8],
        fields: Floats,
        along: ColumnTaps,
        down: RowTaps,
        faint: int,
        out: AlphaMatte,
    ) -> None:
        """Interpolate a fit in one block of pixels and apply it to their colours.

        Parameters
        ----------
        pixels : uint8, shape (rows, columns, 4)
            The fourth byte is not looked at. The pixels of a row are contiguous.
        fields : float32, shape (6, working rows around the block, all working columns)
            As `steepen` gives them. Each row is contiguous.
        along : ColumnTaps
        down : RowTaps
            Counted from the first row of `fields`.
        faint : int, 0 to 255
            Opacities below it fall twice as fast, and half of it is none.
        out : uint8, shape (rows, columns)
            Is filled. The pixels of a row are contiguous; it may be a part of a picture.
        """
        ...

    def relax_colors(
        self, image: Floats, alpha: Floats, pair: Floats, softness: Softness, steps: int
    ) -> None:
        """Take Jacobi steps to the colours of subject and background on one level, in place.

        Parameters
        ----------
        image : float32, shape (3, h, w), range [0, 1]
        alpha : float32, shape (h, w), range [0, 1]
        pair : float32, shape (6, h * w), range [0, 1]
            The subject's three planes and the background's, as the coarser level has them. Where
            alpha is certain, the picture's own colours are put into those of its side; where
            it is soft, both are solved.
        softness : Softness
        steps : int, >= 0

        Notes
        -----
        Germer, Uelwer, Conrad, Harmeling, "Fast Multi-Level Foreground Estimation", ICPR 2020.
        """
        ...

    def resize_colors(self, planes: Floats, size: tuple[int, int]) -> RgbaImage:
        """Make pixels of planes of colours, at another size.

        Parameters
        ----------
        planes : float32, shape (3, h, w)
            Clipped to [0, 1].
        size : (int, int)
            (height, width) of the result.

        Returns
        -------
        uint8, shape (height, width, 4)
            As by Pillow's bilinear filter; the fourth byte is 255.
        """
        ...

    def unmix_colors(
        self,
        band: RgbaImage,
        share: AlphaMatte,
        layers: tuple[PlacedLayer, PlacedLayer],
        tables: UnmixTables,
    ) -> None:
        """Replace the colours of a band's soft pixels by the subject's own, in place.

        A pixel I of share a becomes F + g (I - B - a (F - B)), rounded.

        Parameters
        ----------
        band : uint8, shape (rows, W, 4)
            The fourth byte stays.
        share : uint8, shape (rows, W)
            How much of each pixel's colour is the subject's; 0 and 255 are not soft.
        layers : pair of PlacedLayer
            The subject's colours F, and the background's B.
        tables : UnmixTables
            a and g.
        """
        ...

    def clear_pixels(self, band: RgbaImage, shown: AlphaMatte) -> None:
        """Set the pixels of a band to zero that are not shown, in place.

        Parameters
        ----------
        band : uint8, shape (rows, W, 4)
        shown : uint8, shape (rows, W)
        """
        ...

    def paint_cutout(
        self,
        pixels: NDArray[np.uint8],
        shown: AlphaMatte,
        share: AlphaMatte,
        layers: tuple[PlacedLayer, PlacedLayer],
        tables: UnmixTables,
    ) -> RgbaImage:
        """Give rows of a picture another alpha, unmixed and cleared, in one go.

        Parameters
        ----------
        pixels : uint8, shape (rows, W, 4)
            The fourth byte is not looked at.
        shown : uint8, shape (rows, W)
            The alpha. Where it is 0 the colours are 0 as well.
        share, layers, tables
            As for `unmix_colors`.

        Returns
        -------
        uint8, shape (rows, W, 4), straight alpha
        """
        ...

    def sweep_distances(self, far: Floats, sums: tuple[Floats, Floats]) -> float:
        """Let all cheapest paths go on along rows, then along columns, in place.

        Parameters
        ----------
        far : float64, shape (h, w)
            Cost of the cheapest path to each pixel that is known by now.
        sums : pair of float64, shape (h, w)
            Running sums of the costs along every row, and along every column.

        Returns
        -------
        float
            By how much a distance became less at most.

        Notes
        -----
        One round of Toivanen, "New geodesic distance transforms for gray-scale images",
        Pattern Recognition Letters 1996. With the sums C of the costs along a line, the least
        of ``d(y) + |C(x) - C(y)|`` is a running minimum forth and one back.
        """
        ...
