"""Source image -> model input."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from offcut.network.letterbox import content_box
from offcut.network.models import InputContract
from offcut.network.preprocess import UNDER_TRANSPARENCY, preprocess
from offcut.source_image import SourceImage
from PIL import Image

CONTRACT = InputContract(
    name="input", height=24, width=32, mean=(0.5, 0.4, 0.3), std=(0.5, 0.25, 0.2), scale=1 / 255
)


def source(image: Image.Image, own_alpha: Image.Image | None = None) -> SourceImage:
    return SourceImage(image, own_alpha, "PNG", None, None, ())


@pytest.mark.parametrize("size", [(1, 1), (7, 301), (1000, 700)])
def test_a_constant_picture_gives_its_normalised_colour_everywhere(size: tuple[int, int]) -> None:
    tensor = preprocess(source(Image.new("RGB", size, (255, 102, 0))), CONTRACT)
    assert tensor.shape == (1, 3, 24, 32)
    assert tensor.dtype == np.float32
    for channel, expected in enumerate((1.0, 0.0, -1.5)):
        assert np.allclose(tensor[0, channel], expected, atol=1e-5)


def test_a_dark_picture_stays_dark() -> None:
    dark = preprocess(source(Image.new("RGB", (50, 50), (51, 51, 51))), CONTRACT)
    assert np.allclose(dark[0, 0], (0.2 - 0.5) / 0.5, atol=1e-5)


def test_channels_are_red_green_blue_and_rows_come_first() -> None:
    image = Image.new("RGB", (32, 24))
    image.paste((255, 0, 0), (0, 0, 32, 12))
    tensor = preprocess(source(image), CONTRACT)
    assert tensor[0, 0, 0, 31] == pytest.approx(1.0)
    assert tensor[0, 0, 23, 0] == pytest.approx(-1.0)


def test_what_is_transparent_is_shown_as_grey() -> None:
    image = Image.new("RGB", (40, 40), (255, 255, 255))
    tensor = preprocess(source(image, Image.new("L", (40, 40), 0)), CONTRACT)
    assert np.allclose(tensor[0, 0], (UNDER_TRANSPARENCY[0] / 255 - 0.5) / 0.5, atol=1e-5)


@pytest.mark.parametrize("size", [(200, 100), (100, 200), (3, 999), (50, 50)])
def test_a_letterbox_keeps_proportions_and_fills_the_rest(size: tuple[int, int]) -> None:
    contract = replace(CONTRACT, height=64, width=64, resize="letterbox", fill=51)
    tensor = preprocess(source(Image.new("RGB", size, (255, 255, 255))), contract)
    left, top, right, bottom = content_box(contract, (size[1], size[0]))
    shown = np.full((64, 64), (51 / 255 - 0.5) / 0.5, np.float32)
    shown[top:bottom, left:right] = 1.0
    assert np.allclose(tensor[0, 0], shown, atol=1e-5)
    assert max(right - left, bottom - top) == 64
    assert min(right - left, bottom - top) == max(1, round(64 * min(size) / max(size)))
