"""Neighbourhood filters against their definition, pixel by pixel."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from offcut.kernels.numpy_filters import box_blur, local_range

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
