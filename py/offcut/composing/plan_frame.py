"""How the finished picture is laid out: crop, margin, aspect, canvas.

Decides: the size of the result: margins in px and %, ratio, canvas, scale, position, BAD_OPTION
where it gets too large; a canvas that is made smaller so that nothing is enlarged; that an outline
counts as subject wherever something is laid out by that, and that a shadow gets no room of its own,
so that a tight crop cuts it off. Photos for passports: plan_id_photo.py.

Only geometry; no pixel is touched here. Cropping and padding move the source by whole
pixels; it is resized only where a scale asks for it.
"""

from __future__ import annotations

import math

from offcut.composing.frame import Box, Extent, Frame
from offcut.composing.plan_id_photo import plan_id_photo
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


def plan_frame(
    source_size: tuple[int, int],
    subject: Box,
    options: OffcutOptions,
    extent: Extent | None = None,
) -> Frame:
    """Lay out the finished picture.

    Parameters
    ----------
    source_size : (int, int)
        (height, width) of the source in pixels.
    subject : Box
        Of the subject in the source.
    options : OffcutOptions
    extent : Extent, optional
        The same, more exactly; what a scale goes by.

    Raises
    ------
    OptionsError
        BAD_OPTION if margin or aspect make the picture larger than `max_megapixels`, or if an
        outline fills the canvas.
    """
    if options.id_photo is not None:
        return plan_id_photo(source_size, options)
    if options.canvas is not None:
        return _on_canvas(source_size, subject, extent or Extent(*subject), options)
    rim = parse_outline(options.outline).pixels(subject.longer_side)
    kept = _grown(subject, math.ceil(rim)) if options.crop else Box(0, 0, *source_size)
    kept = _with_margins(kept, parse_margins(options.margin))
    if options.aspect is not None:
        kept = _with_aspect(kept, options)
    size = (kept.bottom - kept.top, kept.right - kept.left)
    if size != source_size:
        _require_fitting(size, options)
    return Frame(size, source_size, -kept.top, -kept.left, *source_size)


def filled_share(frame: Frame, extent: Extent, options: OffcutOptions) -> float:
    """Measure which share of the finished picture's height or width the subject spans.

    Returns
    -------
    float
        The greater of the two, with the outline; above 1 where a part is cut off.
    """
    sides = [side * scale for side, scale in zip(extent.sides, frame.scale, strict=True)]
    rim = parse_outline(options.outline).pixels(max(sides))
    return max((side + 2 * rim) / room for side, room in zip(sides, frame.size, strict=True))


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
    source_size: tuple[int, int], subject: Box, extent: Extent, options: OffcutOptions
) -> Frame:
    """Put the subject onto a canvas, scaled if that is asked for.

    A scale says what the subject itself fills. The margins keep it away from the canvas's edges,
    as far as there is room for them.
    """
    size = parse_size(options.canvas or "")
    position = parse_position(options.position)
    outline = parse_outline(options.outline)
    factor = 1.0
    if options.scale is not None:
        factor = _fill(size, extent.sides, options.scale, outline)
        if options.own_size and factor > 1:
            size, factor = _own_size(size, extent.sides, options.scale, outline), 1.0
    rim = outline.pixels(subject.longer_side * factor) / factor
    sides = tuple(side + 2 * rim for side in extent.sides)
    subject = _grown(subject, round(rim))
    placed = tuple(max(1, round(side * factor)) for side in source_size)
    # Whole pixels change the factor a little, differently in both directions.
    factors = (placed[0] / source_size[0], placed[1] / source_size[1])
    box = _with_margins(subject, parse_margins(options.margin))
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


def _fill(
    size: tuple[int, int], sides: tuple[float, float], share: float, outline: Length
) -> float:
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


def _own_size(
    size: tuple[int, int], sides: tuple[float, float], share: float, outline: Length
) -> tuple[int, int]:
    """Give the canvas of the same shape that the subject fills as large as it is."""
    rim = outline.pixels(max(sides))
    needed = max((side + 2 * rim) / share / room for room, side in zip(size, sides, strict=True))
    return max(1, round(size[0] * needed)), max(1, round(size[1] * needed))


def _keep_inside(offset: float, room: float) -> float:
    """Give the offset that leaves nothing of the subject out, where it is not larger itself."""
    return min(max(offset, 0.0), room) if room >= 0 else offset


def _require_fitting(size: tuple[int, int], options: OffcutOptions) -> None:
    megapixels = size[0] * size[1] / 1e6
    if megapixels > options.max_megapixels or max(size) > MAX_SIDE:
        name = "margin" if options.aspect is None else "aspect"
        raise bad_option(name, f"makes the picture too large: {size[1]} x {size[0]} pixels")
