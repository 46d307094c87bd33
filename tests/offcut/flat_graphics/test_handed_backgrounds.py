"""Three pictures that people sent: a painted checkerboard, ink on lit paper, hair before green."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from native import native_session
from numpy.typing import NDArray
from offcut.pipeline import run_pipeline
from PIL import Image

CASES = Path(__file__).parents[2] / "cases" / "known_backgrounds"
INK = (28, 36, 110)

pytestmark = pytest.mark.weights


def cut(name: str) -> NDArray[np.float64]:
    """The cut-out, in its place in the whole picture: RGBA in levels, shape (H, W, 4)."""
    cutout = run_pipeline((CASES / name).read_bytes(), *native_session())
    return np.asarray(cutout.to_image()).astype(np.float64)


def truth(name: str) -> NDArray[np.float64]:
    with Image.open(CASES / name) as image:
        return np.asarray(image.convert("L")) / 255


def test_every_square_of_the_board_goes_and_the_robot_stays() -> None:
    alpha, right = cut("checker.png")[..., 3] / 255, truth("checker-truth.png")
    assert alpha[right == 1].mean() > 0.99
    assert (alpha[right == 0] > 0.1).mean() < 0.002


def test_ink_has_its_own_colour_and_no_paper() -> None:
    pixels, right = cut("ink.jpg"), truth("ink-truth.png")
    alpha = pixels[..., 3] / 255
    thin = (right > 0) & (right < 0.5)
    assert abs(alpha[thin].mean() - right[thin].mean()) < 0.1
    # The file itself is 32 levels off where the ink is whole: a JPEG keeps hue at half the size.
    away = np.abs(pixels[..., :3] - INK).max(axis=2)
    assert away[alpha > 0.4].max() < 60


def test_no_green_is_left_in_hair() -> None:
    pixels = cut("hair.jpg")
    red, green, blue, alpha = np.moveaxis(pixels, 2, 0)
    assert not ((alpha > 16) & (green > np.maximum(red, blue) + 20)).any()
