"""A sheet of photos to print: as many as fit, with marks to cut along.

Decides: the papers, the margin that printers leave, the gap between photos, the marks, and whether
the paper lies or stands: whichever holds more.
"""

from __future__ import annotations

from itertools import product
from typing import Final

from PIL import Image, ImageDraw

from offcut.composing.plan_id_photo import MM_PER_INCH

PAPERS: Final = {"10x15": (100.0, 150.0), "a4": (210.0, 297.0), "letter": (215.9, 279.4)}
"""Width and height in millimetres, standing."""
MARGIN_MM: Final = 3.0
GAP_MM: Final = 1.0
MARK_MM: Final = 2.0
"""Length of a cutting mark."""
_MARK: Final = (120, 120, 120)
_WHITE: Final = (255, 255, 255)


def make_sheet(photo: Image.Image, paper: str, dpi: float) -> Image.Image:
    """Put a photo onto a sheet as often as it fits.

    Parameters
    ----------
    photo : PIL.Image.Image
        Mode RGB, at `dpi`.
    paper : str
        One of `PAPERS`.
    dpi : float
        Pixels an inch, of both.

    Returns
    -------
    PIL.Image.Image
        Mode RGB, of the paper's size.
    """
    per_mm = dpi / MM_PER_INCH
    short, long = (round(side * per_mm) for side in PAPERS[paper])
    sizes = [(short, long), (long, short)]
    margin, gap = round(MARGIN_MM * per_mm), round(GAP_MM * per_mm)
    counts = [_count(size, photo.size, margin, gap) for size in sizes]
    size, (across, down) = max(
        zip(sizes, counts, strict=True), key=lambda each: each[1][0] * each[1][1]
    )
    sheet = Image.new("RGB", size, _WHITE)
    draw = ImageDraw.Draw(sheet)
    left, top = (
        (room - count * side - (count - 1) * gap) // 2
        for room, count, side in zip(size, (across, down), photo.size, strict=True)
    )
    xs = [left + column * (photo.width + gap) for column in range(across)]
    ys = [top + row * (photo.height + gap) for row in range(down)]
    for place in product(xs, ys):
        sheet.paste(photo, place)
    _mark(draw, xs, ys, photo.size, round(MARK_MM * per_mm))
    return sheet


def _count(size: tuple[int, ...], photo: tuple[int, int], margin: int, gap: int) -> tuple[int, int]:
    """Say how many fit beside and below each other; one is there in any case."""
    across, down = (
        max(1, (room - 2 * margin + gap) // (side + gap))
        for room, side in zip(size, photo, strict=True)
    )
    return across, down


def _mark(
    draw: ImageDraw.ImageDraw, xs: list[int], ys: list[int], photo: tuple[int, int], length: int
) -> None:
    """Draw marks around all photos, where each cut begins and ends."""
    width, height = photo
    top, bottom = ys[0], ys[-1] + height
    left, right = xs[0], xs[-1] + width
    for x in (edge for start in xs for edge in (start, start + width - 1)):
        draw.line((x, top - length, x, top - 1), _MARK)
        draw.line((x, bottom, x, bottom + length - 1), _MARK)
    for y in (edge for start in ys for edge in (start, start + height - 1)):
        draw.line((left - length, y, left - 1, y), _MARK)
        draw.line((right, y, right + length - 1, y), _MARK)
