"""Which part of a picture a network is shown in one inference pass, and whether mirrored.

Decides: the whole, mirrored or cropped picture, and the filter by which it is reduced.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PIL import Image

MIDDLE: Final = 0.7
"""Share of a picture's sides that a pass over its middle sees: what is missed is mostly there."""


@dataclass(frozen=True, slots=True)
class View:
    """What a network is shown of a picture: the augmentation of one inference pass.

    Attributes
    ----------
    box : (int, int, int, int)
        Left, top, right, bottom in pixels of the source.
    is_mirrored : bool
        Left and right are exchanged before the pass, and back in the joined matte.
    resample : PIL.Image.Resampling
        How the box is resized to the network's input.
    """

    box: tuple[int, int, int, int]
    is_mirrored: bool = False
    resample: Image.Resampling = Image.Resampling.BILINEAR

    @property
    def size(self) -> tuple[int, int]:
        """The (height, width) of the box, in pixels of the source."""
        left, top, right, bottom = self.box
        return bottom - top, right - left

    @property
    def area(self) -> int:
        """The area of the box, in pixels of the source."""
        height, width = self.size
        return height * width


def whole_view(size: tuple[int, int]) -> View:
    """Give the view of a whole picture of (height, width)."""
    return View((0, 0, size[1], size[0]))


def mirrored_view(size: tuple[int, int]) -> View:
    """Give the mirrored view of a whole picture of (height, width).

    It is resized by another filter than the plain view, too: the more two passes differ, the
    more the second one can add.
    """
    return View((0, 0, size[1], size[0]), is_mirrored=True, resample=Image.Resampling.LANCZOS)


def middle_view(size: tuple[int, int]) -> View:
    """Give the view of the middle of a picture of (height, width): `MIDDLE` of either side."""
    height, width = size
    top, left = round((1 - MIDDLE) / 2 * height), round((1 - MIDDLE) / 2 * width)
    return View((left, top, max(left + 1, width - left), max(top + 1, height - top)))
