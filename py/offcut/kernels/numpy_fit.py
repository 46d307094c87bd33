"""The colour fit of `Kernels` in numpy: made, made steeper, evaluated.

Decides: the formula by which alpha follows colour and is made steeper. Radius and strength are
chosen in matting/refine.py.
"""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from offcut.arrays import AlphaMatte, Floats
from offcut.kernels.arguments import ColumnTaps, RowTaps
from offcut.kernels.numpy_filters import box_blur, local_range

PAIRS: Final = ((0, 0), (0, 1), (0, 2), (1, 1), (1, 2), (2, 2))


def fit_alpha(guide: Floats, alpha: Floats, radius: int, ridge: float) -> tuple[Floats, Floats]:
    """Fit alpha to colours, by a guided filter; see `Kernels.fit_alpha`."""
    mean_alpha = box_blur(alpha, radius)
    variance = np.maximum(box_blur(alpha * alpha, radius) - mean_alpha * mean_alpha, 0)
    mean = [box_blur(plane, radius) for plane in guide]
    shared = [box_blur(guide[i] * alpha, radius) - mean[i] * mean_alpha for i in range(3)]
    spread: list[Floats] = [
        box_blur(guide[i] * guide[j], radius) - mean[i] * mean[j] for i, j in PAIRS
    ]
    for k in (0, 3, 5):
        spread[k] = np.maximum(spread[k], 0) + np.float32(ridge)
    slopes = solve_slopes(spread, shared)
    explained = sum(slope * part for slope, part in zip(slopes, shared, strict=True))
    explained = np.clip(explained / (variance + np.float32(1e-4)), 0, 1)
    gain = 1 / np.maximum(explained, np.float32(0.1))
    slopes = [slope * gain for slope in slopes]
    offset = mean_alpha - sum(slope * part for slope, part in zip(slopes, mean, strict=True))
    trust = box_blur(explained, radius)
    slopes = np.stack([box_blur(slope, radius) * trust for slope in slopes])
    offset = box_blur(offset, radius) * trust + (1 - trust) * alpha
    return slopes.astype(np.float32, copy=False), offset.astype(np.float32, copy=False)


def solve_slopes(spread: list[Floats], shared: list[Floats]) -> list[Floats]:
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


def steepen(guide: Floats, slopes: Floats, offset: Floats, radius: int, steepness: float) -> Floats:
    """Fold the contrast around the local middle into a fit; see `Kernels.steepen`."""
    red, green, blue = (slope * color for slope, color in zip(slopes, guide, strict=True))
    low, high = local_range(np.clip(red + green + blue + offset, 0, 1), radius)
    gain = 1 + np.float32(steepness - 1) * (high - low) ** 2
    offset = gain * offset + (1 - gain) * (low + high) / 2
    slopes = slopes * gain
    offset = 255 * (offset - (slopes[0] + slopes[1] + slopes[2]) / 2)
    return np.stack([*slopes, offset, 255 * low, 255 * high]).astype(np.float32, copy=False)


def evaluate_fit(  # noqa: PLR0913, PLR0917 (all that a block needs)
    pixels: NDArray[np.uint8],
    fields: Floats,
    along: ColumnTaps,
    down: RowTaps,
    faint: int,
    out: AlphaMatte,
) -> None:
    """Evaluate a fit in one block of pixels; see `Kernels.evaluate_fit`."""
    across = fields[:, :, along.left]
    across += (fields[:, :, along.right] - across) * along.share
    steps = np.zeros_like(across)
    np.subtract(across[:, 1:], across[:, :-1], out=steps[:, :-1])
    share_below = down.share[:, np.newaxis]

    def full(plane: int) -> Floats:
        values = steps[plane].take(down.above, axis=0)
        values *= share_below
        values += across[plane].take(down.above, axis=0)
        return values

    value = full(3)
    for channel in range(3):
        slope = full(channel)
        slope *= pixels[..., channel]
        value += slope
    np.maximum(value, full(4), out=value)
    np.minimum(value, full(5), out=value)
    value += np.float32(0.5)
    # A table of `bytes` is several times as quick as one of numpy's.
    found = value.astype(np.uint8).tobytes().translate(_faint_table(faint))
    out[...] = np.frombuffer(found, np.uint8).reshape(out.shape)


@cache
def _faint_table(faint: int) -> bytes:
    return bytes(value if value >= faint else max(0, 2 * value - faint) for value in range(256))
