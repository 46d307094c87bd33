"""What a background looks like at every pixel, where a few numbers say it all.

Decides: that a picture on a known background is cut as if it lay on one even colour, and how
wide the border is that tells it.

With B(x, y) known, I - B + b is the picture on the even colour b.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from offcut.arrays import Floats, row_bands
from offcut.source_image import SourceImage

RING_SHARE: Final = 0.025
"""Width of the border that is looked at, as a share of the longer side."""


class KnownBackground(Protocol):
    """A background whose colour is known at every pixel."""

    @property
    def color(self) -> tuple[int, int, int]:
        """Its middle colour: of the even background that `level` puts in its place."""
        ...

    def rows(self, rows: slice, size: tuple[int, int]) -> Floats:
        """Give its colours in some rows of a picture of `size`: float32, (rows, W, 3)."""
        ...

    def layer_size(self, size: tuple[int, int]) -> tuple[int, int]:
        """Give the (height, width) at which it is to be handed on for a picture of `size`."""
        ...


def level(source: SourceImage, known: KnownBackground) -> SourceImage:
    """Lay a picture on one even colour in the place of its known background.

    Returns
    -------
    SourceImage
        With the same metadata: I - B + b, where b is `known.color`.
    """
    height, width = source.size
    image = Image.new("RGB", (width, height))
    middle = np.array(known.color, np.float32)
    for rows in row_bands(height, width):
        even = source.rgb_band(rows) + (middle - known.rows(rows, source.size))
        band = np.clip(np.rint(even), 0, 255).astype(np.uint8)
        image.paste(Image.fromarray(band), (0, rows.start))
    return replace(source, image=image, pixels=None)


def as_layer(known: KnownBackground, size: tuple[int, int]) -> NDArray[np.uint8]:
    """Paint a known background for a picture of `size`: uint8, shape (h, w, 4)."""
    height, width = known.layer_size(size)
    layer = np.full((height, width, 4), 255, np.uint8)
    for rows in row_bands(height, width):
        layer[rows, :, :3] = np.clip(np.rint(known.rows(rows, (height, width))), 0, 255)
    return layer


def ring_thickness(size: tuple[int, int]) -> int:
    """Give the width of the border that is looked at, in pixels of a picture of `size`."""
    return max(2, round(RING_SHARE * max(size)))
