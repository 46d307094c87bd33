"""The picture at working size: small enough to compute with, fine enough for every fit.

Decides: the size at which edges and colours are computed (PROXY_SIDE).
"""

from __future__ import annotations

from functools import cached_property
from typing import Final

from PIL import Image

from offcut.source_image import SourceImage

PROXY_SIDE: Final = 512
"""Long side in pixels. Finer ones (640, 800) gave no better mattes."""


class WorkingPicture:
    """What the matte and the colours are computed with, made when it is first asked for."""

    def __init__(self, source: SourceImage) -> None:
        self._source = source

    @cached_property
    def proxy(self) -> Image.Image:
        """What `make_proxy` gives."""
        return make_proxy(self._source)

    def prepare(self) -> None:
        """Make it now."""
        _ = self.proxy


def make_proxy(source: SourceImage, side: int = PROXY_SIDE) -> Image.Image:
    """Shrink a picture by averaging until its long side is at most `side`; never enlarge.

    Returns
    -------
    PIL.Image.Image
        Mode RGB.

    Notes
    -----
    Pillow first shrinks by whole factors as long as twice the resolution is left: at 12
    megapixels that takes a quarter of the time. Stages share one proxy, because this is the
    only pass over the whole picture that they need.
    """
    size = fitting_size(source.size, side)
    return source.image.resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0)


def fitting_size(size: tuple[int, int], side: int) -> tuple[int, int]:
    """Give Pillow's (width, height) for a picture of (height, width) that is made to fit."""
    height, width = size
    scale = min(1.0, side / max(size))
    return max(1, round(width * scale)), max(1, round(height * scale))
