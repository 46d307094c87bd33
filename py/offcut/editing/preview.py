"""The finished picture in small, at once: what an editor shows while a person changes it.

A proxy of the subject goes through the very same code as the subject itself, with the
lengths of options and strokes scaled to it. What did not change since the last time (proxy,
strokes, adjusted edge) is kept.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from PIL import Image

from offcut.arrays import RgbaImage
from offcut.composing.compose import Composition, Shape, compose, find_shape, is_box_needed
from offcut.composing.crop import LEAST_SHOWN, Box, Frame, plan_frame
from offcut.composing.placing import frame_bands
from offcut.editing.cutout_cache import CutoutMemory
from offcut.editing.retouch import Retoucher
from offcut.editing.strokes import Stroke
from offcut.options.lengths import Length, parse_length, parse_margins, parse_offset, parse_size
from offcut.options.options import OffcutOptions
from offcut.source_image import SourceImage
from offcut.subject import Edge, Subject

MAX_PIXELS: Final = 2_000_000
"""Of a preview, where nothing else is asked for."""
_STEP: Final = math.sqrt(2)
"""Results larger than the proxy are shown from one that is this many times smaller, or its
powers: so the proxy does not change with every little change of a margin."""
_OPAQUE: Final = np.uint32(0xFF000000)


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
        self._memory = CutoutMemory(self._proxy.source)
        self._smaller: tuple[Subject, float, Subject] | None = None
        # Of the proxy, and of a smaller one: by the scale.
        self._shapes: dict[float, tuple[Subject, tuple[object, ...], Shape]] = {}
        self._picture: tuple[SourceImage, SourceImage] | None = None
        self._emptiness: tuple[Edge, bool] | None = None
        self._scaled: list[tuple[Stroke, Stroke]] = []

    def preview(
        self,
        options: OffcutOptions,
        strokes: Sequence[Stroke] = (),
        background_picture: SourceImage | None = None,
    ) -> Preview:
        """Paint the finished picture in small.

        Raises
        ------
        OptionsError
            BAD_OPTION, where `render` would raise it, too.
        """
        subject, changed = self._retoucher.retouched(self._scaled_strokes(strokes))
        if changed is not None:
            self._memory.forget(changed)
        shape = self._found_shape(subject, options, self._scale)
        frame = plan_frame(self._source_size, self._in_source(shape.box), options)
        space = self._space(shape, options)
        scale = self._scale
        pixels = frame.size[0] * frame.size[1] * scale * scale
        if pixels > self.max_pixels * 1.01:
            steps = math.ceil(math.log(pixels / self.max_pixels, _STEP) / 2)
            subject = self._shrunk(subject, _STEP**-steps)
            scale *= _STEP**-steps
            shape = self._found_shape(subject, options, scale)
        picture = background_picture and self._fitting(background_picture)
        known = None
        if scale == self._scale and options.output == "cutout":
            known = self._memory.cutout(subject, shape.edge)
        composition = compose(subject, scaled_options(options, scale), picture, shape, known)
        return Preview(
            pixels=_painted(composition),
            size=frame.size,
            source_size=self._source_size,
            box=_box_in_source(frame),
            space=space,
            is_empty=self._is_empty(shape.edge),
        )

    def _scaled_strokes(self, strokes: Sequence[Stroke]) -> list[Stroke]:
        down = self._proxy.source.size[0] / self._source_size[0]
        across = self._proxy.source.size[1] / self._source_size[1]
        # Most of them are the same objects as last time.
        known = {id(pair[0]): pair for pair in self._scaled}
        self._scaled = [
            known.get(id(stroke)) or (stroke, stroke.scaled(across, down)) for stroke in strokes
        ]
        return [scaled for _, scaled in self._scaled]

    def _found_shape(self, subject: Subject, options: OffcutOptions, scale: float) -> Shape:
        wanted = (options.threshold, options.shift_edge, options.feather, is_box_needed(options))
        known = self._shapes.get(scale)
        if known is None or known[0] is not subject or known[1] != wanted:
            known = (subject, wanted, find_shape(subject, scaled_options(options, scale)))
            self._shapes = {self._scale: self._shapes.get(self._scale, known), scale: known}
        return known[2]

    def _is_empty(self, edge: Edge) -> bool:
        if self._emptiness is None or self._emptiness[0] is not edge:
            self._emptiness = (edge, int(edge.shown.max()) < LEAST_SHOWN)
        return self._emptiness[1]

    def _in_source(self, box: Box) -> Box:
        """Bring a box of the proxy to the source."""
        if self._scale == 1:
            return box
        height, width = self._source_size
        down = height / self._proxy.source.size[0]
        across = width / self._proxy.source.size[1]
        return Box(
            math.floor(box.top * down),
            math.floor(box.left * across),
            min(height, math.ceil(box.bottom * down)),
            min(width, math.ceil(box.right * across)),
        )

    def _space(self, shape: Shape, options: OffcutOptions) -> tuple[float, float]:
        if options.aspect is None and options.canvas is None:
            return 0.0, 0.0
        box = self._in_source(shape.box)
        first, last = (
            plan_frame(self._source_size, box, replace(options, position=position))
            for position in ("0%", "100%")
        )
        down, across = first.scale
        return (last.top - first.top) / down, (last.left - first.left) / across

    def _shrunk(self, subject: Subject, scale: float) -> Subject:
        known = self._smaller
        if known is None or known[0] is not subject or known[1] != scale:
            known = self._smaller = (subject, scale, shrink(subject, scale))
        return known[2]

    def _fitting(self, picture: SourceImage) -> SourceImage:
        """Give a background no larger than it needs to be here."""
        if self._picture is None or self._picture[0] is not picture:
            pixels = picture.size[0] * picture.size[1]
            scale = min(1.0, math.sqrt(self.max_pixels / pixels))
            self._picture = (picture, _shrunk_source(picture, scale))
        return self._picture[1]


def shrink(subject: Subject, scale: float) -> Subject:
    """Make a subject smaller by averaging; `scale` in (0, 1]. Its layers fit any size."""
    if scale == 1:
        return subject
    source = _shrunk_source(subject.source, scale)
    alpha = Image.fromarray(subject.alpha).resize(source.image.size, Image.Resampling.BOX)
    return replace(subject, source=source, alpha=np.asarray(alpha))


def _shrunk_source(source: SourceImage, scale: float) -> SourceImage:
    if scale == 1:
        return source
    size = (
        max(1, math.floor(source.image.width * scale)),
        max(1, math.floor(source.image.height * scale)),
    )
    own = source.own_alpha
    return replace(
        source,
        image=source.image.resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0),
        pixels=None,
        own_alpha=None if own is None else own.resize(size, Image.Resampling.BOX),
    )


def scaled_options(options: OffcutOptions, scale: float) -> OffcutOptions:
    """Scale all lengths in pixels, for a picture that is `scale` times as large."""
    if scale == 1:
        return options
    canvas = options.canvas
    if canvas is not None:
        height, width = (max(1, round(side * scale)) for side in parse_size(canvas))
        canvas = f"{width}x{height}"
    return replace(
        options,
        shift_edge=options.shift_edge * scale,
        feather=options.feather * scale,
        margin=_scaled(parse_margins(options.margin), scale),
        canvas=canvas,
        shadow_offset=_scaled(parse_offset(options.shadow_offset), scale),
        shadow_blur=_scaled([parse_length(options.shadow_blur)], scale),
    )


def _scaled(lengths: Sequence[Length], scale: float) -> str:
    return " ".join(
        f"{length.value * (scale if length.unit == 'px' else 1):.4f}{length.unit}"
        for length in lengths
    )


def _box_in_source(frame: Frame) -> tuple[float, float, float, float]:
    down, across = frame.scale
    left, top = -frame.left / across, -frame.top / down
    return left, top, left + frame.size[1] / across, top + frame.size[0] / down


def _painted(composition: Composition) -> RgbaImage:
    """Paint all bands of a composition, as RGBA."""
    pixels = np.empty((*composition.size, 4), np.uint8)
    for rows in frame_bands(composition.frame):
        band = composition.paint(rows)
        if isinstance(band, np.ndarray):
            pixels[rows] = band if band.ndim == 3 else band[..., np.newaxis]
        else:
            pixels[rows] = _as_rgba(band)
    if composition.channels < 4:
        pixels.view(np.uint32)[...] |= _OPAQUE
    return pixels


def _as_rgba(image: Image.Image) -> RgbaImage:
    """Give an image's four bytes a pixel; of an opaque one the last is anything."""
    data = image.tobytes("raw", "RGBX" if image.mode == "RGB" else "RGBA")
    return np.frombuffer(data, np.uint8).reshape(image.height, image.width, 4)
