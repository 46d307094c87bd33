"""Drawing or photo: what lies on a flat background, and whether it may be cut off by its colour.

Decides: how thick lines may be and how few colours a drawing has; how well colours and network must
agree before a photo is cut so.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from PIL import Image

from offcut.arrays import CoarseAlpha, overlapping_bands
from offcut.flat_graphics.background_color import FlatBackground
from offcut.kernels.connected_components import Mask
from offcut.kernels.dilation import window_maximum

SEEN: Final = 0.5
"""Opacity in the network's matte from which on something is taken for subject."""
LEAST_AGREEMENT: Final = 0.8
"""Intersection over union with the network's subject, without which a photo is not cut."""
MOST_FILLED: Final = 0.97
"""Share of its box that a subject fills if it may be a photo in a frame."""
LINE_REACH: Final = 2
"""Pixels; a shape that is nowhere thicker than twice that is a line."""
MOST_DEEP: Final = 0.3
"""Share of a drawing of lines that may be thicker."""
LINE_REACH_NOISY: Final = 3
LEAST_PLAIN: Final = 0.6
"""Share of neighbours that are alike in a drawing of even colours; in a photo one third."""
FEW_COLORS: Final = 4
LEAST_COMMON: Final = 0.65
"""Share of the few commonest colours, of 4096, in a drawing; in a photo one half."""


def tell_drawing(mask: Mask, background: FlatBackground) -> bool:
    """Tell a drawing, of lines or of a few even colours, from a photo."""
    reach = LINE_REACH_NOISY if background.is_noisy else LINE_REACH
    drawn = deep = same = 0
    colors = np.zeros(1 << 12, np.int64)
    for rows, inner in overlapping_bands(mask.shape, reach):
        inside = ~window_maximum(mask[rows], reach)[inner, 1:]
        band = background.original.rgb_band(rows)[inner]
        drawn += int(np.count_nonzero(~mask[rows][inner]))
        deep += int(np.count_nonzero(inside))
        same += int(np.count_nonzero((band[:, 1:] == band[:, :-1]).all(axis=2) & inside))
        bins = (band[:, 1:][inside] >> 4).astype(np.intp)
        colors += np.bincount((bins[:, 0] << 8) | (bins[:, 1] << 4) | bins[:, 2], minlength=1 << 12)
    commonest = int(np.sort(colors)[-FEW_COLORS:].sum())
    is_of_lines = deep < MOST_DEEP * drawn
    return is_of_lines or same >= LEAST_PLAIN * deep or commonest >= LEAST_COMMON * deep


def is_plausible(mask: Mask, coarse: CoarseAlpha, *, is_drawn: bool) -> bool:
    """Ask the network about what colours alone do not show: photos, and frames of photos."""
    small = Image.fromarray(mask).convert("L").resize(coarse.shape[::-1], Image.Resampling.BOX)
    cut, seen = np.asarray(small) < 128, coarse >= SEEN
    union = int(np.count_nonzero(cut | seen))
    agreement = int(np.count_nonzero(cut & seen)) / max(union, 1)
    if agreement >= LEAST_AGREEMENT or not seen.any():
        return is_drawn or bool(seen.any())
    return is_drawn and not _fills_its_box(mask)


def _fills_its_box(mask: Mask) -> bool:
    rows = np.flatnonzero(~mask.all(axis=1))
    columns = np.flatnonzero(~mask.all(axis=0))
    box = mask[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return 1 - float(box.mean()) >= MOST_FILLED
