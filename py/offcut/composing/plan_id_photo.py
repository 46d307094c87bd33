"""How a photo for a passport is laid out: by crown, chin and eyes, in millimetres.

Decides: how large the head becomes (the middle of what is allowed), and where it is: by the eye
line where the format names one, else by the room above the crown; that the head is upright already,
and that its marks are in the picture.

Only geometry; no pixel is touched here.
"""

from __future__ import annotations

from typing import Final

from offcut.composing.frame import Frame
from offcut.options.id_photos import ID_PHOTOS, OWN, parse_id_size
from offcut.options.lengths import parse_length, parse_mark
from offcut.options.options import OffcutOptions, bad_option

MM_PER_INCH: Final = 25.4
ROOM_ABOVE: Final = 0.36
"""Share of the height beside the head that lies above it, where a format does not say."""
EYES: Final = 0.5
"""Share of the head, from the crown, at which the eyes are, where nobody has marked them."""

_ROUNDING: Final = 1
"""Pixels by which a mark at the very edge may miss a preview, whose size is rounded."""


def plan_id_photo(source_size: tuple[int, int], options: OffcutOptions) -> Frame:
    """Lay out a photo of the format `options.id_photo`.

    Parameters
    ----------
    source_size : (int, int)
        (height, width) of the source in pixels.
    options : OffcutOptions

    Raises
    ------
    OptionsError
        BAD_OPTION if a mark is not in the source, the chin not below the crown, or the eyes not
        between them.
    """
    width, height, head, line, top = _millimetres(options)
    per_mm = options.dpi / MM_PER_INCH
    crown_x, crown_y = _point("crown", options.crown, source_size)
    chin_x, chin_y = _point("chin", options.chin, source_size)
    if chin_y - crown_y < 1:
        raise bad_option("chin", "must be below the crown")
    factor = head * per_mm / (chin_y - crown_y)
    if options.eyes is None:
        eyes_y = crown_y + EYES * (chin_y - crown_y)
    else:
        eyes_y = parse_length(options.eyes).pixels(source_size[0])
        if not crown_y - _ROUNDING <= eyes_y <= chin_y + _ROUNDING:
            raise bad_option("eyes", "must be between crown and chin")
    size = (max(1, round(height * per_mm)), max(1, round(width * per_mm)))
    placed = tuple(max(1, round(side * factor)) for side in source_size)
    # Whole pixels change the factor a little.
    down, across = (placed[axis] / source_size[axis] for axis in (0, 1))
    if line is None:
        above = top * per_mm - crown_y * down
    else:
        above = (height - line) * per_mm - eyes_y * down
    left = size[1] / 2 - (crown_x + chin_x) / 2 * across
    return Frame(size, source_size, round(above), round(left), placed[0], placed[1])


def _millimetres(options: OffcutOptions) -> tuple[float, float, float, float | None, float]:
    """Give width, height, head, eye line (None if free) and room above of the format."""
    if options.id_photo == OWN:
        width, height = parse_id_size(options.id_size)
        head = min(options.id_head, height)
        return width, height, head, None, (height - head) * ROOM_ABOVE
    form = ID_PHOTOS[options.id_photo or ""]
    head = sum(form.head) / 2
    top = (form.height - head) * ROOM_ABOVE if form.top is None else form.top
    return form.width, form.height, head, form.eyes and sum(form.eyes) / 2, top


def _point(name: str, text: str | None, source_size: tuple[int, int]) -> tuple[float, float]:
    """Read a mark: (x, y) in pixels of the source."""
    height, width = source_size
    lengths = parse_mark(text or "")
    x, y = lengths.x.pixels(width), lengths.y.pixels(height)
    if x > width + _ROUNDING or y > height + _ROUNDING:
        raise bad_option(name, f"must be in the picture, which has {width} x {height} pixels")
    return x, y
