"""Foreground colour estimation: the colours the subject would have without its backdrop.

A pixel on a soft edge is a mix of subject and backdrop. Making it transparent is not
enough: the backdrop's share of its colour stays behind as a fringe. The colours of both are
solved coarse to fine at reduced size; the last step is left to every soft pixel itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from offcut.arrays import AlphaMatte, Floats, RgbaImage
from offcut.kernels.arguments import PlacedLayer, UnmixTables
from offcut.kernels.interface import Kernels
from offcut.kernels.sampling import nearest
from offcut.matting.multilevel import solve_colors
from offcut.matting.proxy import fitting_size, make_proxy
from offcut.source_image import SourceImage

SOLVE_SIDE: Final = 1024
SOLVE_SIDE_LARGE: Final = 384
"""Long side of the finest level; the second above `LARGE_PIXELS`, to save time."""
LARGE_PIXELS: Final = 2_000_000
LAYER_SIDE: Final = 1536
"""Long side of the finished layers: fine enough to be sampled without interpolation."""
TRUST: Final = 0.1
"""How much the layers' colours resist the last correction at full size."""
EXACT_TRUST: Final = 1e-4
"""The same where only the rounding of alpha is in doubt."""


@dataclass(frozen=True, slots=True)
class ColorLayers:
    """Colours of subject and backdrop around every pixel, at reduced size.

    Attributes
    ----------
    subject, backdrop : uint8, shape (h, w, 4)
        Red, green, blue and an unused fourth, so that a pixel is fetched in one go. Each
        may have a size of its own.
    is_exact : bool
        Whether the backdrop is known and not estimated, and the picture free of noise: then
        the subject's colours follow from it alone.
    """

    subject: NDArray[np.uint8]
    backdrop: NDArray[np.uint8]
    is_exact: bool = False


def estimate_layers(
    source: SourceImage, alpha: AlphaMatte, kernels: Kernels, proxy: Image.Image | None = None
) -> ColorLayers:
    """Solve the colours of subject and backdrop at reduced size.

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


def remove_backdrop_colors(  # noqa: PLR0913, PLR0917 (where a band is takes two)
    band: RgbaImage,
    share: AlphaMatte,
    layers: ColorLayers,
    rows: slice,
    height: int,
    kernels: Kernels,
) -> None:
    """Replace the colours of a band's soft pixels by the subject's own, in place.

    What the two layers cannot explain of a pixel's colour is given back to the subject by
    its share. Pixels of which the subject has all or nothing are not touched.

    Parameters
    ----------
    band : uint8, shape (rows, W, 4), contiguous and writable
        Rows of the source; the fourth channel is not looked at.
    share : uint8, shape (rows, W)
        How much of each pixel's colour is the subject's: the same rows of the matte.
    layers : ColorLayers
    rows : slice
        Which rows of the source these are.
    height : int, pixels
        Of the whole source.
    kernels : Kernels
    """
    placed = _place_layers(layers, rows, (height, int(band.shape[1])))
    kernels.unmix_colors(band, share, placed, _tables(layers))


def paint_band(  # noqa: PLR0913, PLR0917 (where a band is takes two)
    source: SourceImage,
    shown: AlphaMatte,
    share: AlphaMatte,
    layers: ColorLayers,
    rows: slice,
    kernels: Kernels,
) -> RgbaImage:
    """Give rows of a picture another alpha, the backdrop taken out of their colours.

    Parameters
    ----------
    source : SourceImage
    shown : uint8, shape (rows, W)
        The alpha. Where it is 0 the colours are 0 as well.
    share, layers, rows, kernels
        As for `remove_backdrop_colors`.

    Returns
    -------
    uint8, shape (rows, W, 4), straight alpha
    """
    height = source.size[0]
    if source.pixels is not None:
        placed = _place_layers(layers, rows, source.size)
        return kernels.paint_cutout(source.pixels[rows], shown, share, placed, _tables(layers))
    if not shown.any():
        return np.zeros((*shown.shape, 4), np.uint8)
    # Pillow copies its pixels with another alpha in one go.
    rgba = source.rgba_band(rows, shown)
    remove_backdrop_colors(rgba, share, layers, rows, height, kernels)
    kernels.clear_pixels(rgba, shown)
    return rgba


def unmix_pixels(  # noqa: PLR0913, PLR0917 (where the pixels are takes two)
    mixed: NDArray[np.uint32],
    share: NDArray[np.uint8],
    layers: ColorLayers,
    places: NDArray[np.intp],
    size: tuple[int, int],
    kernels: Kernels,
) -> None:
    """Replace the colours of single soft pixels by the subject's own, in place.

    Parameters
    ----------
    mixed : uint32, shape (n,), contiguous
        Pixels of the source, four bytes each, of which the last is not looked at.
    share : uint8, shape (n,)
    layers : ColorLayers
    places : intp, shape (n,)
        Of the pixels in the source, counted row by row.
    size : (int, int)
        (height, width) of the source.
    kernels : Kernels
    """
    y = places // size[1]
    x = places - y * size[1]
    whole = _place_layers(layers, slice(0, size[0]), size)
    first_row = np.zeros(1, np.intp)
    # To the kernel they are a band of one row.
    subject, backdrop = (
        PlacedLayer(layer.colors, first_row, layer.rows[y] + layer.columns[x]) for layer in whole
    )
    band = mixed.view(np.uint8).reshape(1, -1, 4)
    kernels.unmix_colors(band, share[np.newaxis], (subject, backdrop), _tables(layers))


def _place_layers(
    layers: ColorLayers, rows: slice, size: tuple[int, int]
) -> tuple[PlacedLayer, PlacedLayer]:
    """Find the pixels of both layers that stand for those of some rows of a source."""
    height, width = size
    subject, backdrop = (
        PlacedLayer(
            layer,
            nearest(rows, height, layer.shape[0]) * layer.shape[1],
            nearest(slice(0, width), width, layer.shape[1]),
        )
        for layer in (layers.subject, layers.backdrop)
    )
    return subject, backdrop


def _tables(layers: ColorLayers) -> UnmixTables:
    return UnmixTables(_levels(), _gains(layers))


def _levels() -> Floats:
    return np.arange(256, dtype=np.float32) * np.float32(1 / 255)


def _gains(layers: ColorLayers) -> Floats:
    """Give the share of what is unexplained that the subject gets back, by alpha: (256,).

    The least squares of both layers' corrections; of the subject's alone if the backdrop is
    exact, which makes it 1 / a but for what eight bits of alpha can say.
    """
    levels = _levels()
    if layers.is_exact:
        return levels / (levels * levels + np.float32(EXACT_TRUST))
    rest = 1 - levels
    return levels / (levels * levels + rest * rest + np.float32(TRUST))
