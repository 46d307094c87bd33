"""What is put behind the subject: a colour, a picture, or the blurred original.

Decides: how a background picture covers the frame (its middle, its proportions), semi-transparent
background colours, BAD_OPTION without a picture.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from PIL import Image

from offcut.arrays import AlphaMatte
from offcut.composing.blur_background import blur_background
from offcut.composing.frame import Frame
from offcut.composing.placing import StretchedImage
from offcut.kernels.interface import Kernels
from offcut.options.colors import Color, parse_color
from offcut.options.options import OffcutOptions, bad_option
from offcut.source_image import SourceImage

_PillowBox = tuple[float, float, float, float]
"""Left, top, right, bottom."""


class Backdrop(Protocol):
    """Something behind the subject."""

    @property
    def channels(self) -> int:
        """3 if it is opaque everywhere, else 4."""
        ...

    def band(self, rows: slice) -> Image.Image:
        """Give rows of the finished picture: of mode RGB or RGBA."""
        ...


@dataclass(frozen=True, slots=True)
class ColorBackdrop:
    """One colour."""

    color: Color
    width: int

    @property
    def channels(self) -> int:
        """See `Backdrop`."""
        return 3 if self.color.alpha == 255 else 4

    def band(self, rows: slice) -> Image.Image:
        """See `Backdrop`."""
        size = (self.width, rows.stop - rows.start)
        if self.channels == 3:
            return Image.new("RGB", size, self.color[:3])
        return Image.new("RGBA", size, self.color)


@dataclass(frozen=True, slots=True)
class PictureBackdrop:
    """A picture, or a part of one, that fills the frame."""

    pixels: StretchedImage
    alpha: StretchedImage | None

    @property
    def channels(self) -> int:
        """See `Backdrop`."""
        return 3 if self.alpha is None else 4

    def band(self, rows: slice) -> Image.Image:
        """See `Backdrop`."""
        pixels = self.pixels.band(rows)
        if self.alpha is None:
            return pixels
        alpha = np.asarray(self.alpha.band(rows))[..., np.newaxis]
        rgb = np.asarray(pixels) * (alpha > 0)
        return Image.fromarray(np.concatenate((rgb, alpha), axis=2))


def require_picture(options: OffcutOptions, picture: object) -> None:
    """Raise BAD_OPTION if a picture is asked for as background and none is there."""
    if options.background == "picture" and picture is None:
        raise bad_option("background", "is a picture, but none was given")


def make_backdrop(  # noqa: PLR0913, PLR0917 (each kind of backdrop needs others)
    options: OffcutOptions,
    frame: Frame,
    source: SourceImage,
    alpha: AlphaMatte,
    picture: SourceImage | None,
    kernels: Kernels,
) -> Backdrop | None:
    """Make what the options ask for.

    Parameters
    ----------
    options : OffcutOptions
    frame : Frame
    source : SourceImage
    alpha : uint8, shape (H, W)
        The matte of the source.
    picture : SourceImage or None
        For the background "picture".
    kernels : Kernels

    Returns
    -------
    Backdrop or None
        None for a transparent one.

    Raises
    ------
    OptionsError
        BAD_OPTION if the picture is missing.
    """
    require_picture(options, picture)
    if options.background == "blur":
        proxy = blur_background(source, alpha, options.background_blur, kernels)
        box = _source_box((proxy.height, proxy.width), frame)
        return PictureBackdrop(StretchedImage(proxy, box, frame.size), None)
    if options.background == "picture" and picture is not None:
        box = _cover_box(picture.size, frame.size)
        own = picture.own_alpha
        return PictureBackdrop(
            StretchedImage(picture.image, box, frame.size),
            None if own is None else StretchedImage(own, box, frame.size),
        )
    color = parse_color(options.background)
    return ColorBackdrop(color, frame.size[1]) if color.alpha else None


def _source_box(size: tuple[int, int], frame: Frame) -> _PillowBox:
    """Find the part of a proxy of the source in the frame; one that covers it if it can't."""
    down, across = size[0] / frame.height, size[1] / frame.width
    left, top = -frame.left * across, -frame.top * down
    right, bottom = left + frame.size[1] * across, top + frame.size[0] * down
    is_covered = left >= 0 and top >= 0 and right <= size[1] and bottom <= size[0]
    return (left, top, right, bottom) if is_covered else _cover_box(size, frame.size)


def _cover_box(size: tuple[int, int], frame_size: tuple[int, int]) -> _PillowBox:
    """Find the largest part of a picture, around its centre, of the frame's proportions."""
    factor = max(frame_size[0] / size[0], frame_size[1] / size[1])
    height, width = frame_size[0] / factor, frame_size[1] / factor
    left, top = max(0.0, (size[1] - width) / 2), max(0.0, (size[0] - height) / 2)
    return left, top, min(left + width, size[1]), min(top + height, size[0])
