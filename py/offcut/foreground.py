"""Foreground colour estimation: the colours the subject would have without its backdrop.

A pixel on a soft edge is a mix of subject and backdrop. Making it transparent is not
enough: the backdrop's share of its colour stays behind as a fringe.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from offcut.arrays import AlphaMatte, RgbImage
from offcut.filters import box_blur
from offcut.source_image import SourceImage

# The blurred colours are smooth, so they are computed on a proxy of at most this side.
PROXY_SIDE = 640
# Half-width of the blur, as a share of the proxy's longer side: wider than hair fringes.
RADIUS_SHARE = 0.03


@dataclass(frozen=True, slots=True)
class ColorLayers:
    """Smooth colours of subject and backdrop around every pixel, at proxy size.

    Attributes
    ----------
    subject, backdrop : float32, shape (h, w, 3), range [0, 255]
    """

    subject: NDArray[np.float32]
    backdrop: NDArray[np.float32]


def estimate_layers(source: SourceImage, alpha: AlphaMatte) -> ColorLayers:
    """Blur subject and backdrop apart from each other, weighted by the matte.

    The first half of blur fusion (Forte, "Approximate Fast Foreground Colour
    Estimation", ICIP 2021), at proxy size.

    Parameters
    ----------
    source : SourceImage
    alpha : uint8, shape (H, W)
        The matte of the same picture.
    """
    height, width = source.size
    scale = min(1.0, PROXY_SIDE / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    image = np.asarray(source.image.resize(size, Image.Resampling.BOX), dtype=np.float32)
    matte = np.asarray(Image.fromarray(alpha).resize(size, Image.Resampling.BOX))
    weight = (matte.astype(np.float32) / 255)[..., np.newaxis]
    radius = max(1, round(RADIUS_SHARE * max(size)))
    subject = box_blur(image * weight, radius) / (box_blur(weight, radius) + 1e-5)
    backdrop = box_blur(image * (1 - weight), radius) / (box_blur(1 - weight, radius) + 1e-5)
    return ColorLayers(
        subject.astype(np.float32, copy=False), backdrop.astype(np.float32, copy=False)
    )


def remove_backdrop_colors(
    band: RgbImage, alpha: AlphaMatte, layers: ColorLayers, rows: slice, height: int
) -> RgbImage:
    """Replace the colours of a band's soft pixels by the subject's own.

    The second half of blur fusion: what the two blurs cannot explain is added back. Pixels
    of alpha 255 keep their colours, pixels of alpha 0 become black, so that nothing of the
    removed background is left in the file.

    Parameters
    ----------
    band : uint8, shape (rows, W, 3)
        Rows of the source.
    alpha : uint8, shape (rows, W)
        The same rows of the matte.
    layers : ColorLayers
    rows : slice
        Which rows of the source these are.
    height : int, pixels
        Of the whole source.

    Returns
    -------
    uint8, shape (rows, W, 3)
    """
    result = band * (alpha > 0)[..., np.newaxis]
    y, x = np.nonzero((alpha > 0) & (alpha < 255))
    if y.size == 0:
        return result
    opacity = (alpha[y, x].astype(np.float32) / 255)[:, np.newaxis]
    grid = (height, band.shape[1])
    subject = _sample(layers.subject, y + rows.start, x, grid)
    backdrop = _sample(layers.backdrop, y + rows.start, x, grid)
    unexplained = band[y, x] - opacity * subject - (1 - opacity) * backdrop
    colors = np.clip(subject + opacity * unexplained, 0, 255)
    result[y, x] = np.rint(colors).astype(np.uint8)
    return result


def _sample(
    layer: NDArray[np.float32], y: NDArray[np.intp], x: NDArray[np.intp], grid: tuple[int, int]
) -> NDArray[np.float32]:
    """Bilinear samples of a proxy layer at pixels of the source: (n, 3)."""
    top, down, dy = _taps(y, grid[0], layer.shape[0])
    left, right, dx = _taps(x, grid[1], layer.shape[1])
    upper = layer[top, left] * (1 - dx) + layer[top, right] * dx
    lower = layer[down, left] * (1 - dx) + layer[down, right] * dx
    return (upper * (1 - dy) + lower * dy).astype(np.float32, copy=False)


def _taps(
    position: NDArray[np.intp], full: int, small: int
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float32]]:
    """Both neighbours on the proxy and the share of the second: three arrays of (n,)."""
    exact = np.clip((position + 0.5) * (small / full) - 0.5, 0, small - 1)
    first = exact.astype(np.intp)
    share = (exact - first).astype(np.float32)[:, np.newaxis]
    return first, np.minimum(first + 1, small - 1), share
