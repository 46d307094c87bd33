"""Coarse alpha + picture -> alpha matte with the picture's own edges."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from offcut.matting.proxy import make_proxy
from offcut.matting.refine import apply_gamma, refine_alpha
from PIL import Image
from subjects import KERNELS, disc, picture_of, source_of

NETWORK = 320


def as_network_sees(alpha: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Blur a matte as the network does: over two of its pixels."""
    small = Image.fromarray(alpha).resize((NETWORK // 2, NETWORK // 2), Image.Resampling.BOX)
    full = small.resize((NETWORK, NETWORK), Image.Resampling.BILINEAR)
    return (np.asarray(full) / 255).astype(np.float32)


def refined(pixels: NDArray[np.uint8], coarse: NDArray[np.float32]) -> NDArray[np.uint8]:
    source = source_of(pixels)
    return refine_alpha(source, make_proxy(source), coarse, KERNELS)


def error(alpha: NDArray[np.uint8], truth: NDArray[np.uint8]) -> float:
    return float(np.abs(alpha.astype(float) - truth).mean())


def enlarged(coarse: NDArray[np.float32], shape: tuple[int, int]) -> NDArray[np.uint8]:
    image = Image.fromarray(np.rint(coarse * 255).astype(np.uint8))
    return np.asarray(image.resize((shape[1], shape[0]), Image.Resampling.BILINEAR))


@pytest.mark.parametrize("size", [(640, 800), (1500, 2000)])
def test_a_sharp_edge_comes_back(size: tuple[int, int]) -> None:
    truth = disc(*size, radius=size[0] * 0.3)
    coarse = as_network_sees(truth)
    alpha = refined(picture_of(truth), coarse)
    assert error(alpha, truth) < 0.4 * error(enlarged(coarse, size), truth)


def test_an_edge_that_the_network_put_beside_the_true_one_is_drawn_to_it() -> None:
    size = (900, 1200)
    truth = disc(*size, radius=300)
    coarse = as_network_sees(disc(*size, radius=310))
    alpha = refined(picture_of(truth), coarse)
    assert error(alpha, truth) < 0.7 * error(enlarged(coarse, size), truth)


def test_what_is_certain_is_exact() -> None:
    truth = disc(600, 600, radius=200)
    noise = np.random.default_rng(0).integers(0, 256, (600, 600, 3), np.uint8)
    alpha = refined(noise, as_network_sees(truth))
    assert (alpha[disc(600, 600, radius=150) > 0] == 255).all()
    assert (alpha[disc(600, 600, radius=250) == 0] == 0).all()


def test_a_faint_matte_is_not_stretched() -> None:
    noise = np.random.default_rng(0).integers(0, 256, (200, 300, 3), np.uint8)
    assert not refined(noise, np.full((NETWORK, NETWORK), 0.008, np.float32)).any()


def test_a_ghost_is_cleared_and_what_can_be_seen_is_not() -> None:
    plain = np.full((400, 600, 3), 120, np.uint8)
    assert not refined(plain, np.full((NETWORK, NETWORK), 0.015, np.float32)).any()
    assert (refined(plain, np.full((NETWORK, NETWORK), 0.05, np.float32)) > 20).all()


def test_a_ramp_stays_in_order() -> None:
    ramp = np.tile(np.linspace(0, 1, NETWORK, dtype=np.float32), (NETWORK, 1))
    alpha = refined(np.full((400, 3000, 3), 120, np.uint8), ramp).astype(int)
    assert (np.diff(alpha, axis=1) >= 0).all()
    assert (alpha[0, 0], alpha[0, -1]) == (0, 255)


def test_a_doubtful_region_stays_doubtful() -> None:
    plain = np.full((700, 700, 3), 120, np.uint8)
    alpha = refined(plain, np.full((NETWORK, NETWORK), 0.5, np.float32))
    assert np.ptp(alpha) <= 1
    assert 100 < alpha[0, 0] < 180


def test_the_gamma_keeps_order_and_both_ends() -> None:
    lifted = apply_gamma(np.linspace(0, 1, 256, dtype=np.float32))
    assert (lifted[0], lifted[-1]) == (0, 1)
    assert (np.diff(lifted) >= 0).all()


@pytest.mark.parametrize("size", [(1, 1), (1, 300), (300, 1), (2, 3), (37, 3000)])
def test_pictures_of_any_proportions_are_refined(size: tuple[int, int]) -> None:
    pixels = np.full((*size, 3), 90, np.uint8)
    assert (refined(pixels, np.ones((NETWORK, NETWORK), np.float32)) == 255).all()


def test_seams_between_tiles_are_not_seen() -> None:
    ramp = np.tile(np.linspace(0, 1, NETWORK, dtype=np.float32), (NETWORK, 1))
    alpha = refined(np.full((500, 1100, 3), 77, np.uint8), ramp).astype(int)
    assert np.abs(np.diff(alpha, axis=0)).max() <= 1
    assert np.abs(np.diff(alpha, axis=1)).max() <= 4
