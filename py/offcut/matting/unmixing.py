"""The subject's own colours in soft pixels at full size, by the layers that `foreground` solves.

Decides: a tint or fringe of the old background in hair and soft edges: how much of a pixel's own
colour comes back at full size (TRUST), which colour a half transparent pixel has; colours are 0
where nothing is shown.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from offcut.arrays import AlphaMatte, Floats, RgbaImage
from offcut.kernels.arguments import PlacedLayer, UnmixTables
from offcut.kernels.interface import Kernels
from offcut.kernels.sampling import nearest
from offcut.matting.foreground import ColorLayers
from offcut.source_image import SourceImage

TRUST: Final = 0.1
"""How much the layers' colours resist the last correction at full size."""
EXACT_TRUST: Final = 1e-4
"""The same where only the rounding of alpha is in doubt."""


def remove_background_colors(  # noqa: PLR0913, PLR0917 (where a band is takes two)
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
    """Give rows of a picture another alpha, the background taken out of their colours.

    Parameters
    ----------
    source : SourceImage
    shown : uint8, shape (rows, W)
        The alpha. Where it is 0 the colours are 0 as well.
    share, layers, rows, kernels
        As for `remove_background_colors`.

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
    remove_background_colors(rgba, share, layers, rows, height, kernels)
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
    subject, background = (
        PlacedLayer(layer.colors, first_row, layer.rows[y] + layer.columns[x]) for layer in whole
    )
    band = mixed.view(np.uint8).reshape(1, -1, 4)
    kernels.unmix_colors(band, share[np.newaxis], (subject, background), _tables(layers))


def _place_layers(
    layers: ColorLayers, rows: slice, size: tuple[int, int]
) -> tuple[PlacedLayer, PlacedLayer]:
    """Find the pixels of both layers that stand for those of some rows of a source."""
    height, width = size
    subject, background = (
        PlacedLayer(
            layer,
            nearest(rows, height, layer.shape[0]) * layer.shape[1],
            nearest(slice(0, width), width, layer.shape[1]),
        )
        for layer in (layers.subject, layers.background)
    )
    return subject, background


def _tables(layers: ColorLayers) -> UnmixTables:
    return UnmixTables(_levels(), _gains(layers))


def _levels() -> Floats:
    return np.arange(256, dtype=np.float32) * np.float32(1 / 255)


def _gains(layers: ColorLayers) -> Floats:
    """Give the share of what is unexplained that the subject gets back, by alpha: (256,).

    The least squares of both layers' corrections; of the subject's alone if the background is
    exact, which makes it 1 / a but for what eight bits of alpha can say.
    """
    levels = _levels()
    if layers.is_exact:
        return levels / (levels * levels + np.float32(EXACT_TRUST))
    rest = 1 - levels
    return levels / (levels * levels + rest * rest + np.float32(TRUST))
