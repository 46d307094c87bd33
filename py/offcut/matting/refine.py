"""Coarse alpha + picture -> alpha matte with the picture's own edges, at full size.

Decides: how hard or soft the edge is, where it lies, how far colours move it, which faint haze or
ghost is removed, hair and thin parts.

The network sees 320 pixels; its edge is blurred over one or two of them and may lie beside
the true one. In the unknown band alpha is fitted as a local linear function of colour (a
guided filter), in windows of some network pixels, and then made steeper by what the
enlargement has blurred. How far either goes depends on the zoom, source pixels per network
pixel: a picture that was hardly reduced has the network's best edge already.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from offcut.arrays import AlphaMatte, CoarseAlpha, Floats
from offcut.kernels.arguments import ColumnTaps, RowTaps
from offcut.kernels.interface import Kernels
from offcut.kernels.sampling import resize_plane, taps
from offcut.matting.guided_filter import fit_alpha
from offcut.matting.tiles import find_blocks
from offcut.matting.trimap import CERTAIN, UNKNOWN, trimap_from_range
from offcut.source_image import SourceImage

Taps: TypeAlias = tuple[NDArray[np.intp], NDArray[np.float32]]
"""Where pixels lie between working pixels; see `taps`."""

ReadTile: TypeAlias = Callable[[slice, slice], NDArray[np.uint8]]

NETWORK_SIDE: Final = 320
"""Pixels that the coarsest network sees of the whole picture."""
FIT_RADIUS: Final = 12.0
"""Window of the colour fit, in network pixels, for a matte that is enlarged without end."""
FADE_RADIUS: Final = 4.0
"""Network pixels in which the black and the white end of a ramp are looked for."""
FADE_SLOPE: Final = 0.5
"""Added steepness per step of zoom; 1 + slope * (zoom - 1), at most `FADE_STEEPEST`."""
FADE_STEEPEST: Final = 2.0
GAMMA: Final = 0.75
"""The network finds too little rather than too much: the middle is lifted."""
FAINT: Final = 13
"""Of 255: below it opacity falls twice as fast, and half of it is none. What is that faint is
not meant: ghosts of the scene behind the subject."""


def refine_alpha(
    source: SourceImage, proxy: Image.Image, coarse: CoarseAlpha, kernels: Kernels
) -> AlphaMatte:
    """Find the subject's true edge in the picture.

    Parameters
    ----------
    source : SourceImage
    proxy : PIL.Image.Image
        The same picture, RGB, at the size at which the fit is computed.
    coarse : float32, shape (h, w), range [0, 1]
        The network's matte of the whole picture, at any size.
    kernels : Kernels

    Returns
    -------
    uint8, shape (H, W)
        Exactly 0 or 255 where the coarse matte is certain.

    Notes
    -----
    The fit is computed at reduced size and applied at full size: He, Sun, "Fast Guided
    Filter", 2015.

    O(proxy), and O(H * W) in the tiles that the unknown band crosses; no
    full-size array of floats. Poor where subject and background have the same colours, and
    where a hole is narrower than a network pixel.
    """
    colors = np.asarray(proxy).transpose(2, 0, 1) * np.float32(1 / 255) - np.float32(0.5)
    guide = np.ascontiguousarray(colors, dtype=np.float32)
    zoom = max(1.0, max(source.size) / NETWORK_SIDE)
    pixel = max(guide.shape[1:]) / NETWORK_SIDE  # working pixels per network pixel
    alpha = apply_gamma(resize_plane(coarse, guide.shape[1:], Image.Resampling.BICUBIC))
    radius = round(FIT_RADIUS * (1 - 1 / min(zoom, 4.0)) * pixel)
    slopes, offset = fit_alpha(guide, alpha, radius, kernels)
    steep = min(1 + FADE_SLOPE * (zoom - 1), FADE_STEEPEST)
    fade_radius = max(1, round(FADE_RADIUS * pixel))
    fields = kernels.steepen(guide, slopes, offset, fade_radius, steep)
    return apply_fields(source.size, source.tile, fields, kernels)


def apply_gamma(alpha: CoarseAlpha) -> CoarseAlpha:
    """Cut off what is certain and lift the middle, by fixed numbers."""
    sure = np.clip((alpha - CERTAIN) / (1 - 2 * CERTAIN), 0, 1)
    return np.power(sure, np.float32(GAMMA)).astype(np.float32, copy=False)


def apply_fields(
    size: tuple[int, int], tile: ReadTile, fields: Floats, kernels: Kernels
) -> AlphaMatte:
    """Evaluate a fit at full size, in the tiles where it is not certain.

    Parameters
    ----------
    size : (int, int)
        (H, W) of the picture.
    tile : callable
        Gives some rows and columns of its pixels, as `SourceImage.tile` does.
    fields : float32, shape (6, h, w)
        As `Kernels.steepen` gives them, for the same picture at any size.
    kernels : Kernels

    Returns
    -------
    uint8, shape (H, W)
    """
    alpha = np.empty(size, np.uint8)
    trimap = trimap_from_range(fields[4] / 255, fields[5] / 255)
    down, along = (
        taps(slice(0, full), full, small)
        for full, small in zip(size, fields.shape[1:], strict=True)
    )
    for kind, rows, columns in find_blocks(trimap, size):
        if kind == UNKNOWN:
            below = (down[0][rows], down[1][rows])
            beside = (along[0][columns], along[1][columns])
            block = alpha[rows, columns]
            _evaluate(tile(rows, columns), fields, below, beside, block, kernels)
        else:
            alpha[rows, columns] = kind
    return alpha


def _evaluate(  # noqa: PLR0913, PLR0917 (all that a block needs)
    pixels: NDArray[np.uint8],
    fields: Floats,
    down: Taps,
    along: Taps,
    out: AlphaMatte,
    kernels: Kernels,
) -> None:
    """Evaluate the fit in one block of pixels, (rows, columns, 4), into `out`, (rows, columns).

    The fields are interpolated there.
    """
    above, share_below = down
    near = fields[:, above[0] : above[-1] + 2]
    left, share_right = along
    right = np.minimum(left + 1, fields.shape[2] - 1)
    column_taps = ColumnTaps(left, right, share_right)
    row_taps = RowTaps(above - above[0], share_below)
    kernels.evaluate_fit(pixels, near, column_taps, row_taps, FAINT, out)
