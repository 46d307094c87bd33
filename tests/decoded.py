"""Pixels of what the decoder gives."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from offcut.source_image import SourceImage

# Undo what the orientation asks for: how a camera would have stored the upright picture.
STORED_AS: dict[int, Callable[[NDArray[np.uint8]], NDArray[np.uint8]]] = {
    1: lambda pixels: pixels,
    2: lambda pixels: pixels[:, ::-1],
    3: lambda pixels: pixels[::-1, ::-1],
    4: lambda pixels: pixels[::-1],
    5: lambda pixels: pixels.swapaxes(0, 1),
    6: lambda pixels: pixels[:, ::-1].swapaxes(0, 1),
    7: lambda pixels: pixels[::-1, ::-1].swapaxes(0, 1),
    8: lambda pixels: pixels[::-1].swapaxes(0, 1),
}


def rgb_of(source: SourceImage) -> NDArray[np.uint8]:
    return np.asarray(source.image)


def alpha_of(source: SourceImage) -> NDArray[np.uint8]:
    assert source.own_alpha is not None
    return np.asarray(source.own_alpha)
