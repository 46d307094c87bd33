"""Mattes stay steady where the picture stands still, and follow it where it moves."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from offcut.matting.steady import steady_mattes
from subjects import KERNELS, disc, photo_of, source_of

FLICKER = 0.5
"""Of 255: what a still subject's opacity may change on average from one frame to the next."""


def test_the_edge_of_a_still_subject_does_not_flicker() -> None:
    """Grain of 4 levels in the picture, and a network whose edge trembles by 40 levels."""
    random = np.random.default_rng(7)
    edge = disc(96, 128, softness=6.0)
    clean = photo_of(edge).astype(float)
    grain = random.normal(0, 4, (12, *clean.shape))
    frames = [source_of(np.clip(clean + each, 0, 255).astype(np.uint8)) for each in grain]
    trembling = random.normal(0, 40, (12, *edge.shape)) * ((edge > 0) & (edge < 255))
    raw = [np.clip(edge + each, 0, 255).astype(np.uint8) for each in trembling]
    raw[5] = edge * 0  # and once it misses all of it
    assert _flicker(raw) > 10 * FLICKER
    steady = steady_mattes(frames, raw, KERNELS)
    assert _flicker(steady) < FLICKER
    assert np.abs(steady[5].astype(int) - edge).mean() < 1


def test_what_moves_keeps_the_matte_of_its_frame() -> None:
    mattes = [np.roll(disc(96, 128, radius=12), shift, axis=1) for shift in (-40, -13, 13, 40)]
    frames = [source_of(photo_of(matte)) for matte in mattes]
    for steady, matte in zip(steady_mattes(frames, mattes, KERNELS), mattes, strict=True):
        assert np.array_equal(steady, matte)


def test_a_slow_change_is_followed() -> None:
    mattes = [disc(96, 128, radius=20 + step / 4, softness=1.0) for step in range(40)]
    frames = [source_of(photo_of(matte)) for matte in mattes]
    steady = steady_mattes(frames, mattes, KERNELS)
    for number in (0, 20, 39):
        assert np.abs(steady[number].astype(int) - mattes[number]).mean() < 2


def _flicker(mattes: list[NDArray[np.uint8]]) -> float:
    """Mean |alpha_t - alpha_(t-1)| over the pixels that are anywhere in the subject."""
    stack = np.stack(mattes).astype(float)
    return float(np.abs(np.diff(stack, axis=0))[:, stack.max(axis=0) > 0].mean())
