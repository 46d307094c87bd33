"""Pictures in bands, and the files that the encoders make of them."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from offcut.encoding.encode import encode
from PIL import Image

Pixels = NDArray[np.uint8]

CHANNELS = [1, 3, 4]

EXIF = b"Exif\0\0II*\0\x08\0\0\0\0\0\0\0\0\0"


def bands_of(pixels: Pixels, rows: int) -> Iterator[Pixels]:
    for top in range(0, len(pixels), rows):
        yield pixels[top : top + rows]


def written(pixels: Pixels, file_format: str = "png", rows: int = 50, **options: object) -> bytes:
    return encode(
        bands_of(pixels, rows),
        pixels.shape[:2],
        channels=1 if pixels.ndim == 2 else pixels.shape[2],
        format=file_format,
        band_packer=None,
        **options,  # pyright: ignore[reportArgumentType]
    )


def opened(file: bytes) -> Image.Image:
    image = Image.open(BytesIO(file))
    image.load()
    return image


def noise(size: tuple[int, int], channels: int) -> Pixels:
    pixels = np.random.default_rng(5).integers(0, 256, (*size, channels), np.uint8)
    return pixels[..., 0] if channels == 1 else pixels


def photo_like(height: int, width: int) -> Pixels:
    """Draw a cutout with a photograph's statistics: smooth shades, texture, sensor noise."""
    rows = np.arange(height, dtype=np.float64)[:, np.newaxis]
    columns = np.arange(width, dtype=np.float64)
    random = np.random.default_rng(6)
    rgba = np.empty((height, width, 4))
    shade = 110 + 60 * np.sin(rows / 90) + 50 * np.cos(columns / 70 + rows / 200)
    shade += 12 * np.sin(rows / 6.1 + columns / 5.3) + random.normal(0, 0.6, (height, width))
    for channel, tint in enumerate((1.0, 0.85, 0.7)):
        rgba[..., channel] = tint * shade + random.normal(0, 0.4, (height, width))
    radius = np.hypot((rows / height - 0.5) / 0.42, (columns / width - 0.5) / 0.4)
    rgba[..., 3] = 255 * np.clip((1 - radius) * 60, 0, 1)
    pixels = np.clip(rgba, 0, 255).astype(np.uint8)
    pixels[pixels[..., 3] == 0] = 0
    return pixels
