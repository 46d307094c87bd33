"""Pixels of four bytes that are numpy's and Pillow's at once, without a copy."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image


def rgb_view(pixels: NDArray[np.uint8]) -> Image.Image:
    """Show an array to Pillow as a picture of mode RGB, in the array's own memory.

    Parameters
    ----------
    pixels : uint8, shape (H, W, 4), C-contiguous
        Red, green, blue, and a fourth byte of no meaning.

    Returns
    -------
    PIL.Image.Image
        Mode RGB, read-only: Pillow copies it before it would change it.

    Notes
    -----
    Pillow keeps RGB in four bytes as well, but makes RGBX of such a buffer, whatever mode is
    asked for, and its only public way from there is a copy.
    """
    height, width = pixels.shape[:2]
    image = Image.frombuffer("RGBX", (width, height), pixels, "raw", "RGBX", 0, 1)
    image.im.setmode("RGB")  # as `Image.putalpha` does
    image._mode = "RGB"  # pyright: ignore[reportPrivateUsage]
    return image
