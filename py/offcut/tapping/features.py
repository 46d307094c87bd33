"""What speaks for and against each guess, as numbers.

Decides: what counts as evidence: agreement, edges, the network's looks, the matte, colours that are
held already, earlier taps.

All of it is measured on the cells of the picture's parts, for all guesses at once.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from offcut.arrays import Floats
from offcut.kernels.dilation import window_maximum
from offcut.tapping.cells import Masks, ends_of, mean_in, share_of, to_cells, widen
from offcut.tapping.guesses import Found
from offcut.tapping.region_graph import CELL
from offcut.tapping.scene import Scene

RING: Final = 2
"""Cells around a region that are compared with it."""
BINS: Final = 6
STRONG: Final = 2.0
"""Contrast of an edge, in means of the picture."""
ORIGINS: Final = ("look", "snap", "color", "tree", "matte")
NAMES: Final = (
    "area", "border", "central", "solid", "share_of_open", "share_of_held",
    "votes", "votes_other",
    "edge", "grain", "relief", "closed",
    "alpha_in", "alpha_out", "touches", "crop_rim",
    "look_in", "look_out", "look_best", "look_least",
    "apart", "like_held", "like_rest",
    *ORIGINS, "level", "wide_view", "is_take",
)  # fmt: skip


def describe(scene: Scene, guesses: Sequence[Found]) -> Floats:
    """Describe guesses, at least one: float64, shape (guesses, len(NAMES))."""
    masks = np.stack([to_cells(guess.change, np.maximum) for guess in guesses])
    rings = widen(masks, RING) & ~masks & to_cells(scene.open, np.maximum)
    outlines = masks & widen(~masks, 1)
    columns = [
        *_shapes(scene, masks, outlines),
        *_votes(guesses, masks),
        *_edges(scene, masks, outlines),
        *_places(scene, guesses, masks, rings, outlines),
        *_looks(scene, masks, rings),
        *_colors(scene, masks),
        *(np.array([guess.origin == origin for guess in guesses]) for origin in ORIGINS),
        np.array([guess.level for guess in guesses]),
        np.array([guess.view == 0 for guess in guesses]),
        np.full(len(guesses), scene.kind == "take"),
    ]
    return np.stack([np.asarray(column, np.float64) for column in columns], axis=1)


def _shapes(scene: Scene, masks: Masks, outlines: Masks) -> list[NDArray[np.float64]]:
    """Measure size, place and form."""
    area = masks.sum(axis=(1, 2)).astype(np.float64)
    border = np.zeros(masks.shape[1:], np.bool_)
    border[[0, -1], :] = border[:, [0, -1]] = True
    height = np.ptp(ends_of(np.asarray(masks.any(axis=2))), axis=1) + 1
    width = np.ptp(ends_of(np.asarray(masks.any(axis=1))), axis=1) + 1
    away = to_cells(scene.away, np.minimum) / CELL
    inner = np.array([away[~mask].min(initial=1e3) for mask in masks])
    open_, held = (max(int(each.sum()), 1) for each in (scene.open, ~scene.open))
    return [
        np.log(area / border.size),
        share_of(outlines & border, outlines),
        np.minimum(inner / np.sqrt(area / math.pi), 1),
        area / (height * width),
        area * CELL**2 / open_,
        np.minimum(area * CELL**2 / held, 4),
    ]


def _votes(guesses: Sequence[Found], masks: Masks) -> list[NDArray[np.float64]]:
    """Say how much the others overlap: all of them, and the best of other origins."""
    packed = np.packbits(masks.reshape(len(masks), -1), axis=1)
    area = masks.sum(axis=(1, 2))
    both = np.stack([np.bitwise_count(packed & row).sum(axis=1, dtype=np.int64) for row in packed])
    table = both / np.maximum(area[:, np.newaxis] + area - both, 1)
    origin = np.array([guess.origin for guess in guesses])
    foreign = np.where(origin[:, np.newaxis] != origin, table, 0)
    best = np.sort(foreign, axis=1)[:, -3:]
    return [table.mean(axis=1), best.mean(axis=1)]


def _edges(scene: Scene, masks: Masks, outlines: Masks) -> list[NDArray[np.float64]]:
    """Measure the contrast along the outline, and inside."""
    contrast = to_cells(scene.contrast, np.maximum)
    mean = float(contrast.mean()) + 1e-3
    near = window_maximum(contrast, 1)
    edge, inner = mean_in(outlines, near) / mean, mean_in(masks & ~outlines, contrast) / mean
    return [
        np.minimum(edge, 6),
        np.minimum(inner, 6),
        np.minimum(edge / (inner + 0.1), 6),
        share_of(outlines & (near > STRONG * mean), outlines),
    ]


def _places(
    scene: Scene, guesses: Sequence[Found], masks: Masks, rings: Masks, outlines: Masks
) -> list[NDArray[np.float64]]:
    """Say what the matte has inside and around, and whether a guess ends where its look does."""
    values = scene.alpha if scene.kind == "add" else 1 - scene.alpha
    values = to_cells(values, np.add) / CELL**2
    touching = window_maximum(to_cells(~scene.open, np.maximum), 1)
    rim = np.zeros(len(masks))
    for at, guess in enumerate(guesses):
        if guess.view >= 0:
            end = _end_of_look(scene, guess.view)
            rim[at] = (outlines[at] & end).sum() / max(int(outlines[at].sum()), 1)
    return [
        mean_in(masks, values),
        mean_in(rings, values),
        share_of(outlines & touching, outlines),
        rim,
    ]


def _end_of_look(scene: Scene, view: int) -> NDArray[np.bool_]:
    """Give the cells at the rim of a look's crop that are not at the picture's own."""
    (rows, columns), _ = scene.seen[view]
    box = np.zeros(scene.alpha.shape, np.bool_)
    box[rows, columns] = True
    inside = to_cells(box, np.minimum)
    return inside & window_maximum(~inside, 1)


def _looks(scene: Scene, masks: Masks, rings: Masks) -> list[NDArray[np.float64]]:
    """Tell what the network's looks say inside and just outside, for this kind of tap."""
    inside, outside, counts = (np.zeros((len(scene.seen) + 1, len(masks))) for _ in range(3))
    for at, (place, alpha) in enumerate(scene.seen):
        values = np.zeros(scene.alpha.shape, np.float32)
        box = np.zeros(scene.alpha.shape, np.bool_)
        values[place] = alpha if scene.kind == "add" else 1 - alpha
        box[place] = True
        seen = to_cells(box, np.minimum)
        small = to_cells(values, np.add) / CELL**2
        counts[at] = share_of(masks & seen, masks) >= 0.5
        inside[at] = mean_in(masks & seen, small) * counts[at]
        outside[at] = mean_in(rings & seen, small) * counts[at]
    number = np.maximum(counts.sum(axis=0), 1)
    is_none = counts.sum(axis=0) == 0
    best = np.where(counts > 0, inside - outside, -1).max(axis=0)
    least = np.where(counts > 0, inside, 1).min(axis=0)
    return [
        inside.sum(axis=0) / number,
        outside.sum(axis=0) / number,
        np.where(is_none, 0, best),
        np.where(is_none, 0, least),
    ]


def _colors(scene: Scene, masks: Masks) -> list[NDArray[np.float64]]:
    """Compare colours: with what is around, with what is held, with what is left."""
    colors = np.asarray(scene.image)[::CELL, ::CELL].astype(np.intp) * BINS >> 8
    bins = (colors[..., 0] * BINS + colors[..., 1]) * BINS + colors[..., 2]
    around = widen(masks, 2 * RING) & ~masks
    held = to_cells(scene.alpha, np.add) / CELL**2 >= 0.5
    own = _histograms(bins, masks)
    like = [
        np.sqrt(own * _histograms(bins, other)).sum(axis=1)
        for other in (around, held & ~masks, ~held & ~masks)
    ]
    return [1 - like[0], like[1], like[2]]


def _histograms(bins: NDArray[np.intp], masks: Masks) -> NDArray[np.float64]:
    """Count the colours of each mask, as shares; all 0 of an empty one."""
    counts = np.stack([np.bincount(bins[mask], minlength=BINS**3) for mask in masks])
    return counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
