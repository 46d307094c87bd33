"""The finished picture as layers of a file, for programs that edit pictures.

Decides: which layers a file has, their names and their order; that the picture lies there untouched
and whole, also where the result is cropped; what stands for a layer mask where a format has none.

With masks (PSD), the whole picture is one layer and the matte is its mask: painting on the mask
brings back what was cut off. The picture's own colours have the old background in soft edges, so a
layer that is clipped to it covers those pixels with the subject's own. Without masks (OpenRaster),
the cut-out is a layer, and the whole picture lies below it, hidden: shown, it would cover the
background, and below it can be erased from.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from PIL import Image

from offcut.arrays import AlphaMatte, RgbaImage, row_bands
from offcut.composing.compose import Composition
from offcut.composing.frame import Frame
from offcut.composing.parts import Parts
from offcut.composing.placing import place_band
from offcut.matting.own_alpha import share_of_shown


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer; the first of several is the lowest.

    Attributes
    ----------
    name : str
    top, left : int
        Where it lies in the finished picture, in pixels; may be negative.
    size : (int, int)
        Its own (height, width), which may reach beyond the finished picture.
    paint : callable
        Gives some of its rows: uint8, shape (rows, W, 4), straight alpha.
    mask : callable or None
        Gives some rows of its layer mask: uint8, shape (rows, W), 0 for hidden.
    is_clipped : bool
        It is shown only as far as the layer below it is.
    is_hidden : bool
    """

    name: str
    top: int
    left: int
    size: tuple[int, int]
    paint: Callable[[slice], RgbaImage]
    mask: Callable[[slice], AlphaMatte] | None = None
    is_clipped: bool = False
    is_hidden: bool = False


def masked_layers(composition: Composition) -> tuple[Layer, ...]:
    """Give the layers of a format that has layer masks."""
    if composition.channels == 1:
        return (_matte_layer(composition),)
    placed = _Placed.of(composition.parts)
    picture = placed.layer("Picture", placed.picture, placed.mask)
    layers = (*_lower_layers(composition.parts), picture)
    if not _is_soft(composition.parts):
        return layers
    return (*layers, placed.layer("Edge colours", placed.edge_colors, is_clipped=True))


def unmasked_layers(composition: Composition) -> tuple[Layer, ...]:
    """Give the layers of a format without masks."""
    if composition.channels == 1:
        return (_matte_layer(composition),)
    placed = _Placed.of(composition.parts)
    return (
        *_lower_layers(composition.parts),
        placed.layer("Picture", placed.picture, is_hidden=True),
        placed.layer("Cut-out", placed.shown),
    )


@dataclass(frozen=True, slots=True)
class _Placed:
    """The picture and what is shown of it, at the place and scale that it has in the result.

    Attributes
    ----------
    top, left : int
        Of its first pixel in the finished picture.
    frame : Frame
        The whole picture; where it is resized, only what the finished picture shows of it.
    """

    parts: Parts
    top: int
    left: int
    frame: Frame

    @classmethod
    def of(cls, parts: Parts) -> _Placed:
        frame = parts.frame
        if frame.is_resampled:
            return cls(parts, 0, 0, frame)
        whole = Frame(frame.source_size, frame.source_size, 0, 0, *frame.source_size)
        return cls(parts, frame.top, frame.left, whole)

    def layer(
        self,
        name: str,
        paint: Callable[[slice], RgbaImage],
        mask: Callable[[slice], AlphaMatte] | None = None,
        *,
        is_clipped: bool = False,
        is_hidden: bool = False,
    ) -> Layer:
        size = self.frame.size
        return Layer(name, self.top, self.left, size, paint, mask, is_clipped, is_hidden)

    def picture(self, rows: slice) -> RgbaImage:
        """Give the untouched picture, with the alpha that its file has."""
        return place_band(self.frame, rows, self._source_band, 4)

    def shown(self, rows: slice) -> RgbaImage:
        """Give the subject in its own colours, or what is left without it."""
        return place_band(self.frame, rows, self.parts.upper.band, 4)

    def mask(self, rows: slice) -> AlphaMatte:
        """Give what is shown of the picture, apart from its own alpha."""
        return share_of_shown(self.shown(rows)[..., 3], self.picture(rows)[..., 3])

    def edge_colors(self, rows: slice) -> RgbaImage:
        """Give the pixels whose colours are not the picture's, opaque."""
        colors = self.shown(rows)
        differs = (colors[..., :3] != self.picture(rows)[..., :3]).any(axis=2)
        differs &= colors[..., 3] > 0
        alpha = np.where(differs, np.uint8(255), np.uint8(0))
        return np.dstack((colors[..., :3] * differs[..., np.newaxis], alpha))

    def _source_band(self, rows: slice) -> RgbaImage:
        source = self.parts.source
        own = source.own_alpha_band(rows)
        if own is None:
            own = np.full((rows.stop - rows.start, source.size[1]), 255, np.uint8)
        return source.rgba_band(rows, own)


def _lower_layers(parts: Parts) -> list[Layer]:
    """Give what lies below the subject."""
    named: list[tuple[str, Callable[[slice], Image.Image]]] = []
    if parts.backdrop is not None:
        named.append(("Background", parts.backdrop.band))
    if parts.shadow is not None:
        named.append(("Shadow", partial(parts.shadow.lay_over, None)))
    if parts.outline is not None:
        named.append(("Outline", partial(parts.outline.lay_over, None)))
    return [Layer(name, 0, 0, parts.frame.size, _in_rgba(band)) for name, band in named]


def _in_rgba(band: Callable[[slice], Image.Image]) -> Callable[[slice], RgbaImage]:
    return lambda rows: np.asarray(band(rows).convert("RGBA"))


def _matte_layer(composition: Composition) -> Layer:
    def paint(rows: slice) -> RgbaImage:
        grey = np.asarray(composition.paint(rows))
        return np.dstack((grey, grey, grey, np.full_like(grey, 255)))

    return Layer("Matte", 0, 0, composition.size, paint)


def _is_soft(parts: Parts) -> bool:
    """Tell whether any pixel can have another colour than the picture has there."""
    edge = parts.upper.edge
    if edge.shown is not edge.mixed:
        return True
    bands = row_bands(*edge.shown.shape)
    return any(((edge.shown[rows] > 0) & (edge.shown[rows] < 255)).any() for rows in bands)
