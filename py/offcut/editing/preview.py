"""The finished picture in small, at once: what an editor shows while a person changes it.

Decides: what is kept from the last preview, when a smaller one is used, which size is shown,
whether the preview is empty.

A proxy of the subject goes through the very same code as the subject itself, with the
lengths of options and strokes scaled to it. What did not change since the last time (proxy,
strokes, adjusted edge) is kept.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from offcut.arrays import RgbaImage
from offcut.composing.compose import compose
from offcut.composing.frame import LEAST_SHOWN
from offcut.composing.plan_frame import plan_frame
from offcut.composing.shape import Shape, find_shape, is_box_needed
from offcut.editing.cutout_cache import CutoutCache
from offcut.editing.preview_layout import (
    box_in_source,
    extent_in_source,
    find_space,
    frame_in_source,
)
from offcut.editing.retouch import Retoucher
from offcut.editing.shrink import scale_options, shrink, shrink_source
from offcut.editing.strokes import Correction
from offcut.options.options import OffcutOptions
from offcut.source_image import SourceImage
from offcut.subject import Edge, Subject

MAX_PIXELS: Final = 2_000_000
"""Of a preview, where nothing else is asked for."""
_STEP: Final = math.sqrt(2)
"""Results larger than the proxy are shown from one that is this many times smaller, or its
powers: so the proxy does not change with every little change of a margin."""


@dataclass(frozen=True, slots=True)
class Preview:
    """A finished picture in small.

    Attributes
    ----------
    pixels : uint8, shape (h, w, 4)
        Straight alpha; a matte is grey and opaque.
    size : (int, int)
        (height, width) of the finished picture. To the pixel, unless it is laid out by the
        box around the subject of a picture that is larger than the proxy.
    source_size : (int, int)
        (height, width) of the source.
    box : (float, float, float, float)
        Left, top, right and bottom of the finished picture, in pixels of the source; may
        reach beyond it.
    space : (float, float)
        Height and width, in pixels of the source, of what `aspect` or `canvas` leave around
        the subject: what `position` shares out.
    is_empty : bool
        Whether nothing of the subject is to be seen.
    """

    pixels: RgbaImage
    size: tuple[int, int]
    source_size: tuple[int, int]
    box: tuple[float, float, float, float]
    space: tuple[float, float]
    is_empty: bool


class Previewer:
    """Makes previews of one subject.

    Parameters
    ----------
    subject : Subject
    max_pixels : int
        Of the proxy, and of every preview.

    Notes
    -----
    Memory: about forty bytes a pixel of the proxy, and the patches of the strokes.
    """

    def __init__(self, subject: Subject, max_pixels: int = MAX_PIXELS) -> None:
        self.max_pixels = max_pixels
        height, width = subject.source.size
        self._source_size = subject.source.size
        self._scale = min(1.0, math.sqrt(max_pixels / (height * width)))
        self._proxy = shrink(subject, self._scale)
        self._retoucher = Retoucher(self._proxy)
        self._cache = CutoutCache(self._proxy.source)
        self._smaller: tuple[Subject, float, Subject] | None = None
        # Of the proxy, and of a smaller one: by the scale.
        self._shapes: dict[float, tuple[Subject, tuple[object, ...], Shape]] = {}
        self._picture: tuple[SourceImage, SourceImage] | None = None
        self._emptiness: tuple[Edge, bool] | None = None
        self._scaled: list[tuple[Correction, Correction]] = []

    @property
    def proxy_pixels(self) -> int:
        """How many pixels the proxy has that is kept."""
        return self._proxy.alpha.size

    def preview(
        self,
        options: OffcutOptions,
        strokes: Sequence[Correction] = (),
        background_picture: SourceImage | None = None,
    ) -> Preview:
        """Paint the finished picture in small.

        Raises
        ------
        OptionsError
            BAD_OPTION, where `render` would raise it, too.
        """
        subject, changed = self._retoucher.retouch(self._scale_strokes(strokes))
        if changed is not None:
            self._cache.forget(changed)
        shape = self._find_shape(subject, options, self._scale)
        sizes = (self._proxy.source.size, self._source_size)
        box = box_in_source(shape.box, *sizes)
        extent = extent_in_source(shape.extent, *sizes)
        frame = plan_frame(self._source_size, box, options, extent)
        space = find_space(self._source_size, box, options, extent)
        scale = self._scale
        pixels = frame.size[0] * frame.size[1] * scale * scale
        if pixels > self.max_pixels * 1.01:
            steps = math.ceil(math.log(pixels / self.max_pixels, _STEP) / 2)
            subject = self._shrink(subject, _STEP**-steps)
            scale *= _STEP**-steps
            shape = self._find_shape(subject, options, scale)
        picture = background_picture and self._shrink_background(background_picture)
        known = None
        if scale == self._scale and options.output == "cutout":
            known = self._cache.cutout(subject, shape.edge)
        composition = compose(subject, scale_options(options, scale), picture, shape, known)
        return Preview(
            pixels=composition.rgba(),
            size=frame.size,
            source_size=self._source_size,
            box=frame_in_source(frame),
            space=space,
            is_empty=self._is_empty(shape.edge),
        )

    def _scale_strokes(self, strokes: Sequence[Correction]) -> list[Correction]:
        down = self._proxy.source.size[0] / self._source_size[0]
        across = self._proxy.source.size[1] / self._source_size[1]
        # Most of them are the same objects as last time.
        known = {id(pair[0]): pair for pair in self._scaled}
        self._scaled = [
            known.get(id(stroke)) or (stroke, stroke.scale(across, down)) for stroke in strokes
        ]
        return [scaled for _, scaled in self._scaled]

    def _find_shape(self, subject: Subject, options: OffcutOptions, scale: float) -> Shape:
        wanted = (options.threshold, options.shift_edge, options.feather, is_box_needed(options))
        known = self._shapes.get(scale)
        if known is None or known[0] is not subject or known[1] != wanted:
            known = (subject, wanted, find_shape(subject, scale_options(options, scale)))
            self._shapes = {self._scale: self._shapes.get(self._scale, known), scale: known}
        return known[2]

    def _is_empty(self, edge: Edge) -> bool:
        if self._emptiness is None or self._emptiness[0] is not edge:
            self._emptiness = (edge, int(edge.shown.max()) < LEAST_SHOWN)
        return self._emptiness[1]

    def _shrink(self, subject: Subject, scale: float) -> Subject:
        known = self._smaller
        if known is None or known[0] is not subject or known[1] != scale:
            known = self._smaller = (subject, scale, shrink(subject, scale))
        return known[2]

    def _shrink_background(self, picture: SourceImage) -> SourceImage:
        """Give a background no larger than it needs to be here."""
        if self._picture is None or self._picture[0] is not picture:
            pixels = picture.size[0] * picture.size[1]
            scale = min(1.0, math.sqrt(self.max_pixels / pixels))
            self._picture = (picture, shrink_source(picture, scale))
        return self._picture[1]
