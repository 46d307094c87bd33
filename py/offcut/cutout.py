"""The finished cutout: source, matte and colours, handed out as bands of straight RGBA."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from PIL import Image

from offcut.arrays import AlphaMatte, RgbaImage, row_bands
from offcut.foreground import ColorLayers, remove_backdrop_colors
from offcut.source_image import SourceImage


@dataclass(frozen=True, slots=True)
class Cutout:
    """A subject without its background.

    Attributes
    ----------
    source : SourceImage
    alpha : uint8, shape (H, W)
        The alpha matte at source size, the file's own alpha multiplied in.
    layers : ColorLayers
        What is needed to take the backdrop out of the soft pixels' colours.
    encoded : bytes
        The file in the format asked for.
    media_type : str
        Of `encoded`, e.g. ``"image/png"``.
    timings : dict of str to float
        Milliseconds by stage.
    """

    source: SourceImage
    alpha: AlphaMatte
    layers: ColorLayers
    encoded: bytes = b""
    media_type: str = ""
    timings: dict[str, float] = field(default_factory=dict[str, float])

    @property
    def size(self) -> tuple[int, int]:
        """The cutout's (height, width) in pixels, the same as the source's."""
        return self.source.size

    def rgba_bands(self) -> Iterator[RgbaImage]:
        """Yield the cutout from top to bottom: uint8, shape (rows, W, 4), straight alpha.

        Where alpha is 0 the colours are 0 as well: the removed background is not in the
        file. Made anew on every call, in bounded memory.
        """
        height, width = self.size
        for rows in row_bands(height, width):
            alpha = self.alpha[rows]
            rgba = np.zeros((*alpha.shape, 4), dtype=np.uint8)
            rgba[..., 3] = alpha
            if alpha.any():
                rgb = self.source.rgb_band(rows)
                rgba[..., :3] = remove_backdrop_colors(rgb, alpha, self.layers, rows, height)
            yield rgba

    def matte_bands(self) -> Iterator[AlphaMatte]:
        """Yield the matte from top to bottom: uint8, shape (rows, W)."""
        for rows in row_bands(*self.size):
            yield self.alpha[rows]

    def to_image(self) -> Image.Image:
        """Assemble the cutout as one Pillow image, mode RGBA."""
        return Image.fromarray(np.concatenate(list(self.rgba_bands())))
