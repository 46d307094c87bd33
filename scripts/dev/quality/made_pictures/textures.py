"""Backgrounds and surfaces for made pictures: drawn by numbers, or taken from photos."""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from dev.free_pictures import free_picture
from dev.quality.made_pictures.drawing import Rgb

Colors = NDArray[np.float64]
"""Shape (H, W, 3), range [0, 255]."""

Plane = NDArray[np.float64]
Size = tuple[int, int]
"""(height, width)."""

GRAIN: Final = 2.0
"""Standard deviation of a camera's noise, of 255."""


def even(size: Size, color: Rgb) -> Colors:
    """Fill with one colour, without noise."""
    return np.broadcast_to(np.array(color, np.float64), (*size, 3)).copy()


def gradient(size: Size, above: Rgb, below: Rgb, seed: int = 0) -> Colors:
    """Fade from one colour to another, with a camera's grain."""
    share = np.linspace(0, 1, size[0])[:, np.newaxis, np.newaxis]
    colors = np.array(above) * (1 - share) + np.array(below) * share
    return np.clip(colors + noise((*size, 3), seed) * GRAIN, 0, 255)


def clouds(size: Size, dark: Rgb, light: Rgb, seed: int) -> Colors:
    """Draw soft patches between two colours, coarse and fine ones, with a camera's grain."""
    height, width = size
    total = np.zeros(size)
    for octave in range(2, 7):
        grid = noise((2**octave, 2**octave), seed + octave).astype(np.float32)
        patches = Image.fromarray(grid).resize((width, height), Image.Resampling.BICUBIC)
        total += np.asarray(patches) / 2 ** (octave - 2)
    low, high = total.min(), total.max()
    share = ((total - low) / (high - low))[..., np.newaxis]
    colors = np.array(dark) * (1 - share) + np.array(light) * share
    return np.clip(colors + noise((*size, 3), seed) * GRAIN, 0, 255)


def stripes(size: Size, first: Rgb, second: Rgb, period: int) -> Colors:
    """Draw upright stripes with soft borders."""
    share = (np.sin(np.arange(size[1]) * 2 * np.pi / period) * 2).clip(-1, 1) / 2 + 0.5
    row = np.array(first) * (1 - share[:, np.newaxis]) + np.array(second) * share[:, np.newaxis]
    return np.clip(row + noise((*size, 3), period) * GRAIN, 0, 255)


def photo(size: Size, file: str, tint: Rgb = (255, 255, 255), defocus: float = 0) -> Colors:
    """Cover an area with one of scikit-image's pictures.

    Parameters
    ----------
    size : (int, int)
    file : str
    tint : (int, int, int)
        Colour of what is white in the picture.
    defocus : float, pixels
        How far it is out of focus.
    """
    height, width = size
    with Image.open(free_picture(file)) as image:
        pixels = image.convert("RGB")
    scale = max(width / pixels.width, height / pixels.height)
    covering = round(pixels.width * scale), round(pixels.height * scale)
    pixels = pixels.resize(covering, Image.Resampling.LANCZOS).crop((0, 0, width, height))
    pixels = pixels.filter(ImageFilter.GaussianBlur(defocus))
    return np.asarray(pixels) / 255 * np.array(tint, np.float64)


def place_photo(size: Size, file: str, scale: float, left: float, top: float) -> Colors:
    """Lay one of scikit-image's pictures on an area; its outermost pixels go on around it."""
    height, width = size
    with Image.open(free_picture(file)) as image:
        pixels = image.convert("RGB")
    smaller = round(pixels.width * scale), round(pixels.height * scale)
    pixels = np.asarray(pixels.resize(smaller, Image.Resampling.LANCZOS), np.float64)
    rows = np.clip(np.arange(height) - round(top), 0, smaller[1] - 1)
    columns = np.clip(np.arange(width) - round(left), 0, smaller[0] - 1)
    return pixels[rows][:, columns]


def shade(colors: Colors, strength: float = 0.35) -> Colors:
    """Let light fall off from the upper left to the lower right."""
    down, along = (np.linspace(0, 1, length) for length in colors.shape[:2])
    light = 1 - strength * (down[:, np.newaxis] + along) / 2
    return colors * light[..., np.newaxis]


def extend_colors(colors: Colors, inside: Plane) -> Colors:
    """Carry a subject's colours on beyond its outline, for hairs and blur that reach out.

    Parameters
    ----------
    colors : float64, shape (H, W, 3)
    inside : float64, shape (H, W)
        1 where the colours are the subject's, 0 where they are not; outside, they are the mean
        of what is near inside.
    """
    sure = inside >= 1
    known = np.where(sure[..., np.newaxis], colors, 0)
    result = np.where(sure[..., np.newaxis], colors, colors[sure].mean(axis=0))
    for radius in (24, 8, 3):
        weight = blur(sure.astype(np.float64), radius)[..., np.newaxis]
        near = np.stack(
            [255 * blur(known[..., at] / 255, radius) for at in range(3)], axis=-1
        ) / np.maximum(weight, 0.1)
        result = np.where(sure[..., np.newaxis] | (weight < 0.1), result, near)
    return np.clip(result, 0, 255)


def blur(plane: Plane, radius: float) -> Plane:
    """Blur by a Gaussian, in 255 steps: float64, of the same shape, range [0, 1]."""
    steps = Image.fromarray(np.rint(plane * 255).astype(np.uint8))
    return np.asarray(steps.filter(ImageFilter.GaussianBlur(radius))) / 255


def noise(shape: tuple[int, ...], seed: int) -> Plane:
    """Give normal noise that is the same everywhere and always."""
    return np.random.default_rng(seed).standard_normal(shape)
