"""Joins several inference passes over one picture to one matte: the ensemble of "best".

Decides: the crop around the subject, how much each pass and network counts, that a part which one
pass alone has found stays, the size of the joined matte.

The passes are of one network over several views of the picture (test-time augmentation: the
whole, its mirror image, the subject's crop), or of several networks over the whole picture.
Networks miss parts of a subject more often than they invent them, and each pass misses other
parts; so the passes are joined by a mean that leans towards the higher opacity.

A network that is wrong is seldom certain: its matte is half opaque in many places. So several
networks are weighted by how certain each is of the picture as a whole. Passes of one network
have equal weights: the least certain one has often found the most.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from offcut.arrays import CoarseAlpha
from offcut.kernels.sampling import resize_plane
from offcut.network.views import View

CROP_MARGIN: Final = 0.2
"""Share of the subject's box that is added on each side to make the crop."""
NEARLY_ALL: Final = 0.95
"""Share of the picture from which on a crop shows nothing new."""
FOUND: Final = 0.5
"""Opacity from which on a pixel belongs to the subject's box."""
FEWEST_CELLS: Final = 4
"""Rows and columns of the matte that a subject must have to be worth a pass of its own."""
LEAST_VARIANCE: Final = 0.01
"""No pass is weighted as more certain than this: a hundredth of the variance of a matte that is
half opaque everywhere."""
JOINED_SIDE: Final = 800
"""Long side of the joined matte at most: a little less than the finest network sees."""


@dataclass(frozen=True, slots=True)
class InferencePass:
    """What one run of a network has found in one view.

    Attributes
    ----------
    view : View
    alpha : float32, shape (h, w), range [0, 1]
        The coarse matte of the view, at the network's size.
    network : str
        The id of the network's model.
    """

    view: View
    alpha: CoarseAlpha
    network: str


def subject_view(size: tuple[int, int], passes: list[InferencePass]) -> View | None:
    """Give the view of the subject's own crop, as far as earlier passes have found it.

    Parameters
    ----------
    size : (int, int)
        The source's (height, width).
    passes : list of InferencePass
        All of the whole picture and of one size.

    Returns
    -------
    View or None
        None when hardly anything is found, or when the crop would be nearly everything.
    """
    found = np.zeros(passes[0].alpha.shape, np.bool_)
    for single in passes:
        found |= _unmirror(single) >= FOUND
    rows, columns = np.flatnonzero(found.any(axis=1)), np.flatnonzero(found.any(axis=0))
    if min(rows.size, columns.size) < FEWEST_CELLS:
        return None
    height, width = passes[0].alpha.shape
    top, bottom = _add_margin(int(rows[0]), int(rows[-1]) + 1, height, size[0])
    left, right = _add_margin(int(columns[0]), int(columns[-1]) + 1, width, size[1])
    view = View((left, top, right, bottom))
    return None if view.area > NEARLY_ALL * size[0] * size[1] else view


def join_passes(size: tuple[int, int], passes: list[InferencePass]) -> CoarseAlpha:
    """Join all passes to one coarse matte of the whole picture.

    Parameters
    ----------
    size : (int, int)
        The source's (height, width).
    passes : list of InferencePass
        Of one model or of several; the first one of the whole picture.

    Returns
    -------
    float32, shape (h, w), range [0, 1]
        The matte itself if there is one pass; else of the source's proportions, its long
        side at most `JOINED_SIDE`.

    Notes
    -----
    The weighted quadratic mean of the passes that cover a pixel: of (0, 1) it makes 0.71, so
    a part that only one pass has found stays, though less opaque than one that all have found.

    The weights of several networks are inverse variances: an opacity that is read as a
    probability p has the variance p (1 - p), and a pass has the mean of these over the
    picture. A pass of z times the first one's resolution has z times the weight.
    O(pixels of all passes).
    """
    if len(passes) == 1:
        return passes[0].alpha
    scale = min(1.0, JOINED_SIDE / max(size))
    shape = (max(1, round(size[0] * scale)), max(1, round(size[1] * scale)))
    total = np.zeros(shape, np.float32)
    weights = np.zeros(shape, np.float32)
    for single, weight in zip(passes, _weigh_passes(size, passes), strict=True):
        left, top, right, bottom = single.view.box
        rows = slice(round(top * shape[0] / size[0]), round(bottom * shape[0] / size[0]))
        columns = slice(round(left * shape[1] / size[1]), round(right * shape[1] / size[1]))
        target = total[rows, columns]
        if target.size:
            alpha = resize_plane(_unmirror(single), target.shape)
            target += weight * alpha * alpha
            weights[rows, columns] += weight
    return np.sqrt(total / weights).astype(np.float32, copy=False)


def are_of_one_network(passes: list[InferencePass]) -> bool:
    """Tell whether there are several passes, all of the same network."""
    return len(passes) > 1 and len({single.network for single in passes}) == 1


def _weigh_passes(size: tuple[int, int], passes: list[InferencePass]) -> list[np.float32]:
    """Give each pass its weight in the mean; see `join_passes`."""
    weights = [np.float32(_resolution(single) / _resolution(passes[0])) for single in passes]
    if len({single.network for single in passes}) == 1:
        return weights
    return [
        weight / np.float32(_mean_variance(single, size))
        for weight, single in zip(weights, passes, strict=True)
    ]


def _unmirror(single: InferencePass) -> CoarseAlpha:
    return single.alpha[:, ::-1] if single.view.is_mirrored else single.alpha


def _resolution(single: InferencePass) -> float:
    """Network pixels per source pixel, as a length."""
    return (single.alpha.size / single.view.area) ** 0.5


def _mean_variance(single: InferencePass, size: tuple[int, int]) -> float:
    """Mean variance over the whole picture, in units of that at opacity 0.5.

    At least `LEAST_VARIANCE`. Outside of the view it counts as 0, because a network is certain
    of what is far from the subject.
    """
    alpha = single.alpha
    variance = 4 * float((alpha * (1 - alpha)).mean(dtype=np.float64))
    return LEAST_VARIANCE + variance * single.view.area / (size[0] * size[1])


def _add_margin(start: int, stop: int, cells: int, pixels: int) -> tuple[int, int]:
    """Widen a span of the matte's cells by the margin, and give it in pixels of the source."""
    margin = CROP_MARGIN * (stop - start)
    first = round(max(0.0, start - margin) * pixels / cells)
    last = round(min(float(cells), stop + margin) * pixels / cells)
    return first, max(last, first + 1)
