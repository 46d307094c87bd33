"""How the finished picture is laid out: crop, margin, aspect, canvas.

Decides: the size of the result: margins in px and %, ratio, canvas, scale, position, BAD_OPTION
where it gets too large; that an outline counts as subject wherever something is laid out by that,
and that a shadow gets no room of its own, so that a tight crop cuts it off.

Only geometry; no pixel is touched here. Cropping and padding move the source by whole
pixels; it is resized only where a scale asks for it.
"""

from __future__ import annotations

import math

from offcut.composing.frame import Box, Frame
from offcut.options.lengths import (
    Length,
    Margins,
    parse_aspect,
    parse_margins,
    parse_outline,
    parse_position,
    parse_size,
)
from offcut.options.options import OffcutOptions, bad_option
from offcut.source_image import MAX_SIDE


def plan_frame(source_size: tuple[int, int], subject: Box, options: OffcutOptions) -> Frame:
    """Lay out the finished picture.

    Parameters
    ----------
    source_size : (int, int)
        (height, width) of the source in pixels.
    subject : Box
        Of the subject in the source.
    options : OffcutOptions

    Raises
    ------
    OptionsError
        BAD_OPTION if margin or aspect make the picture larger than `max_megapixels`, or if an
        outline fills the canvas.
    """
    is_cropped = options.crop or options.canvas is not None
    margins = parse_margins(options.margin)
    if options.canvas is not None:
        return _on_canvas(source_size, subject, margins, options)
    rim = parse_outline(options.outline).pixels(subject.longer_side)
    kept = _grown(subject, math.ceil(rim)) if is_cropped else Box(0, 0, *source_size)
    kept = _with_margins(kept, margins)
    if options.aspect is not None:
        kept = _with_aspect(kept, options)
    size = (kept.bottom - kept.top, kept.right - kept.left)
    if size != source_size:
        _require_fitting(size, options)
    return Frame(size, source_size, -kept.top, -kept.left, *source_size)


def _grown(box: Box, rim: int) -> Box:
    return Box(box.top - rim, box.left - rim, box.bottom + rim, box.right + rim)


def _with_margins(box: Box, margins: Margins) -> Box:
    whole = box.longer_side
    top, right, bottom, left = (round(margin.pixels(whole)) for margin in margins)
    return Box(box.top - top, box.left - left, box.bottom + bottom, box.right + right)


def _with_aspect(box: Box, options: OffcutOptions) -> Box:
    """Add space on two sides until width / height is the ratio asked for."""
    ratio = parse_aspect(options.aspect or "1:1")
    position = parse_position(options.position)
    height, width = box.bottom - box.top, box.right - box.left
    full_height = max(height, round(width / ratio))
    full_width = max(width, round(height * ratio))
    top = box.top - round((full_height - height) * position.y)
    left = box.left - round((full_width - width) * position.x)
    return Box(top, left, top + full_height, left + full_width)


def _on_canvas(
    source_size: tuple[int, int], subject: Box, margins: Margins, options: OffcutOptions
) -> Frame:
    """Put the subject onto a canvas, scaled if that is asked for.

    A scale says what the subject itself fills. The margins keep it away from the canvas's edges,
    as far as there is room for them.
    """
    size = parse_size(options.canvas or "")
    position = parse_position(options.position)
    sides = (subject.bottom - subject.top, subject.right - subject.left)
    outline = parse_outline(options.outline)
    factor = 1.0
    if options.scale is not None:
        factor = _fill(size, sides, options.scale, outline)
    rim = outline.pixels(subject.longer_side * factor) / factor
    sides = tuple(side + 2 * rim for side in sides)
    subject = _grown(subject, round(rim))
    placed = tuple(max(1, round(side * factor)) for side in source_size)
    # Whole pixels change the factor a little, differently in both directions.
    factors = (placed[0] / source_size[0], placed[1] / source_size[1])
    box = _with_margins(subject, margins)
    starts = (box.top, box.left)
    whole = (box.bottom - box.top, box.right - box.left)
    shares = (position.y, position.x)
    offsets = [
        _keep_inside(
            (size[axis] - whole[axis] * factors[axis]) * shares[axis]
            + (subject[axis] - starts[axis]) * factors[axis],
            size[axis] - sides[axis] * factors[axis],
        )
        - subject[axis] * factors[axis]
        for axis in (0, 1)
    ]
    return Frame(size, source_size, round(offsets[0]), round(offsets[1]), placed[0], placed[1])


def _fill(size: tuple[int, int], sides: tuple[int, int], share: float, outline: Length) -> float:
    """Give the factor with which the outlined subject fills a share of the canvas.

    An outline in per cent grows with the subject, one in pixels does not.
    """
    fixed, grown = (outline.value, 0.0) if outline.unit == "px" else (0.0, outline.value / 100)
    factor = min(
        (share * room - 2 * fixed) / (side + 2 * grown * max(sides))
        for room, side in zip(size, sides, strict=True)
    )
    if factor <= 0:
        raise bad_option("outline", "leaves no room for the subject on the canvas")
    return factor


def _keep_inside(offset: float, room: float) -> float:
    """Give the offset that leaves nothing of the subject out, where it is not larger itself."""
    return min(max(offset, 0.0), room) if room >= 0 else offset


def _require_fitting(size: tuple[int, int], options: OffcutOptions) -> None:
    megapixels = size[0] * size[1] / 1e6
    if megapixels > options.max_megapixels or max(size) > MAX_SIDE:
        name = "margin" if options.aspect is None else "aspect"
        raise bad_option(name, f"makes the picture too large: {size[1]} x {size[0]} pixels")
