"""A subject in small, and the options that go with it: what previews are made of.

Decides: which options are lengths and get smaller with a preview.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from PIL import Image

from offcut.options.lengths import (
    Length,
    parse_length,
    parse_margins,
    parse_mark,
    parse_offset,
    parse_outline,
    parse_size,
)
from offcut.options.options import OffcutOptions
from offcut.source_image import SourceImage
from offcut.subject import Subject


def shrink(subject: Subject, scale: float) -> Subject:
    """Make a subject smaller by averaging; `scale` in (0, 1]. Its layers fit any size."""
    if scale == 1:
        return subject
    source = shrink_source(subject.source, scale)
    alpha = Image.fromarray(subject.alpha).resize(source.image.size, Image.Resampling.BOX)
    return replace(subject, source=source, alpha=np.asarray(alpha))


def shrink_source(source: SourceImage, scale: float) -> SourceImage:
    """Make a picture smaller by averaging; `scale` in (0, 1]."""
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


def scale_options(options: OffcutOptions, scale: float) -> OffcutOptions:
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
        margin=_scale_lengths(parse_margins(options.margin), scale),
        canvas=canvas,
        outline=_scale_lengths([parse_outline(options.outline)], scale),
        crown=_scale_mark(options.crown, scale),
        chin=_scale_mark(options.chin, scale),
        eyes=None if options.eyes is None else _scale_lengths([parse_length(options.eyes)], scale),
        dpi=max(1.0, options.dpi * scale),
        shadow_offset=_scale_lengths(parse_offset(options.shadow_offset), scale),
        shadow_cast=_scale_lengths(parse_offset(options.shadow_cast), scale),
        shadow_blur=_scale_lengths([parse_length(options.shadow_blur)], scale),
    )


def _scale_mark(text: str | None, scale: float) -> str | None:
    return None if text is None else _scale_lengths(parse_mark(text), scale)


def _scale_lengths(lengths: Sequence[Length], scale: float) -> str:
    return " ".join(
        f"{length.value * (scale if length.unit == 'px' else 1):.4f}{length.unit}"
        for length in lengths
    )
