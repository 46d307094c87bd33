"""Where the source lies in the finished picture: crop, margin, aspect, canvas.

Decides: the size of the result: the box around the subject (what counts as subject:
shown_extent.py) and how faint a haze still counts,
margins in px and %, ratio, canvas, scale, position, BAD_OPTION where it gets too large, and
that a shadow gets no room of its own, so that a tight crop cuts it off.

Only geometry; no pixel is touched here. Cropping and padding move the source by whole
pixels; it is resized only where a scale asks for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

from offcut.arrays import AlphaMatte
from offcut.composing.shown_extent import shown_extent
from offcut.options.lengths import Margins, parse_aspect, parse_margins, parse_position, parse_size
from offcut.options.options import OffcutOptions, bad_option
from offcut.source_image import MAX_SIDE

# Less is not to be seen, and a faint haze of the network should not widen the box.
LEAST_SHOWN: Final = 8


class Box(NamedTuple):
    """Rows `top` to `bottom` and columns `left` to `right`, the last ones excluded."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def longer_side(self) -> int:
        """The greater of height and width, in pixels."""
        return max(self.bottom - self.top, self.right - self.left)


@dataclass(frozen=True, slots=True)
class Frame:
    """The finished picture's size, and the rectangle in it that the whole source covers.

    Attributes
    ----------
    size : (int, int)
        The finished picture's (height, width) in pixels.
    source_size : (int, int)
        The source's (height, width).
    top, left : int
        Where the source's first pixel comes to lie; may be negative.
    height, width : int
        What the source is resized to; its own size if nothing is resampled.
    """

    size: tuple[int, int]
    source_size: tuple[int, int]
    top: int
    left: int
    height: int
    width: int

    @property
    def is_resampled(self) -> bool:
        """Whether the source changes its size."""
        return (self.height, self.width) != self.source_size

    @property
    def is_enlarged(self) -> bool:
        """Whether the source becomes larger than it is, and so less sharp."""
        return self.height > self.source_size[0] and self.width > self.source_size[1]

    @property
    def is_whole(self) -> bool:
        """Whether the finished picture is the source, pixel by pixel."""
        return self.size == self.source_size and not (self.top or self.left or self.is_resampled)

    @property
    def scale(self) -> tuple[float, float]:
        """Pixels of the finished picture for one of the source: vertically, horizontally."""
        return self.height / self.source_size[0], self.width / self.source_size[1]


def subject_box(alpha: AlphaMatte) -> Box:
    """Find the box of everything that is to be seen of the subject.

    Returns
    -------
    Box
        The whole picture if nothing is.
    """
    extent = shown_extent(alpha, LEAST_SHOWN)
    return Box(0, 0, *alpha.shape) if extent is None else Box(*extent)


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
        BAD_OPTION if margin or aspect make the picture larger than `max_megapixels`.
    """
    is_cropped = options.crop or options.canvas is not None
    kept = subject if is_cropped else Box(0, 0, *source_size)
    margins = parse_margins(options.margin)
    if options.canvas is not None:
        return _on_canvas(source_size, kept, margins, options)
    kept = _with_margins(kept, margins)
    if options.aspect is not None:
        kept = _with_aspect(kept, options)
    size = (kept.bottom - kept.top, kept.right - kept.left)
    if size != source_size:
        _require_fitting(size, options)
    return Frame(size, source_size, -kept.top, -kept.left, *source_size)


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
    factor = 1.0
    if options.scale is not None:
        factor = options.scale * min(size[0] / sides[0], size[1] / sides[1])
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


def _keep_inside(offset: float, room: float) -> float:
    """Give the offset that leaves nothing of the subject out, where it is not larger itself."""
    return min(max(offset, 0.0), room) if room >= 0 else offset


def _require_fitting(size: tuple[int, int], options: OffcutOptions) -> None:
    megapixels = size[0] * size[1] / 1e6
    if megapixels > options.max_megapixels or max(size) > MAX_SIDE:
        name = "margin" if options.aspect is None else "aspect"
        raise bad_option(name, f"makes the picture too large: {size[1]} x {size[0]} pixels")
