"""Coarse alpha + picture -> alpha matte with the picture's own edges, at full size.

The network sees 320 pixels; its edge is blurred over one or two of them and may lie beside
the true one. In the unknown band alpha is fitted as a local linear function of colour (a
guided filter), in windows of some network pixels, and then made steeper by what the
enlargement has blurred. How far either goes depends on the zoom, source pixels per network
pixel: a picture that was hardly reduced has the network's best edge already.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from offcut.arrays import AlphaMatte, CoarseAlpha, RgbImage, Trimap
from offcut.filters import box_blur, local_range, resize_plane, taps
from offcut.source_image import SourceImage
from offcut.trimap import CERTAIN, UNKNOWN, trimap_from_range

Floats = NDArray[np.float32]

NETWORK_SIDE: Final = 320
"""Pixels that the coarsest network sees of the whole picture."""
WORK_SIDE: Final = 800
WORK_SIDE_LARGE: Final = 512
"""Long side at which the fit is computed; the second above `LARGE_PIXELS`, to save time."""
LARGE_PIXELS: Final = 2_000_000
FIT_RADIUS: Final = 12.0
"""Window of the colour fit, in network pixels, for a matte that is enlarged without end."""
FIT_RIDGE: Final = 1e-4
"""Variance of colours (0..1) that is noise: one per cent, squared."""
FADE_RADIUS: Final = 4.0
"""Network pixels in which the black and the white end of a ramp are looked for."""
FADE_SLOPE: Final = 0.5
"""Added steepness per step of zoom; 1 + slope * (zoom - 1), at most `FADE_STEEPEST`."""
FADE_STEEPEST: Final = 2.0
GAMMA: Final = 0.75
"""The network finds too little rather than too much: the middle is lifted."""
TILE: Final = 128
WIDEST: Final = 512
"""Pixels of the blocks in which the fit is evaluated; blocks of one row may be joined."""
_PAIRS: Final = ((0, 0), (0, 1), (0, 2), (1, 1), (1, 2), (2, 2))


def refine_alpha(source: SourceImage, coarse: CoarseAlpha) -> AlphaMatte:
    """Find the subject's true edge in the picture.

    Parameters
    ----------
    source : SourceImage
    coarse : float32, shape (h, w), range [0, 1]
        The network's matte of the whole picture, at any size.

    Returns
    -------
    uint8, shape (H, W)
        Exactly 0 or 255 where the coarse matte is certain.

    Notes
    -----
    He, Sun, Tang, "Guided Image Filtering", PAMI 2013, and He, Sun, "Fast Guided Filter",
    2015 (the fit at reduced size, applied at full size). Two changes: the slope is divided
    by the share of alpha's variance that colour explains (R squared), so that a good fit is
    not flattened; and where that share is low the network's own value stays.

    O(WORK_SIDE squared), and O(H * W) in the tiles that the unknown band crosses; no
    full-size array of floats. Poor where subject and background have the same colours, and
    where a hole is narrower than a network pixel.
    """
    height, width = source.size
    side = WORK_SIDE if height * width <= LARGE_PIXELS else WORK_SIDE_LARGE
    guide = _guide(source, side)
    zoom = max(1.0, max(height, width) / NETWORK_SIDE)
    pixel = max(guide.shape[1:]) / NETWORK_SIDE  # working pixels per network pixel
    alpha = tone(resize_plane(coarse, guide.shape[1:], Image.Resampling.BICUBIC))
    radius = round(FIT_RADIUS * (1 - 1 / min(zoom, 4.0)) * pixel)
    slopes, offset = _fit(guide, alpha, radius)
    steep = min(1 + FADE_SLOPE * (zoom - 1), FADE_STEEPEST)
    fields = _steepen(guide, slopes, offset, max(1, round(FADE_RADIUS * pixel)), steep)
    return _apply(source, fields, trimap_from_range(fields[4] / 255, fields[5] / 255))


def tone(alpha: CoarseAlpha) -> CoarseAlpha:
    """Cut off what is certain and lift the middle, by fixed numbers."""
    sure = np.clip((alpha - CERTAIN) / (1 - 2 * CERTAIN), 0, 1)
    return np.power(sure, np.float32(GAMMA)).astype(np.float32, copy=False)


def _guide(source: SourceImage, side: int) -> Floats:
    """Give the colours at working size: (3, h, w), range [-0.5, 0.5]."""
    height, width = source.size
    scale = min(1.0, side / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = source.image.resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0)
    colors = np.asarray(small).transpose(2, 0, 1) * np.float32(1 / 255) - np.float32(0.5)
    return np.ascontiguousarray(colors, dtype=np.float32)


def _fit(guide: Floats, alpha: Floats, radius: int) -> tuple[Floats, Floats]:
    """Fit alpha = slopes . color + offset around every pixel: (3, h, w) and (h, w)."""
    if radius < 1:
        return np.zeros_like(guide), alpha
    mean_alpha = box_blur(alpha, radius)
    variance = np.maximum(box_blur(alpha * alpha, radius) - mean_alpha * mean_alpha, 0)
    mean = [box_blur(plane, radius) for plane in guide]
    shared = [box_blur(guide[i] * alpha, radius) - mean[i] * mean_alpha for i in range(3)]
    spread = [box_blur(guide[i] * guide[j], radius) - mean[i] * mean[j] for i, j in _PAIRS]
    for k in (0, 3, 5):
        spread[k] = np.maximum(spread[k], 0) + np.float32(FIT_RIDGE)
    slopes = _solve(spread, shared)
    explained = sum(slope * part for slope, part in zip(slopes, shared, strict=True))
    explained = np.clip(explained / (variance + np.float32(1e-4)), 0, 1)
    gain = 1 / np.maximum(explained, np.float32(0.1))
    slopes = [slope * gain for slope in slopes]
    offset = mean_alpha - sum(slope * part for slope, part in zip(slopes, mean, strict=True))
    trust = box_blur(explained, radius)
    slopes = np.stack([box_blur(slope, radius) * trust for slope in slopes])
    offset = box_blur(offset, radius) * trust + (1 - trust) * alpha
    return slopes.astype(np.float32, copy=False), offset.astype(np.float32, copy=False)


def _solve(spread: list[Floats], shared: list[Floats]) -> list[Floats]:
    """Solve the symmetric 3x3 system of every pixel by Cramer's rule."""
    rr, rg, rb, gg, gb, bb = spread
    x, y, z = shared
    c00, c01, c02 = gg * bb - gb * gb, gb * rb - rg * bb, rg * gb - gg * rb
    c11, c12, c22 = rr * bb - rb * rb, rb * rg - rr * gb, rr * gg - rg * rg
    scale = 1 / (rr * c00 + rg * c01 + rb * c02)
    return [
        (c00 * x + c01 * y + c02 * z) * scale,
        (c01 * x + c11 * y + c12 * z) * scale,
        (c02 * x + c12 * y + c22 * z) * scale,
    ]


def _steepen(guide: Floats, slopes: Floats, offset: Floats, radius: int, steep: float) -> Floats:
    """Fold the contrast around the local middle into the fit.

    Returns
    -------
    float32, shape (6, h, w)
        Three slopes and an offset that give alpha in 0..255 for colours in 0..255, and the
        lowest and highest alpha, 0..255, that may come out.
    """
    red, green, blue = (slope * color for slope, color in zip(slopes, guide, strict=True))
    low, high = local_range(np.clip(red + green + blue + offset, 0, 1), radius)
    # Only a ramp from nearly 0 to nearly 1 is a blurred edge; all else is doubt, and stays.
    gain = 1 + np.float32(steep - 1) * (high - low) ** 2
    offset = gain * offset + (1 - gain) * (low + high) / 2
    slopes = slopes * gain
    offset = 255 * (offset - (slopes[0] + slopes[1] + slopes[2]) / 2)
    return np.stack([*slopes, offset, 255 * low, 255 * high]).astype(np.float32, copy=False)


def _apply(source: SourceImage, fields: Floats, trimap: Trimap) -> AlphaMatte:
    """Evaluate the fit at full size, in the tiles where the trimap is unknown."""
    size = source.size
    alpha = np.empty(size, np.uint8)
    for kind, rows, columns in _blocks(trimap, size):
        if kind == UNKNOWN:
            pixels = source.image.crop((columns.start, rows.start, columns.stop, rows.stop))
            alpha[rows, columns] = _evaluate(np.asarray(pixels), fields, rows, columns, size)
        else:
            alpha[rows, columns] = kind
    return alpha


def _blocks(trimap: Trimap, size: tuple[int, int]) -> Iterator[tuple[int, slice, slice]]:
    """Cut a picture into tiles of one kind each; neighbours of one kind are joined.

    Yields
    ------
    kind : int
        BACKGROUND, SUBJECT, or UNKNOWN where anything else is in it.
    rows, columns : slice
        Of the full size.
    """
    height, width = size
    for top in range(0, height, TILE):
        rows = slice(top, min(top + TILE, height))
        strip = trimap[_covering(rows, height, trimap.shape[0])]
        lowest, highest = strip.min(axis=0), strip.max(axis=0)
        start, kind = 0, -1
        for left in range(0, width, TILE):
            inside = _covering(slice(left, min(left + TILE, width)), width, trimap.shape[1])
            first, last = int(lowest[inside].min()), int(highest[inside].max())
            here = first if first == last else UNKNOWN
            if left and (here != kind or left - start >= WIDEST):
                yield kind, rows, slice(start, left)
                start = left
            kind = here
        yield kind, rows, slice(start, width)


def _covering(span: slice, length: int, small: int) -> slice:
    """Give the working pixels that are touched when `span` is interpolated from them."""
    first, _ = taps(slice(span.start, span.start + 1), length, small)
    last, _ = taps(slice(span.stop - 1, span.stop), length, small)
    return slice(int(first[0]), min(int(last[0]) + 2, small))


def _evaluate(
    pixels: RgbImage, fields: Floats, rows: slice, columns: slice, size: tuple[int, int]
) -> AlphaMatte:
    """Evaluate the fit in one block, interpolating its fields there."""
    near = fields[:, _covering(rows, size[0], fields.shape[1])]
    first, share = taps(columns, size[1], fields.shape[2])
    second = np.minimum(first + 1, fields.shape[2] - 1)
    across = near[:, :, first]
    across += (near[:, :, second] - across) * share
    first, share = taps(rows, size[0], fields.shape[1])
    first -= first[0]
    steps = np.diff(across, axis=1, append=across[:, -1:])
    share = share[:, np.newaxis]

    def full(plane: int) -> Floats:
        values = steps[plane, first]
        values *= share
        values += across[plane, first]
        return values

    value = full(3)
    for channel in range(3):
        slope = full(channel)
        slope *= pixels[..., channel]
        value += slope
    lowest, highest = full(4), full(5)
    np.clip(value, lowest, highest, out=value)
    value += np.float32(0.5)
    return value.astype(np.uint8)
