"""Seeded input for every kernel: many sizes, layouts and extreme values, as callers give them.

Nothing here needs pytest: `kernel_parity.py` runs these cases inside Pyodide.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from offcut.kernels.arguments import ColumnTaps, PlacedLayer, RowTaps, Softness, UnmixTables
from offcut.kernels.sampling import nearest, taps

Arguments = tuple[Any, ...]
Cases = Callable[[np.random.Generator], Iterator[Arguments]]
Floats = NDArray[Any]
Bytes = NDArray[np.uint8]

SIZES = (
    (1, 1), (1, 2), (2, 1), (1, 3), (3, 1), (2, 2), (1, 5), (5, 1), (1, 17), (17, 1), (16, 2),
    (7, 9), (9, 7), (15, 16), (23, 31), (33, 64), (65, 67),
)  # fmt: skip
ROOM = 64
"""Bytes before and behind what is changed in place: nobody may write there."""


def in_room(values: NDArray[Any]) -> NDArray[Any]:
    """Copy an array into the middle of a larger one, its base."""
    room = np.full(values.nbytes + 2 * ROOM, 0x5A, np.uint8)
    inner = room[ROOM:-ROOM].view(values.dtype).reshape(values.shape)
    inner[...] = values
    return inner


def layouts(values: NDArray[Any]) -> Iterator[NDArray[Any]]:
    """Give the same values contiguous, in another order of the axes, and with gaps."""
    yield values
    yield np.asfortranarray(values)
    wider = np.zeros((*values.shape[:-1], 2 * values.shape[-1] + 1), values.dtype)
    wider[..., 1::2] = values
    yield wider[..., 1::2]


def planes(rng: np.random.Generator, *shape: int, low: float = 0.0, high: float = 1.0) -> Floats:
    """Draw float32 values, some of them the two extremes."""
    values = rng.uniform(low, high, shape)
    extreme = rng.random(shape)
    values[extreme < 0.1] = low
    values[extreme > 0.9] = high
    return values.astype(np.float32)


def matte(rng: np.random.Generator, *shape: int) -> Bytes:
    """Draw runs of nothing, all and something: uint8."""
    count = int(np.prod(shape))
    runs = rng.choice([0, 255, *rng.integers(0, 256, 2)], count)
    return (
        np.repeat(runs, rng.integers(1, 40, count).astype(np.intp))[:count]
        .reshape(shape)
        .astype(np.uint8)
    )


def color_bytes(rng: np.random.Generator, *shape: int) -> Bytes:
    return rng.integers(0, 256, (*shape, 4), np.uint8)


def box_blur(rng: np.random.Generator) -> Iterator[Arguments]:
    for size in SIZES:
        for radius in (1, 2, 5, 50):
            for values in layouts(planes(rng, *size, low=-1e6, high=1e6)):
                yield values, radius
        yield planes(rng, *size, 4), 2
        yield rng.random(size), 3


def local_range(rng: np.random.Generator) -> Iterator[Arguments]:
    for size in SIZES:
        for radius in (0, 1, 2, 6, 50):
            for values in layouts(planes(rng, *size)):
                yield values, radius


def fit_alpha(rng: np.random.Generator) -> Iterator[Arguments]:
    for size in SIZES:
        for radius in (1, 3, 20):
            guides = layouts(planes(rng, 3, *size, low=-0.5, high=0.5))
            for guide, alpha in zip(guides, layouts(planes(rng, *size)), strict=True):
                yield guide, alpha, radius, 1e-4
        soft = (matte(rng, *size) / 255).astype(np.float32)
        yield np.zeros((3, *size), np.float32), soft, 2, 1e-4


def steepen(rng: np.random.Generator) -> Iterator[Arguments]:
    for size in SIZES:
        for radius, steepness in ((1, 1.0), (2, 1.7), (30, 2.0)):
            guides = layouts(planes(rng, 3, *size, low=-0.5, high=0.5))
            slopes = layouts(planes(rng, 3, *size, low=-3, high=3))
            offsets = layouts(planes(rng, *size, low=-0.5, high=1.5))
            for guide, slope, offset in zip(guides, slopes, offsets, strict=True):
                yield guide, slope, offset, radius, steepness


def evaluate_fit(rng: np.random.Generator) -> Iterator[Arguments]:
    for rows, columns in SIZES:
        for small_rows, small_columns in ((1, 1), (2, 3), (rows, columns), (40, 50)):
            bounds = np.sort(planes(rng, 2, small_rows, small_columns, high=255), axis=0)
            slopes = planes(rng, 3, small_rows, small_columns, low=-3, high=3)
            offset = planes(rng, 1, small_rows, small_columns, low=-300, high=500)
            fields = np.concatenate((slopes, offset, bounds))
            above, share_below = taps(slice(0, rows), rows, small_rows)
            left, share_right = taps(slice(0, columns), columns, small_columns)
            right = np.minimum(left + 1, small_columns - 1)
            near = fields[:, above[0] : above[-1] + 2]
            # A block of a larger picture, as its pixels are.
            pixels = color_bytes(rng, rows + 2, columns + 3)[1:-1, 2:-1]
            out = np.full((rows + 2, columns + 9), 7, np.uint8)[1:-1, 5:-4]
            along = ColumnTaps(left, right, share_right)
            yield pixels, near, along, RowTaps(above - above[0], share_below), 13, out


def relax_colors(rng: np.random.Generator) -> Iterator[Arguments]:
    softness = Softness(0.004, 1 - 0.004, 1e-5, 0.03)
    for size in SIZES:
        for steps in (0, 1, 3, 10):
            images = layouts(planes(rng, 3, *size))
            alphas = layouts((matte(rng, *size) / 255).astype(np.float32))
            for image, alpha in zip(images, alphas, strict=True):
                pair = in_room(planes(rng, 6, size[0] * size[1]))
                yield image, alpha, pair, softness, steps


def resize_colors(rng: np.random.Generator) -> Iterator[Arguments]:
    for rows, columns in SIZES:
        for colors in layouts(planes(rng, 3, rows, columns, low=-0.2, high=1.2)):
            yield colors, (rows, columns)
            yield colors, (rows + 1, columns + 3)
            yield colors, (rows, 4 * columns + 1)
            yield colors, (5 * rows + 2, columns)
            yield colors, (max(1, rows // 2), 2 * columns)
            yield colors, (max(1, rows - 1), max(1, columns // 3))


def unmix_input(
    rng: np.random.Generator, rows: int, columns: int
) -> tuple[tuple[PlacedLayer, PlacedLayer], UnmixTables]:
    height = rows + 5
    shapes = ((3, 5), (rows, columns))
    subject, background = (
        PlacedLayer(
            color_bytes(rng, *shape),
            nearest(slice(2, 2 + rows), height, shape[0]) * shape[1],
            nearest(slice(0, columns), columns, shape[1]),
        )
        for shape in shapes
    )
    levels = np.arange(256, dtype=np.float32) * np.float32(1 / 255)
    gains = levels / (levels * levels + np.float32(1e-4))
    return (subject, background), UnmixTables(levels, gains)


def unmix_colors(rng: np.random.Generator) -> Iterator[Arguments]:
    for size in (*SIZES, (3, 700)):
        for share in layouts(matte(rng, *size)):
            yield in_room(color_bytes(rng, *size)), share, *unmix_input(rng, *size)


def clear_pixels(rng: np.random.Generator) -> Iterator[Arguments]:
    for size in (*SIZES, (3, 700)):
        for shown in layouts(matte(rng, *size)):
            yield in_room(color_bytes(rng, *size)), shown


def paint_cutout(rng: np.random.Generator) -> Iterator[Arguments]:
    for size in (*SIZES, (3, 700)):
        shares = layouts(matte(rng, *size))
        for shown, share in zip(layouts(matte(rng, *size)), shares, strict=True):
            yield color_bytes(rng, *size), shown, share, *unmix_input(rng, *size)


def sweep_distances(rng: np.random.Generator) -> Iterator[Arguments]:
    for size in SIZES:
        far = np.where(rng.random(size) < 0.1, 0.0, 1e6)
        far[size[0] // 2, size[1] // 2] = rng.uniform(0, 30)
        sums = [np.cumsum(rng.uniform(0, 20, size), axis=axis) for axis in (1, 0)]
        for along_rows, along_columns in zip(*map(layouts, sums), strict=True):
            yield in_room(far), (along_rows, along_columns)


CASES: Mapping[str, Cases] = {
    cases.__name__: cases
    for cases in (
        box_blur, local_range, fit_alpha, steepen, evaluate_fit, relax_colors, resize_colors,
        unmix_colors, clear_pixels, paint_cutout, sweep_distances,
    )
}  # fmt: skip
