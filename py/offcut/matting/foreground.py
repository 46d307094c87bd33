"""Foreground colour estimation: the colours the subject would have without its background.

Decides: at which size colours are solved, no more. A tint or fringe of the old background in hair:
unmixing.py, then multilevel.py.

A pixel on a soft edge is a mix of subject and background. Making it transparent is not
enough: the background's share of its colour stays behind as a fringe. The colours of both are
solved coarse to fine at reduced size; the last step is left to every soft pixel itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from offcut.arrays import AlphaMatte
from offcut.kernels.interface import Kernels
from offcut.matting.multilevel import solve_colors
from offcut.matting.proxy import fitting_size, make_proxy
from offcut.source_image import SourceImage

SOLVE_SIDE: Final = 1024
SOLVE_SIDE_LARGE: Final = 384
"""Long side of the finest level; the second above `LARGE_PIXELS`, to save time."""
LARGE_PIXELS: Final = 2_000_000
LAYER_SIDE: Final = 1536
"""Long side of the finished layers: fine enough to be sampled without interpolation."""


@dataclass(frozen=True, slots=True)
class ColorLayers:
    """Colours of subject and background around every pixel, at reduced size.

    Attributes
    ----------
    subject, background : uint8, shape (h, w, 4)
        Red, green, blue and an unused fourth, so that a pixel is fetched in one go. Each
        may have a size of its own.
    is_exact : bool
        Whether the background is known and not estimated, and the picture free of noise: then
        the subject's colours follow from it alone.
    """

    subject: NDArray[np.uint8]
    background: NDArray[np.uint8]
    is_exact: bool = False


def estimate_layers(
    source: SourceImage, alpha: AlphaMatte, kernels: Kernels, proxy: Image.Image | None = None
) -> ColorLayers:
    """Solve the colours of subject and background at reduced size.

    Parameters
    ----------
    source : SourceImage
    alpha : uint8, shape (H, W)
        The matte of the same picture.
    kernels : Kernels
    proxy : PIL.Image.Image, optional
        The same picture, smaller; saves time for large ones.

    Returns
    -------
    ColorLayers

    Notes
    -----
    See `multilevel`. O(SOLVE_SIDE squared), most of it where alpha is soft.
    """
    is_large = alpha.size > LARGE_PIXELS
    size = fitting_size(source.size, SOLVE_SIDE_LARGE if is_large else SOLVE_SIDE)
    if is_large and proxy is not None:
        image = proxy.resize(size, Image.Resampling.BILINEAR)
    else:
        image = make_proxy(source, max(size))
    matte = Image.fromarray(alpha).resize(size, Image.Resampling.BOX, reducing_gap=2.0)
    colors = np.ascontiguousarray(np.asarray(image).transpose(2, 0, 1)) * np.float32(1 / 255)
    solved = solve_colors(colors, np.asarray(matte) * np.float32(1 / 255), kernels)
    width, height = fitting_size(source.size, LAYER_SIDE)
    return ColorLayers(
        kernels.resize_colors(solved[:3], (height, width)),
        kernels.resize_colors(solved[3:], (height, width)),
    )
