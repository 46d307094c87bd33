"""The finished picture: subject over shadow over backdrop, band by band.

Colours are mixed in their own encoding (sRGB or the picture's profile), as every browser
does, not in linear light.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from offcut.adjust import Edge, adjust_edge
from offcut.arrays import AlphaMatte, RgbaImage, row_bands
from offcut.backdrop import Backdrop, make_backdrop
from offcut.crop import Box, Frame, plan_frame, subject_box
from offcut.options import OffcutOptions
from offcut.placing import frame_bands, place_band
from offcut.shadow import Shadow, make_shadow
from offcut.source_image import SourceImage
from offcut.subject import Subject


@dataclass(frozen=True, slots=True)
class Composition:
    """A finished picture that is painted anew, in bounded memory, whenever it is asked for.

    Attributes
    ----------
    frame : Frame
    channels : int
        1 for a matte, 3 for an opaque picture, 4 for straight RGBA.
    paint : callable
        Gives some rows of the finished picture.
    """

    frame: Frame
    channels: int
    paint: Callable[[slice], NDArray[np.uint8]]

    @property
    def size(self) -> tuple[int, int]:
        """The finished picture's (height, width) in pixels."""
        return self.frame.size

    def bands(self) -> Iterator[NDArray[np.uint8]]:
        """Yield the picture from the top: uint8, shape (rows, W) or (rows, W, channels)."""
        for rows in frame_bands(self.frame):
            yield self.paint(rows)


class Shape(NamedTuple):
    """The subject's outline as the options for the edge make it.

    Attributes
    ----------
    edge : Edge
    box : Box
        Around what is shown, if that is needed; else the whole picture's.
    """

    edge: Edge
    box: Box


def find_shape(subject: Subject, options: OffcutOptions) -> Shape:
    """Adjust the edge, and find the box of what is shown if anything is laid out by it."""
    edge = _adjusted(subject, options)
    if is_box_needed(options):
        return Shape(edge, subject_box(edge.shown))
    return Shape(edge, Box(0, 0, *subject.source.size))


def is_box_needed(options: OffcutOptions) -> bool:
    """Tell whether the result depends on the box around the subject."""
    return options.crop or options.canvas is not None or options.shadow


def compose(
    subject: Subject,
    options: OffcutOptions,
    picture: SourceImage | None = None,
    shape: Shape | None = None,
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
    edge, box = shape or find_shape(subject, options)
    frame = plan_frame(subject.source.size, box, options)
    if options.output == "matte":
        return Composition(frame, 1, _matte_painter(frame, edge.shown))
    backdrop = make_backdrop(options, frame, subject.source, edge.mixed, picture)
    if options.output == "inverse":
        return _on_backdrop(frame, _Layers(subject.background_band, edge), backdrop, None, options)
    shadow = make_shadow(options, frame, box, edge.shown) if options.shadow else None
    return _on_backdrop(frame, _Layers(subject.cutout_band, edge), backdrop, shadow, options)


@dataclass(frozen=True, slots=True)
class _Layers:
    """The upper layer at source size."""

    read: Callable[[slice, Edge], RgbaImage]
    edge: Edge

    def band(self, rows: slice) -> RgbaImage:
        return self.read(rows, self.edge)


def _adjusted(subject: Subject, options: OffcutOptions) -> Edge:
    """Adjust the edge; what was transparent in the file stays so."""
    edge = adjust_edge(
        subject.alpha,
        threshold=options.threshold,
        shift=options.shift_edge,
        feather=options.feather,
    )
    if edge.shown is subject.alpha or subject.source.own_alpha is None:
        return edge
    shown, mixed = edge.shown.copy(), edge.mixed.copy()
    for rows in row_bands(*shown.shape):
        own = subject.source.own_alpha_band(rows)
        if own is not None:
            np.minimum(shown[rows], own, out=shown[rows])
            np.minimum(mixed[rows], own, out=mixed[rows])
    return Edge(shown, mixed)


def _matte_painter(frame: Frame, alpha: AlphaMatte) -> Callable[[slice], NDArray[np.uint8]]:
    return lambda rows: place_band(frame, rows, lambda source_rows: alpha[source_rows], 1)


def _on_backdrop(
    frame: Frame,
    layer: _Layers,
    backdrop: Backdrop | None,
    shadow: Shadow | None,
    options: OffcutOptions,
) -> Composition:
    is_opaque = backdrop is not None and backdrop.channels == 3

    def paint(rows: slice) -> NDArray[np.uint8]:
        band = place_band(frame, rows, layer.band, 4)
        lower = None if backdrop is None else backdrop.band(rows)
        if shadow is not None:
            lower = shadow.band(rows) if lower is None else lay_over(shadow.band(rows), lower)
        if lower is not None:
            band = lay_over(band, lower)
        if options.format == "jpeg" and band.shape[2] == 4:
            white = np.broadcast_to(np.uint8(255), (*band.shape[:2], 3))
            band = lay_over(band, white)
        return band

    channels = 3 if is_opaque or options.format == "jpeg" else 4
    return Composition(frame, channels, paint)


def lay_over(upper: RgbaImage, lower: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Lay a picture over another one.

    Parameters
    ----------
    upper : uint8, shape (H, W, 4)
        Straight alpha.
    lower : uint8, shape (H, W, 3) or (H, W, 4)
        Straight alpha.

    Returns
    -------
    uint8, shape of `lower`
        Over an opaque picture C = a F + (1 - a) B, rounded to the nearest value.

    Notes
    -----
    The operator "over" of Porter and Duff, "Compositing Digital Images", SIGGRAPH 1984.
    """
    above, below = Image.fromarray(upper), Image.fromarray(np.ascontiguousarray(lower))
    if lower.shape[2] == 4:
        return np.asarray(Image.alpha_composite(below, above))
    below.paste(above, mask=above)
    return np.asarray(below)
