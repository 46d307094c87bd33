"""Which looks at a picture the networks take, and how they are joined into one matte.

A look is one run of one network on the whole picture, its mirror image or the subject's
crop. Networks miss parts of a subject more often than they invent them, and in every look
they miss other parts; so the looks are joined by a mean that leans towards the higher
opacity. And a network that is wrong is seldom sure of it: half opaque patches lie all over
its matte. So of several networks each counts by how sure it is of the picture as a whole.
Looks of one network count alike: the one that is least sure has often found the most.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from PIL import Image

from offcut.arrays import CoarseAlpha
from offcut.kernels.sampling import resize_plane

CROP_MARGIN: Final = 0.2
"""Share of the subject's box that is added on each side before the look at it."""
NEARLY_ALL: Final = 0.95
"""Share of the picture from which on a crop shows nothing new."""
FOUND: Final = 0.5
"""Opacity from which on a pixel belongs to the subject's box."""
FEWEST_CELLS: Final = 4
"""Rows and columns of the matte that a subject must have to be worth a look."""
LEAST_DOUBT: Final = 0.01
"""No look counts as surer than this: a hundredth of a matte that is half opaque everywhere."""
JOINED_SIDE: Final = 800
"""Long side of the joined matte at most: a little less than the finest network sees."""


@dataclass(frozen=True, slots=True)
class View:
    """What a network is shown of a picture.

    Attributes
    ----------
    box : (int, int, int, int)
        Left, top, right, bottom in pixels of the source.
    is_mirrored : bool
        Left and right are exchanged before the run, and back in the joined matte.
    resample : PIL.Image.Resampling
        How the box is squeezed to the network's size.
    """

    box: tuple[int, int, int, int]
    is_mirrored: bool = False
    resample: Image.Resampling = Image.Resampling.BILINEAR


@dataclass(frozen=True, slots=True)
class Look:
    """What a network saw.

    Attributes
    ----------
    view : View
    alpha : float32, shape (h, w), range [0, 1]
        The coarse matte of the view, at the network's size.
    network : str
        Whose look it is: its model's id.
    """

    view: View
    alpha: CoarseAlpha
    network: str


def whole_view(size: tuple[int, int]) -> View:
    """Give the view of a whole picture of (height, width)."""
    return View((0, 0, size[1], size[0]))


def mirrored_view(size: tuple[int, int]) -> View:
    """Give the mirrored view, squeezed as sharply as can be: it differs in all that it can."""
    return View((0, 0, size[1], size[0]), is_mirrored=True, resample=Image.Resampling.LANCZOS)


def subject_view(size: tuple[int, int], looks: list[Look]) -> View | None:
    """Give the view of the subject's own crop, as far as earlier looks have found it.

    Parameters
    ----------
    size : (int, int)
        The source's (height, width).
    looks : list of Look
        All of the whole picture and of one size.

    Returns
    -------
    View or None
        None when hardly anything is found, or when the crop would be nearly everything.
    """
    found = np.zeros(looks[0].alpha.shape, np.bool_)
    for look in looks:
        found |= _upright(look) >= FOUND
    rows, columns = np.flatnonzero(found.any(axis=1)), np.flatnonzero(found.any(axis=0))
    if min(rows.size, columns.size) < FEWEST_CELLS:
        return None
    height, width = looks[0].alpha.shape
    top, bottom = _with_margin(int(rows[0]), int(rows[-1]) + 1, height, size[0])
    left, right = _with_margin(int(columns[0]), int(columns[-1]) + 1, width, size[1])
    view = View((left, top, right, bottom))
    return None if _area(view) > NEARLY_ALL * size[0] * size[1] else view


def join_looks(size: tuple[int, int], looks: list[Look]) -> CoarseAlpha:
    """Join all looks into one coarse matte of the whole picture.

    Parameters
    ----------
    size : (int, int)
        The source's (height, width).
    looks : list of Look
        Of one model or of several; the first one of the whole picture.

    Returns
    -------
    float32, shape (h, w), range [0, 1]
        The matte itself if there is one look; else of the source's proportions, its long
        side at most `JOINED_SIDE`.

    Notes
    -----
    The quadratic mean of the looks that cover a pixel: of (0, 1) it makes 0.71, so a part
    that one look has found stays in, though less surely than one that all have found.

    The weights of several networks are inverse variances: an opacity that is read as a
    probability p has the variance p (1 - p), and of that a look has a certain mean over the
    picture. A look of z times the first one's resolution counts z times as much again.
    O(pixels of all looks).
    """
    if len(looks) == 1:
        return looks[0].alpha
    scale = min(1.0, JOINED_SIDE / max(size))
    shape = (max(1, round(size[0] * scale)), max(1, round(size[1] * scale)))
    total = np.zeros(shape, np.float32)
    weights = np.zeros(shape, np.float32)
    are_several = len({look.network for look in looks}) > 1
    for look in looks:
        weight = np.float32(_resolution(look) / _resolution(looks[0]))
        if are_several:
            weight /= np.float32(_doubt(look, size))
        left, top, right, bottom = look.view.box
        rows = slice(round(top * shape[0] / size[0]), round(bottom * shape[0] / size[0]))
        columns = slice(round(left * shape[1] / size[1]), round(right * shape[1] / size[1]))
        target = total[rows, columns]
        if target.size:
            seen = resize_plane(_upright(look), target.shape)
            target += weight * seen * seen
            weights[rows, columns] += weight
    return np.sqrt(total / weights).astype(np.float32, copy=False)


def _upright(look: Look) -> CoarseAlpha:
    return look.alpha[:, ::-1] if look.view.is_mirrored else look.alpha


def _resolution(look: Look) -> float:
    """Network pixels per source pixel, as a length."""
    return (look.alpha.size / _area(look.view)) ** 0.5


def _doubt(look: Look, size: tuple[int, int]) -> float:
    """Mean variance of a look over the whole picture, from `LEAST_DOUBT` to 1 and a little.

    Outside its box a look has none, as it would hardly have there if it had looked.
    """
    alpha = look.alpha
    variance = 4 * float((alpha * (1 - alpha)).mean(dtype=np.float64))
    return LEAST_DOUBT + variance * _area(look.view) / (size[0] * size[1])


def _area(view: View) -> int:
    """Give the area of a view, in pixels of the source."""
    left, top, right, bottom = view.box
    return (right - left) * (bottom - top)


def _with_margin(start: int, stop: int, cells: int, pixels: int) -> tuple[int, int]:
    """Give the pixels of a span of the matte's cells, widened by the margin."""
    margin = CROP_MARGIN * (stop - start)
    first = round(max(0.0, start - margin) * pixels / cells)
    last = round(min(float(cells), stop + margin) * pixels / cells)
    return first, max(last, first + 1)
