"""A picture of nothing certain, of which the model that ships has faint ideas only."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image, ImageFilter


def save_clouds(path: Path) -> Path:
    """Write a picture whose cut-out is told to be unsure."""
    noise = np.random.default_rng(3).normal(0, 1, (200, 300, 3))
    grain = Image.fromarray(np.clip(128 + 60 * noise, 0, 255).astype(np.uint8))
    blurred = np.asarray(grain.filter(ImageFilter.GaussianBlur(9)), float)
    shades = np.clip((blurred - blurred.mean()) * 8 + 128, 0, 255)
    Image.fromarray(shades.astype(np.uint8)).save(path)
    return path
