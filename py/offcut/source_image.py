"""The decoded picture, as every later stage sees it.

Decides: the largest side, what is remembered of a file (own alpha, profile, EXIF, notices), how
pixels are handed out without a copy.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from offcut.arrays import AlphaMatte, RgbaImage, RgbImage

MAX_SIDE: Final = 65_535
"""Pixels, also of a result: what JPEG can hold, and what keeps a band of rows small."""


@dataclass(frozen=True, slots=True)
class SourceImage:
    """One decoded picture: upright, eight bits a channel, colours as in the file.

    The pixels stay inside Pillow (four bytes each) and are handed out in bands of rows,
    so that no second full-size copy is ever made.

    Attributes
    ----------
    image : PIL.Image.Image
        Mode RGB, upright (EXIF orientation applied), full size.
    own_alpha : PIL.Image.Image or None
        Mode L, same size: the alpha channel that the file itself had; None if opaque. Where it
        is 0, `image` is black.
    format : str
        Pillow's name of the file format, e.g. ``"JPEG"``; ``"RGBA"`` for raw pixels.
    icc_profile : bytes or None
        Of RGB colours. Carried to the output untouched; its colours are not converted.
    exif : bytes or None
        The file's EXIF block, with its six-byte prefix, for the keep-all policy: the
        orientation is 1, the thumbnail (which shows the background) is overwritten.
        None for TIFF.
    notices : tuple of str
        What had to be changed, chosen or left out, as codes: ``FIRST_FRAME_ONLY`` (of an
        animation), ``LATER_FRAME_TAKEN`` (those before it show nothing), ``TOO_MANY_FRAMES`` (so
        only one of them), ``FRAMES_LOST`` (broken ones at the end), ``FIRST_PICTURE_ONLY``
        (of several pages or pictures), ``MAIN_PAGE_TAKEN`` (the file begins with a preview),
        ``CONVERTED_CMYK``, ``REDUCED_TO_8_BIT``, ``COLORS_CONVERTED`` (to sRGB, which may lack
        some of them), ``PROFILE_DROPPED`` (one of gray or CMYK colours, which the RGB output
        cannot use).
    pixels : uint8, shape (H, W, 4), or None
        The memory in which `image` lies, where that can be had: red, green, blue and an
        unused fourth byte. Kernels read it in place.
    """

    image: Image.Image
    own_alpha: Image.Image | None
    format: str
    icc_profile: bytes | None
    exif: bytes | None
    notices: tuple[str, ...]
    pixels: NDArray[np.uint8] | None = None

    @property
    def size(self) -> tuple[int, int]:
        """The picture's (height, width) in pixels."""
        return self.image.height, self.image.width

    def rgb_band(self, rows: slice) -> RgbImage:
        """Copy the pixels of some rows: uint8, shape (rows, W, 3)."""
        box = (0, rows.start, self.image.width, rows.stop)
        return np.asarray(self.image.crop(box))

    def tile(self, rows: slice, columns: slice) -> NDArray[np.uint8]:
        """Give some pixels, read-only: uint8, shape (rows, columns, 4), the fourth byte unused.

        A row of pixels is contiguous; between rows there may be others.
        """
        if self.pixels is not None:
            return self.pixels[rows, columns]
        return tile_of(self.image, rows, columns)

    def rgba_band(self, rows: slice, alpha: AlphaMatte) -> RgbaImage:
        """Copy some rows with another alpha: uint8, shape (rows, W, 4), writable."""
        band = self.image.crop((0, rows.start, self.image.width, rows.stop))
        # Pillow keeps four bytes a pixel anyway, so this interleaves faster than numpy.
        band.putalpha(Image.fromarray(alpha))
        return np.array(band)

    def own_alpha_band(self, rows: slice) -> AlphaMatte | None:
        """Copy the file's own alpha of some rows: uint8, shape (rows, W); None if opaque."""
        if self.own_alpha is None:
            return None
        box = (0, rows.start, self.own_alpha.width, rows.stop)
        return np.asarray(self.own_alpha.crop(box))


def tile_of(image: Image.Image, rows: slice, columns: slice) -> NDArray[np.uint8]:
    """Copy some pixels of an RGB image: uint8, shape (rows, columns, 4), the fourth byte unused."""
    crop = image.crop((columns.start, rows.start, columns.stop, rows.stop))
    packed = np.frombuffer(crop.tobytes("raw", "RGBX"), np.uint8)
    return packed.reshape(crop.height, crop.width, 4)
