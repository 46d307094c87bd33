"""The colours of soft pixels, without what was behind them."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from offcut.matting.foreground import estimate_layers
from offcut.matting.unmixing import remove_background_colors
from subjects import INSIDE, KERNELS, OUTSIDE, disc, painted, picture_of, source_of, subject_of


def unmixed(pixels: NDArray[np.uint8], alpha: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Take the background out of a whole picture, in two bands."""
    source = source_of(pixels)
    layers = estimate_layers(source, alpha, KERNELS)
    height = len(pixels)
    bands: list[NDArray[np.uint8]] = []
    for rows in (slice(0, height // 3), slice(height // 3, height)):
        band = source.rgba_band(rows, alpha[rows])
        remove_background_colors(band, alpha[rows], layers, rows, height, KERNELS)
        bands.append(band)
    return np.concatenate(bands)


@pytest.mark.parametrize("size", [(200, 300), (1500, 2000)])
def test_two_plain_colours_are_told_apart(size: tuple[int, int]) -> None:
    alpha = disc(*size, radius=0.3 * size[0], softness=0.1 * size[0])
    colors = unmixed(picture_of(alpha), alpha)[..., :3].astype(float)
    is_soft = (alpha > 25) & (alpha < 255)
    apart = np.abs(colors[is_soft] - INSIDE).mean()
    before = np.abs(picture_of(alpha)[is_soft].astype(float) - INSIDE).mean()
    assert apart < 0.1 * before
    assert apart < 4


def test_the_background_leaves_no_fringe_on_another_one() -> None:
    alpha = disc(300, 300, radius=90, softness=40)
    colors = unmixed(picture_of(alpha), alpha)[..., :3].astype(float)
    share = alpha[..., np.newaxis] / 255
    true = share * INSIDE + (1 - share) * (255, 0, 255)
    ours = share * colors + (1 - share) * (255, 0, 255)
    assert np.abs(ours - true).max() < 12


def test_pixels_of_all_or_nothing_are_not_touched() -> None:
    alpha = disc(100, 120, radius=30, softness=10)
    pixels = picture_of(alpha)
    colors = unmixed(pixels, alpha)
    is_hard = (alpha == 0) | (alpha == 255)
    assert np.array_equal(colors[is_hard][:, :3], pixels[is_hard])
    assert np.array_equal(colors[..., 3], alpha)


def test_layers_hold_the_colours_of_their_side() -> None:
    alpha = disc(200, 200, radius=60, softness=20)
    layers = estimate_layers(source_of(picture_of(alpha)), alpha, KERNELS)
    assert np.abs(layers.subject[100, 100, :3].astype(int) - INSIDE).max() <= 1
    assert np.abs(layers.background[3, 3, :3].astype(int) - OUTSIDE).max() <= 1
    assert np.abs(layers.subject[100, 35, :3].astype(int) - INSIDE).max() <= 12


@pytest.mark.parametrize("value", [0, 1, 128, 255])
@pytest.mark.parametrize("size", [(1, 1), (1, 40), (40, 1)])
def test_pictures_of_any_proportions_and_mattes_pass(size: tuple[int, int], value: int) -> None:
    pixels = np.full((*size, 3), 200, np.uint8)
    alpha = np.full(size, value, np.uint8)
    layers = estimate_layers(source_of(pixels), alpha, KERNELS)
    band = np.dstack((pixels, alpha))
    remove_background_colors(band, alpha, layers, slice(0, size[0]), size[0], KERNELS)
    assert np.array_equal(band[..., 3], alpha)
    if value == 255:
        assert np.array_equal(band[..., :3], pixels)


def test_the_colours_of_an_edge_that_the_file_itself_has_are_kept() -> None:
    # A file's colours are straight: its own soft edge has nothing of a background in it.
    own = disc(softness=8)
    pixels = np.where(own[..., np.newaxis] > 0, np.array(INSIDE, np.uint8), np.uint8(0))
    rgba = painted(subject_of(own, pixels, own_alpha=own))
    assert (rgba[own > 0, :3] == INSIDE).all()
    assert (rgba[..., 3] == own).all()
