"""The finished picture: subject over outline over shadow over backdrop, band by band.

Decides: that JPEG is white where there is nothing, that a matte is grey, whether the result has an
alpha channel; colours are mixed as they are encoded. Which layers there are: parts.py; as layers of
a file: layers.py.

Colours are mixed in their own encoding (sRGB or the picture's profile), as every browser
does, not in linear light.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from offcut.arrays import AlphaMatte, RgbaImage
from offcut.composing.frame import Frame
from offcut.composing.over import lay_over
from offcut.composing.parts import Parts, find_parts
from offcut.composing.placing import frame_bands, place_band
from offcut.composing.shape import Shape
from offcut.options.options import OffcutOptions
from offcut.source_image import SourceImage
from offcut.subject import Subject

_OPAQUE: Final = np.uint32(0xFF000000)
"""Alpha 255 of a pixel read as one number: every machine that this runs on is little-endian."""


@dataclass(frozen=True, slots=True)
class Composition:
    """A finished picture that is painted anew, in bounded memory, whenever it is asked for.

    Attributes
    ----------
    frame : Frame
    channels : int
        1 for a matte, 3 for an opaque picture, 4 for straight RGBA.
    paint : callable
        Gives some rows of the finished picture, of mode L, RGB or RGBA, or as an array.
    parts : Parts
        The layers of which it is painted.
    """

    frame: Frame
    channels: int
    paint: Callable[[slice], Image.Image | NDArray[np.uint8]]
    parts: Parts

    @property
    def size(self) -> tuple[int, int]:
        """The finished picture's (height, width) in pixels."""
        return self.frame.size

    def bands(self) -> Iterator[NDArray[np.uint8]]:
        """Yield the picture from the top: uint8, shape (rows, W) or (rows, W, channels)."""
        for rows in frame_bands(self.frame):
            yield np.asarray(self.paint(rows))

    def images(self) -> Iterator[Image.Image]:
        """Yield the same as Pillow's images."""
        for rows in frame_bands(self.frame):
            band = self.paint(rows)
            yield Image.fromarray(band) if isinstance(band, np.ndarray) else band

    def rgba(self) -> RgbaImage:
        """Paint all of it: uint8, shape (H, W, 4), straight alpha; a matte is grey and opaque."""
        pixels = np.empty((*self.size, 4), np.uint8)
        for rows in frame_bands(self.frame):
            band = self.paint(rows)
            if isinstance(band, np.ndarray):
                pixels[rows] = band if band.ndim == 3 else band[..., np.newaxis]
            else:
                pixels[rows] = _as_rgba(band)
        if self.channels < 4:
            pixels.view(np.uint32)[...] |= _OPAQUE
        return pixels


def _as_rgba(image: Image.Image) -> RgbaImage:
    """Give an image's four bytes a pixel; of an opaque one the last is undefined."""
    data = image.tobytes("raw", "RGBX" if image.mode == "RGB" else "RGBA")
    return np.frombuffer(data, np.uint8).reshape(image.height, image.width, 4)


def compose(
    subject: Subject,
    options: OffcutOptions,
    picture: SourceImage | None = None,
    shape: Shape | None = None,
    cutout: RgbaImage | None = None,
) -> Composition:
    """Lay out and paint the finished picture.

    Parameters
    ----------
    subject : Subject
    options : OffcutOptions
    picture : SourceImage or None
        For the background "picture".
    shape : Shape, optional
        From `find_shape` for the same subject and edge, if it is known already.
    cutout : uint8, shape (H, W, 4), optional
        All that `Subject.cutout_band` gives for that edge, if it is known already.

    Returns
    -------
    Composition

    Raises
    ------
    OptionsError
        BAD_OPTION if the background's picture is missing or the result would be too large.

    Notes
    -----
    Beside the subject and the picture it keeps proxies of a few megabytes, and one byte a
    source pixel if the edge is adjusted (two if it grows).
    """
    parts = find_parts(subject, options, picture, shape, cutout)
    if options.output == "matte":
        return Composition(parts.frame, 1, _matte_painter(parts), parts)
    return _on_backdrop(parts, is_jpeg=options.format == "jpeg")


def _matte_painter(parts: Parts) -> Callable[[slice], AlphaMatte]:
    alpha = parts.upper.edge.shown
    return lambda rows: place_band(parts.frame, rows, lambda given: alpha[given], 1)


def _on_backdrop(parts: Parts, *, is_jpeg: bool) -> Composition:
    backdrop = parts.backdrop
    is_opaque = backdrop is not None and backdrop.channels == 3
    colored = [each for each in (parts.shadow, parts.outline) if each is not None]

    def paint(rows: slice) -> Image.Image | RgbaImage:
        pixels = place_band(parts.frame, rows, parts.upper.band, 4)
        if backdrop is None and not colored and not is_jpeg:
            return pixels
        band = Image.fromarray(pixels)
        lower = None if backdrop is None else backdrop.band(rows)
        for each in colored:
            lower = each.lay_over(lower, rows)
        if lower is not None:
            band = lay_over(band, lower)
        if is_jpeg and band.mode == "RGBA":
            band = lay_over(band, Image.new("RGB", band.size, (255, 255, 255)))
        return band

    channels = 3 if is_opaque or is_jpeg else 4
    return Composition(parts.frame, channels, paint, parts)
