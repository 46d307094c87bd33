"""Bring bands of one picture into the frame of another: copy, resize, stretch.

Decides: how the subject is resized on a canvas (cubic, without bright rims), transparent where the
source does not reach.

Resizing is Pillow's, with a filter as wide as the reduction asks for; colours are weighted
by their alpha. Every band sees the rows beyond its borders, so no seam comes about.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from offcut.arrays import row_bands
from offcut.composing.frame import Frame

Bands = NDArray[np.uint8]
"""uint8, shape (rows, W) or (rows, W, channels)."""

ReadRows = Callable[[slice], Bands]
"""Gives some rows of a picture."""

# Cubic: at hard edges of a matte Lanczos would ring with a visible outer rim.
_FILTER: Final = Image.Resampling.BICUBIC
_FILTER_RADIUS: Final = 2.0
_BAND: Final = 1 << 19
"""Pixels of a band: up to ten are on their way at once when a PNG is written."""


@dataclass(frozen=True, slots=True)
class StretchedImage:
    """A region of a Pillow image, stretched over a rectangle of another size.

    Attributes
    ----------
    image : PIL.Image.Image
    box : (float, float, float, float)
        Pillow's left, top, right, bottom, inside the image.
    size : (int, int)
        (height, width) of the rectangle.
    """

    image: Image.Image
    box: tuple[float, float, float, float]
    size: tuple[int, int]

    def whole(self) -> NDArray[Any]:
        """Resize all of it at once: float32 if the image is of mode F, else uint8."""
        height, width = self.size
        return np.asarray(self.image.resize((width, height), _FILTER, box=self.box))

    def band(self, rows: slice) -> Image.Image:
        """Resize what belongs to some rows of the rectangle."""
        left, top, right, bottom = self.box
        step = (bottom - top) / self.size[0]
        # Rounding must not lead out of the image.
        end = min(top + rows.stop * step, self.image.height)
        size = (self.size[1], rows.stop - rows.start)
        box = (left, top + rows.start * step, right, end)
        return self.image.resize(size, _FILTER, box=box)


def frame_bands(frame: Frame) -> list[slice]:
    """Cut the finished picture into bands that are small in the source as well."""
    height, width = frame.size
    down, _ = frame.scale
    needed = max(width, round(frame.source_size[1] / min(1.0, down)))
    return row_bands(height, needed, _BAND)


def place_band(frame: Frame, rows: slice, read: ReadRows, channels: int) -> Bands:
    """Show a band of the source in the frame; zeros where the source does not reach.

    Parameters
    ----------
    frame : Frame
    rows : slice
        Of the finished picture.
    read : callable
        Gives rows of the source, of 1 or 4 channels.
    channels : int
        1 stands for arrays of two dimensions, 4 for straight RGBA.
    """
    if frame.is_whole:
        return read(rows)
    shape = (rows.stop - rows.start, frame.size[1])
    band = np.zeros(shape if channels == 1 else (*shape, channels), np.uint8)
    inner_rows = _overlap(rows, frame.top, frame.height)
    columns = _overlap(slice(0, frame.size[1]), frame.left, frame.width)
    if inner_rows.start >= inner_rows.stop or columns.start >= columns.stop:
        return band
    source_rows = slice(inner_rows.start - frame.top, inner_rows.stop - frame.top)
    source_columns = slice(columns.start - frame.left, columns.stop - frame.left)
    if frame.is_resampled:
        pixels = _resize(frame, source_rows, source_columns, read)
    else:
        pixels = read(source_rows)[:, source_columns]
    band[inner_rows.start - rows.start : inner_rows.stop - rows.start, columns] = pixels
    return band


def _overlap(span: slice, start: int, length: int) -> slice:
    """Give the part of a span of the finished picture that the source covers."""
    return slice(max(span.start, start), min(span.stop, start + length))


def _resize(frame: Frame, rows: slice, columns: slice, read: ReadRows) -> Bands:
    """Resize rows and columns of the placed source, from as few source rows as it takes."""
    down, across = frame.scale
    halo = _FILTER_RADIUS * max(1.0, 1 / down) + 1
    top = max(0, math.floor(rows.start / down - halo))
    bottom = min(frame.source_size[0], math.ceil(rows.stop / down + halo))
    band = read(slice(top, bottom))
    box = (
        columns.start / across,
        max(0.0, rows.start / down - top),
        min(columns.stop / across, band.shape[1]),
        min(rows.stop / down - top, band.shape[0]),
    )
    stretched = StretchedImage(
        Image.fromarray(band), box, (rows.stop - rows.start, columns.stop - columns.start)
    )
    return stretched.whole() if band.ndim == 2 else _resize_rgba(band, stretched)


def _resize_rgba(band: Bands, stretched: StretchedImage) -> Bands:
    """Resize straight RGBA by way of premultiplied float planes.

    In eight bits, as in Pillow's own way, alpha's overshoot at a hard edge is cut off and
    that of the colours is not: a bright rim.
    """
    alpha = band[..., 3].astype(np.float32)
    planes = [band[..., channel] * alpha for channel in range(3)]
    *colors, alpha = (
        replace(stretched, image=Image.fromarray(plane)).whole() for plane in (*planes, alpha)
    )
    result = np.zeros((*alpha.shape, 4), np.uint8)
    result[..., 3] = np.clip(np.rint(alpha), 0, 255)
    is_visible = result[..., 3] > 0
    for channel, color in enumerate(colors):
        straight = color[is_visible] / alpha[is_visible]
        result[is_visible, channel] = np.clip(np.rint(straight), 0, 255)
    return result
