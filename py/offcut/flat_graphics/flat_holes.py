"""Which closed regions of the background's colour are holes, and which belong to the subject.

Decides: whether the inside of a letter or ring is cut out and the white of an eye or of text on a
button kept.

Colours cannot tell the counter of a letter from the white of an eye. What surrounds them can,
mostly: a hole lies in lines of one colour that are not much wider than itself.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from offcut.arrays import CoarseAlpha, row_bands
from offcut.flat_graphics.background_color import FlatBackground
from offcut.kernels.connected_components import Mask, Regions, find_regions
from offcut.kernels.sampling import nearest

MOST_RUNS_PER_ROW: Final = 400
"""Stretches of background in a row, on average, from which on a picture is noise."""
LARGE: Final = 12.0
"""Network pixels that a hole needs to be seen by the network."""
UNSEEN: Final = 0.5
"""Mean opacity in the network's matte under which a hole that it can see is one."""
LEAST_CHORD: Final = 0.28
"""Width of a hole, as a share of the width of the line around it."""
SAME_COLOR: Final = 24.0
"""Standard deviation, in levels, of the colour of what is drawn in one colour."""
MOSTLY: Final = 0.3
"""Share of a shape that has its strongest colour, unless the shape is only outlined in it."""
FULL_COLOR: Final = 0.85
"""Share of a shape's greatest strength from which on a colour is not mixed with the background."""


def find_holes(
    background: FlatBackground, pale: Regions, closed: Mask, mask: Mask, coarse: CoarseAlpha
) -> Mask:
    """Tell which closed regions of the background's colour are holes.

    Parameters
    ----------
    background : FlatBackground
    pale : Regions
        All that has the background's colour.
    closed : bool, shape (pale.count,)
        Which of them do not reach the border.
    mask : bool, shape (H, W)
        The background as far as it reaches the border.
    coarse : float32, shape (h, w), range [0, 1]
        The network's matte.

    Returns
    -------
    bool, shape (pale.count,)
        What the network sees as background is a hole. What it sees as subject, or is too
        small to be seen, is one in lines of a single colour that are not much wider: in a ring,
        a letter, but not in a button with white text on it.
    """
    if not closed.any():
        return closed
    height, width = mask.shape
    area = pale.total(pale.length)
    down = nearest(slice(0, height), height, coarse.shape[0])[pale.row]
    across = nearest(slice(0, width), width, coarse.shape[1])[pale.middle]
    seen = pale.total(pale.length * coarse[down, across]) / area
    is_large = area >= LARGE * height * width / coarse.size
    return closed & ((is_large & (seen < UNSEEN)) | _lie_in_lines(background, pale, closed, mask))


def _lie_in_lines(background: FlatBackground, pale: Regions, closed: Mask, mask: Mask) -> Mask:
    """Tell which closed regions lie in lines of one colour."""
    left_out = mask.copy()
    pale.paint(left_out, closed, value=True)
    shapes = find_regions(
        (~left_out[rows] for rows in row_bands(*mask.shape)),
        is_diagonal=True,
        most_runs=MOST_RUNS_PER_ROW * len(mask),
    )
    if shapes is None:
        return np.zeros_like(closed)
    holes = np.flatnonzero(closed)
    owner = _shape_beside(pale, shapes)[holes]
    # All holes of one shape share their fate: a word with half of its counters cut is wrong.
    area = np.bincount(owner, pale.total(pale.length)[holes], shapes.count)
    runs = np.bincount(owner, pale.runs()[holes], shapes.count)
    is_line = area * shapes.runs() >= LEAST_CHORD * shapes.total(shapes.length) * runs
    is_line &= _have_one_color(background, shapes)
    result = np.zeros_like(closed)
    result[holes] = is_line[owner]
    return result


def _shape_beside(pale: Regions, shapes: Regions) -> NDArray[np.intp]:
    """Give the shape to the left of every closed region: intp, shape (pale.count,)."""
    line = shapes.shape[1] + 1
    before = np.searchsorted(shapes.row * line + shapes.stop, pale.row * line + pale.start)
    before = np.minimum(before, len(shapes.row) - 1)
    touches = (shapes.row[before] == pale.row) & (shapes.stop[before] == pale.start)
    owner = np.zeros(pale.count, np.intp)
    owner[pale.region[touches]] = shapes.region[before[touches]]
    return owner


def _have_one_color(background: FlatBackground, shapes: Regions) -> Mask:
    """Tell which shapes have one colour, judged by the middle of their longer, stronger runs."""
    strength = background.distance[shapes.row, shapes.middle]
    strongest = np.zeros(shapes.count, np.uint8)
    np.maximum.at(strongest, shapes.region, strength)
    chord = shapes.total(shapes.length) / shapes.runs()
    is_long = shapes.length >= chord[shapes.region] / 2
    is_full = is_long & (strength >= FULL_COLOR * strongest[shapes.region])
    colors = _middle_colors(background, shapes) * np.array(background.weights)
    weight = np.where(is_full, shapes.length, 0).astype(np.float64)
    total = np.maximum(shapes.total(weight), 1)
    variance = np.zeros(shapes.count)
    for values in colors.T:
        mean = shapes.total(weight * values) / total
        variance = np.maximum(variance, shapes.total(weight * values**2) / total - mean**2)
    is_mostly_full = total >= MOSTLY * shapes.total(shapes.length * is_long)
    return is_mostly_full & (variance <= (SAME_COLOR + 3 * background.noise) ** 2)


def _middle_colors(background: FlatBackground, shapes: Regions) -> NDArray[np.float64]:
    """Give the colour in the middle of every run: shape (n, 3)."""
    colors = np.zeros((len(shapes.row), 3), np.float64)
    for rows in row_bands(*shapes.shape):
        first, last = np.searchsorted(shapes.row, (rows.start, rows.stop))
        span = slice(int(first), int(last))
        colors[span] = background.pixels(rows)[shapes.row[span] - rows.start, shapes.middle[span]]
    return colors
