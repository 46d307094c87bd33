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
from offcut.kernels.filters import nearest
from offcut.kernels.pixel_loops import PlacedLayer, lent_loops
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
    source: SourceImage, alpha: AlphaMatte, proxy: Image.Image | None = None
) -> ColorLayers:
    """Solve the colours of subject and backdrop at reduced size.

    Parameters
    ----------
    source : SourceImage
    alpha : uint8, shape (H, W)
        The matte of the same picture.
    proxy : PIL.Image.Image, optional
        The same picture, smaller; saves time for large ones.

    Returns
    -------
    ColorLayers

    Notes
    -----
    See `multilevel.py`. O(SOLVE_SIDE squared), most of it where alpha is soft.
    """
    is_large = alpha.size > LARGE_PIXELS
    size = fitting_size(source.size, SOLVE_SIDE_LARGE if is_large else SOLVE_SIDE)
    if is_large and proxy is not None:
        image = proxy.resize(size, Image.Resampling.BILINEAR)
    else:
        image = make_proxy(source, max(size))
    matte = Image.fromarray(alpha).resize(size, Image.Resampling.BOX, reducing_gap=2.0)
    colors = np.ascontiguousarray(np.asarray(image).transpose(2, 0, 1)) * np.float32(1 / 255)
    solved = solve_colors(colors, np.asarray(matte) * np.float32(1 / 255))
    finished = fitting_size(source.size, LAYER_SIDE)
    return ColorLayers(_layer(solved[:3], finished), _layer(solved[3:], finished))


def remove_backdrop_colors(
    band: RgbaImage, share: AlphaMatte, layers: ColorLayers, rows: slice, height: int
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
    """
    width = int(band.shape[1])
    if loops := lent_loops():
        placed, tables = _tables(layers, width, rows, height)
        loops.unmix_colors(band, np.ascontiguousarray(share), placed, tables)
        return
    # One comparison for 0 < share < 255, since 0 - 1 wraps around to 255.
    soft = np.flatnonzero(share - np.uint8(1) < 254)
    if soft.size == 0:
        return
    # Whole pixels are fetched and stored, four bytes at once.
    pixels = _packed(band)
    mixed = pixels.take(soft)
    places = soft + rows.start * width
    unmix_pixels(mixed, share.take(soft), layers, places, (height, width))
    pixels[soft] = mixed


def paint_band(
    source: SourceImage, shown: AlphaMatte, share: AlphaMatte, layers: ColorLayers, rows: slice
) -> RgbaImage:
    """Give rows of a picture another alpha, the backdrop taken out of their colours.

    Parameters
    ----------
    source : SourceImage
    shown : uint8, shape (rows, W)
        The alpha. Where it is 0 the colours are 0 as well.
    share, layers, rows
        As for `remove_backdrop_colors`.

    Returns
    -------
    uint8, shape (rows, W, 4), straight alpha
    """
    height, width = source.size
    if (loops := lent_loops()) and source.pixels is not None:
        placed, tables = _tables(layers, width, rows, height)
        shown, share = np.ascontiguousarray(shown), np.ascontiguousarray(share)
        return loops.paint_cutout(source.pixels[rows], shown, share, placed, tables)
    if not shown.any():
        return np.zeros((*shown.shape, 4), np.uint8)
    rgba = source.rgba_band(rows, shown)
    remove_backdrop_colors(rgba, share, layers, rows, height)
    clear_pixels(rgba, shown)
    return rgba


def clear_pixels(band: RgbaImage, shown: AlphaMatte) -> None:
    """Set the pixels of a band to zero that are not shown, in place.

    Parameters
    ----------
    band : uint8, shape (rows, W, 4), contiguous and writable
    shown : uint8, shape (rows, W)
    """
    if loops := lent_loops():
        loops.clear_pixels(band, np.ascontiguousarray(shown))
        return
    # Four bytes at once; what is kept is skipped in long runs.
    np.copyto(band.view(np.uint32)[..., 0], np.uint32(0), where=shown == 0)


def unmix_pixels(
    mixed: NDArray[np.uint32],
    share: NDArray[np.uint8],
    layers: ColorLayers,
    places: NDArray[np.intp],
    size: tuple[int, int],
) -> None:
    """Replace the colours of single soft pixels by the subject's own, in place.

    Parameters
    ----------
    mixed : uint32, shape (n,), contiguous
        Pixels of the source, four bytes each, of which the last is not looked at.
    share : uint8, shape (n,)
        Neither 0 nor 255.
    layers : ColorLayers
    places : intp, shape (n,)
        Of the pixels in the source, counted row by row.
    size : (int, int)
        (height, width) of the source.
    """
    y = places // size[1]
    x = places - y * size[1]
    subject, backdrop = (_sampled(layer, y, x, size) for layer in (layers.subject, layers.backdrop))
    _unmix(_channels(mixed), subject, backdrop, share, _gains(layers))


def _sampled(
    layer: NDArray[np.uint8], y: NDArray[np.intp], x: NDArray[np.intp], size: tuple[int, int]
) -> NDArray[np.uint8]:
    """Fetch a layer's colours for some pixels of the source: uint8, shape (n, 4)."""
    placed = _placed(layer, size[1], slice(0, size[0]), size[0])
    place = placed.rows[y]
    place += placed.columns[x]
    return _channels(_packed(layer)[place])


def _placed(layer: NDArray[np.uint8], width: int, rows: slice, height: int) -> PlacedLayer:
    """Find the pixels of a layer that stand for those of some rows."""
    return PlacedLayer(
        layer,
        nearest(rows, height, layer.shape[0]) * layer.shape[1],
        nearest(slice(0, width), width, layer.shape[1]),
    )


def _tables(
    layers: ColorLayers, width: int, rows: slice, height: int
) -> tuple[tuple[PlacedLayer, PlacedLayer], tuple[Floats, Floats]]:
    """Give what loops need beside the pixels of some rows."""
    placed = (
        _placed(layers.subject, width, rows, height),
        _placed(layers.backdrop, width, rows, height),
    )
    return placed, (_levels(), _gains(layers))


def _packed(pixels: NDArray[np.uint8]) -> NDArray[np.uint32]:
    """View pixels of four bytes as one number each: shape (n,)."""
    return pixels.reshape(-1, 4).view(np.uint32)[:, 0]


def _channels(packed: NDArray[np.uint32]) -> NDArray[np.uint8]:
    return packed.view(np.uint8).reshape(-1, 4)


def _layer(planes: Floats, size: tuple[int, int]) -> NDArray[np.uint8]:
    if loops := lent_loops():
        return loops.enlarge_colors(np.ascontiguousarray(planes), (size[1], size[0]))
    colors = np.clip(planes, 0, 1) * np.float32(255) + np.float32(0.5)
    image = Image.fromarray(np.ascontiguousarray(colors.transpose(1, 2, 0), dtype=np.uint8))
    if image.size != size:
        image = image.resize(size, Image.Resampling.BILINEAR)
    return np.asarray(image.convert("RGBA"))


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


def _unmix(
    mixed: NDArray[np.uint8],
    subject: NDArray[np.uint8],
    backdrop: NDArray[np.uint8],
    alpha: NDArray[np.uint8],
    gains: Floats,
) -> None:
    """Turn `mixed` into F + g (I - B - a (F - B)), the gain g growing with a.

    Colours are (n, 4), of which the fourth stays; alpha is (n,), gains are (256,).
    """
    share, gain = _levels().take(alpha), gains.take(alpha)
    for channel in range(3):
        own = subject[:, channel].astype(np.float32)
        other = backdrop[:, channel].astype(np.float32)
        change = mixed[:, channel] - other
        other -= own
        other *= share
        change += other
        change *= gain
        change += own
        change += np.float32(0.5)
        np.maximum(change, 0, out=change)
        mixed[:, channel] = np.minimum(change, 255, out=change)
