"""Foreground colour estimation: the colours the subject would have without its backdrop.

A pixel on a soft edge is a mix of subject and backdrop. Making it transparent is not
enough: the backdrop's share of its colour stays behind as a fringe. The colours of both are
solved coarse to fine at reduced size; the last step is left to every soft pixel itself.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from offcut.arrays import AlphaMatte, RgbaImage
from offcut.filters import resize_plane
from offcut.source_image import SourceImage

Floats = NDArray[np.float32]

SOLVE_SIDE: Final = 1024
SOLVE_SIDE_LARGE: Final = 384
"""Long side of the finest level; the second above `LARGE_PIXELS`, to save time."""
LARGE_PIXELS: Final = 2_000_000
LAYER_SIDE: Final = 1536
"""Long side of the finished layers: fine enough to be sampled without interpolation."""
SMALL_SIDE: Final = 32
STEPS_SMALL: Final = 10
STEPS: Final = 3
FLATNESS: Final = 1e-5
"""Weight of "neighbours have the same colour" where alpha is constant."""
FLATNESS_AT_EDGES: Final = 0.1
"""The same per unit of change of alpha."""
TRUST: Final = 0.1
"""How much the layers' colours resist the last correction at full size."""
SURE: Final = 0.004
"""Alpha nearer than this to 0 or 1 is exact: one step of 8 bits."""


@dataclass(frozen=True, slots=True)
class ColorLayers:
    """Colours of subject and backdrop around every pixel, at reduced size.

    Attributes
    ----------
    subject, backdrop : uint8, shape (h, w, 4)
        Red, green, blue and an unused fourth, so that a pixel is fetched in one go.
    """

    subject: NDArray[np.uint8]
    backdrop: NDArray[np.uint8]


def estimate_layers(source: SourceImage, alpha: AlphaMatte) -> ColorLayers:
    """Solve the colours of subject and backdrop at reduced size.

    Parameters
    ----------
    source : SourceImage
    alpha : uint8, shape (H, W)
        The matte of the same picture.

    Returns
    -------
    ColorLayers

    Notes
    -----
    Germer, Uelwer, Conrad, Harmeling, "Fast Multi-Level Foreground Estimation", ICPR 2020:
    minimise ``|I - aF - (1 - a)B|^2`` plus the smoothness of F and B, weighted by the change
    of a, by Jacobi steps on a pyramid. O(SOLVE_SIDE squared), most of it where alpha is soft.
    """
    height, width = source.size
    side = SOLVE_SIDE if height * width <= LARGE_PIXELS else SOLVE_SIDE_LARGE
    size = _fitting(source.size, side)
    image = source.image.resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0)
    matte = Image.fromarray(alpha).resize(size, Image.Resampling.BOX)
    colors = np.ascontiguousarray(np.asarray(image).transpose(2, 0, 1)) * np.float32(1 / 255)
    solved = _solve_pyramid(colors, np.asarray(matte) * np.float32(1 / 255))
    finished = _fitting(source.size, LAYER_SIDE)
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
    # One comparison for 0 < share < 255, since 0 - 1 wraps around to 255.
    soft = np.flatnonzero(share - np.uint8(1) < 254)
    if soft.size == 0:
        return
    y, x = np.divmod(soft, band.shape[1])
    grid = layers.subject.shape
    down = (np.arange(rows.start, rows.stop) * 2 + 1) * grid[0] // (2 * height) * grid[1]
    across = (np.arange(band.shape[1]) * 2 + 1) * grid[1] // (2 * band.shape[1])
    place = down[y] + across[x]
    subject, backdrop = _taken(layers.subject, place), _taken(layers.backdrop, place)
    mixed = _taken(band, soft)
    band.reshape(-1, 4)[soft, :3] = _unmixed(mixed, share.ravel()[soft], subject, backdrop)


def _fitting(size: tuple[int, int], side: int) -> tuple[int, int]:
    """Give Pillow's (width, height) for a picture shrunk to a long side of at most `side`."""
    height, width = size
    scale = min(1.0, side / max(size))
    return max(1, round(width * scale)), max(1, round(height * scale))


def _layer(planes: Floats, size: tuple[int, int]) -> NDArray[np.uint8]:
    colors = np.clip(planes, 0, 1) * np.float32(255) + np.float32(0.5)
    image = Image.fromarray(np.ascontiguousarray(colors.transpose(1, 2, 0), dtype=np.uint8))
    if image.size != size:
        image = image.resize(size, Image.Resampling.BILINEAR)
    return np.asarray(image.convert("RGBA"))


def _taken(layer: NDArray[np.uint8], place: NDArray[np.intp]) -> NDArray[np.uint8]:
    """Fetch pixels of a layer: uint8, shape (n, 3)."""
    packed = layer.reshape(-1, 4).view(np.uint32)[:, 0]
    return packed[place].view(np.uint8).reshape(-1, 4)[:, :3]


def _unmixed(
    mixed: NDArray[np.uint8],
    alpha: NDArray[np.uint8],
    subject: NDArray[np.uint8],
    backdrop: NDArray[np.uint8],
) -> NDArray[np.uint8]:
    """F + g (I - aF - (1 - a)B), the gain g growing with a; colours (n, 3), alpha (n,)."""
    levels = np.arange(256, dtype=np.float32) * np.float32(1 / 255)
    rest = 1 - levels
    gain = (levels / (levels * levels + rest * rest + np.float32(TRUST)))[alpha]
    change = subject.astype(np.float32)
    change -= backdrop
    change *= -levels[alpha][:, np.newaxis]
    change += mixed
    change -= backdrop
    change *= gain[:, np.newaxis]
    change += subject
    change += np.float32(0.5)
    return np.clip(change, 0, 255, out=change).astype(np.uint8)


def _solve_pyramid(image: Floats, alpha: Floats) -> Floats:
    """Solve subject and backdrop, (6, h, w), at the size of `image` (3, h, w)."""
    height, width = alpha.shape
    levels = max(1, math.ceil(math.log2(max(height, width))))
    pair = _mean_colors(image, alpha)
    shape = (1, 1)
    for level in range(levels + 1):
        coarser = shape
        shape = (round(height ** (level / levels)), round(width ** (level / levels)))
        is_final = level == levels
        colors = image if is_final else np.stack([resize_plane(p, shape) for p in image])
        matte = alpha if is_final else resize_plane(alpha, shape)
        rows = np.arange(shape[0]) * coarser[0] // shape[0]
        columns = np.arange(shape[1]) * coarser[1] // shape[1]
        pair = pair[:, (rows[:, np.newaxis] * coarser[1] + columns).ravel()]
        steps = STEPS_SMALL if max(shape) <= SMALL_SIDE else STEPS
        _relax(colors.reshape(3, -1), matte, pair, steps)
    return pair.reshape(6, height, width)


def _mean_colors(image: Floats, alpha: Floats) -> Floats:
    """Start from the mean colours of subject and backdrop: (6, 1)."""
    means: list[float] = []
    for weight in (alpha, 1 - alpha):
        total = float(weight.sum(dtype=np.float64)) + 1e-6
        means += [float((plane * weight).sum(dtype=np.float64)) / total for plane in image]
    return np.array(means, np.float32)[:, np.newaxis]


def _relax(image: Floats, alpha: Floats, pair: Floats, steps: int) -> None:
    """Take Jacobi steps on one level, in place and only where alpha is soft.

    `image` is (3, pixels), `pair` (6, pixels), `alpha` (h, w).
    """
    width = alpha.shape[1]
    flat = alpha.ravel()
    for planes, is_known in ((pair[:3], flat > 1 - SURE), (pair[3:], flat < SURE)):
        np.copyto(planes, image, where=is_known)
    soft = np.flatnonzero((flat >= SURE) & (flat <= 1 - SURE))
    if soft.size == 0:
        return
    row, column = np.divmod(soft, width)
    beside = (
        soft + (column < width - 1),
        soft - (column > 0),
        soft + width * (row < alpha.shape[0] - 1),
        soft - width * (row > 0),
    )
    share = flat[soft]
    rest = 1 - share
    weights = [
        np.float32(FLATNESS) + np.float32(FLATNESS_AT_EDGES) * np.abs(share - flat[index])
        for index in beside
    ]
    total = weights[0] + weights[1] + weights[2] + weights[3]
    f_f, f_b, b_b = share * share + total, share * rest, rest * rest + total
    scale = 1 / (f_f * b_b - f_b * f_b)
    colors = image[:, soft]
    given = np.concatenate([colors * share, colors * rest])
    for _ in range(steps):
        known = given.copy()
        for weight, index in zip(weights, beside, strict=True):
            known += weight * np.take(pair, index, axis=1)
        pair[:3, soft] = np.clip((b_b * known[:3] - f_b * known[3:]) * scale, 0, 1)
        pair[3:, soft] = np.clip((f_f * known[3:] - f_b * known[:3]) * scale, 0, 1)
