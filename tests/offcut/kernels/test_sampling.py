"""Pixels of one size in another: ramps stay ramps, and weights are those of Pillow."""

from __future__ import annotations

import numpy as np
import pytest
from offcut.kernels.sampling import bilinear_taps, resize_plane, taps
from PIL import Image


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
