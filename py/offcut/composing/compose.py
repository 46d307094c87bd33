"""The finished picture: subject over outline over shadow over backdrop, band by band.

Decides: the order of the layers, that JPEG is white where there is nothing, that a matte is grey,
what "inverse" shows, whether the result has an alpha channel; colours are mixed as they are
encoded.

Colours are mixed in their own encoding (sRGB or the picture's profile), as every browser
does, not in linear light.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from offcut.arrays import AlphaMatte, RgbaImage
from offcut.composing.backdrop import Backdrop, make_backdrop
from offcut.composing.contact_shadow import ContactShadow
from offcut.composing.frame import Frame
from offcut.composing.outline import Outline, make_outline
from offcut.composing.over import lay_over
from offcut.composing.placing import frame_bands, place_band
from offcut.composing.plan_frame import plan_frame
from offcut.composing.shadow import Shadow, make_shadow
from offcut.composing.shape import Shape, find_shape
from offcut.options.options import OffcutOptions
from offcut.source_image import SourceImage
from offcut.subject import Edge, Subject

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
    """

    frame: Frame
    channels: int
    paint: Callable[[slice], Image.Image | NDArray[np.uint8]]

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
    edge, box, extent = shape or find_shape(subject, options)
    frame = plan_frame(subject.source.size, box, options, extent)
    if options.output == "matte":
        return Composition(frame, 1, _matte_painter(frame, edge.shown))
    backdrop = make_backdrop(options, frame, subject.source, edge.mixed, picture, subject.kernels)
    if options.output == "inverse":
        return _on_backdrop(frame, _Layers(subject.background_band, edge), backdrop, (), options)
    longer_side = box.longer_side * max(frame.scale)
    outline = make_outline(options, frame, longer_side, edge.shown)
    # What is outlined throws its shadow as a whole.
    thrown = (frame, edge.shown) if outline is None else outline.matte(frame)
    rim = 0.0 if outline is None else outline.width
    down = frame.scale[0]
    stand = (frame.top + extent.top * down - rim, frame.top + extent.bottom * down + rim)
    shadow = make_shadow(options, *thrown, longer_side, stand) if options.shadow else None
    layer = _Layers(subject.cutout_band, edge, cutout)
    return _on_backdrop(frame, layer, backdrop, (shadow, outline), options)


@dataclass(frozen=True, slots=True)
class _Layers:
    """The upper layer at source size."""

    read: Callable[[slice, Edge], RgbaImage]
    edge: Edge
    known: RgbaImage | None = None

    def band(self, rows: slice) -> RgbaImage:
        return self.read(rows, self.edge) if self.known is None else self.known[rows]


def _matte_painter(frame: Frame, alpha: AlphaMatte) -> Callable[[slice], AlphaMatte]:
    return lambda rows: place_band(frame, rows, lambda given: alpha[given], 1)


def _on_backdrop(
    frame: Frame,
    layer: _Layers,
    backdrop: Backdrop | None,
    between: Sequence[Shadow | ContactShadow | Outline | None],
    options: OffcutOptions,
) -> Composition:
    is_opaque = backdrop is not None and backdrop.channels == 3
    colored = [each for each in between if each is not None]

    def paint(rows: slice) -> Image.Image | RgbaImage:
        pixels = place_band(frame, rows, layer.band, 4)
        if backdrop is None and not colored and options.format != "jpeg":
            return pixels
        band = Image.fromarray(pixels)
        lower = None if backdrop is None else backdrop.band(rows)
        for each in colored:
            lower = each.lay_over(lower, rows)
        if lower is not None:
            band = lay_over(band, lower)
        if options.format == "jpeg" and band.mode == "RGBA":
            band = lay_over(band, Image.new("RGB", band.size, (255, 255, 255)))
        return band

    channels = 3 if is_opaque or options.format == "jpeg" else 4
    return Composition(frame, channels, paint)
