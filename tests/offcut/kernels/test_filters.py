"""Neighbourhood filters against their definition, pixel by pixel."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from offcut.kernels.filters import bilinear_taps, box_blur, local_range, resize_plane, taps
from PIL import Image

SHAPES = [(1, 1), (1, 9), (7, 1), (5, 8), (40, 30)]


def noise(*shape: int) -> NDArray[np.float32]:
    return np.random.default_rng(1).random(shape, np.float32)


def windowed(
    values: NDArray[np.float32], radius: int, reduce: Callable[..., Any]
) -> NDArray[np.float32]:
    """Apply a reduction to the window of every pixel, cut off at the edge."""
    result = np.empty_like(values)
    for y, x in np.ndindex(values.shape[:2]):
        rows = slice(max(0, y - radius), y + radius + 1)
        columns = slice(max(0, x - radius), x + radius + 1)
        result[y, x] = reduce(values[rows, columns], axis=(0, 1))
    return result


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("radius", [1, 3, 50])
def test_box_blur_is_the_mean_of_the_window(shape: tuple[int, int], radius: int) -> None:
    values = noise(*shape)
    assert np.allclose(box_blur(values, radius), windowed(values, radius, np.mean), atol=1e-6)


def test_box_blur_keeps_channels_apart() -> None:
    values = noise(9, 11, 3)
    blurred = box_blur(values, 2)
    assert blurred.dtype == np.float32
    for channel in range(3):
        assert np.allclose(blurred[..., channel], box_blur(values[..., channel], 2))


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("radius", [0, 1, 2, 6, 50])
def test_local_range_is_the_least_and_the_most_of_the_window(
    shape: tuple[int, int], radius: int
) -> None:
    values = noise(*shape)
    low, high = local_range(values, radius)
    assert np.array_equal(low, windowed(values, radius, np.min))
    assert np.array_equal(high, windowed(values, radius, np.max))


@pytest.mark.parametrize("shape", [(1, 1), (3, 200), (37, 5)])
def test_a_constant_plane_stays_constant_at_any_size(shape: tuple[int, int]) -> None:
    resized = resize_plane(np.full((20, 30), 0.25, np.float32), shape)
    assert resized.shape == shape
    assert np.allclose(resized, 0.25)


@pytest.mark.parametrize(("length", "small"), [(100, 10), (7, 7), (1, 1), (30, 1), (10, 3)])
def test_taps_interpolate_a_ramp_to_the_same_ramp(length: int, small: int) -> None:
    ramp = (np.arange(small) + 0.5) / small
    first, share = taps(slice(0, length), length, small)
    second = np.minimum(first + 1, small - 1)
    interpolated = ramp[first] * (1 - share) + ramp[second] * share
    expected = np.clip((np.arange(length) + 0.5) / length, ramp[0], ramp[-1])
    assert np.allclose(interpolated, expected, atol=1e-6)
    assert first.min() >= 0
    assert first.max() < small


@pytest.mark.parametrize(
    ("small", "length"), [(1, 5), (2, 3), (7, 7), (24, 96), (384, 1536), (37, 1001)]
)
def test_bilinear_taps_are_those_of_pillow(small: int, length: int) -> None:
    row = np.random.default_rng(small).integers(0, 256, (1, small), np.uint8)
    first, second, near, far = bilinear_taps(length, small)
    sums = row[0, first].astype(np.int64) * near + row[0, second].astype(np.int64) * far
    enlarged = Image.fromarray(row).resize((length, 1), Image.Resampling.BILINEAR)
    assert np.array_equal((sums + (1 << 21)) >> 22, np.asarray(enlarged)[0])
