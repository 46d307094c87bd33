"""What speaks for and against each guess, as numbers.

Decides: what counts as evidence: agreement, edges, the network's looks, the matte, earlier taps.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from offcut.arrays import Floats
from offcut.kernels.dilation import window_maximum
from offcut.tapping.guesses import Found, overlap, rim_of
from offcut.tapping.scene import Scene

RING: Final = 4
"""Pixels around a region that are compared with it."""
BINS: Final = 8
ORIGINS: Final = ("look", "color", "walk", "matte")
NAMES: Final = (
    "one", "area", "area2", "votes", "votes_other", "edge", "grain", "relief", "look_in",
    "look_out", "look_best", "alpha_in", "alpha_out", "border", "crop_rim", "others", "apart",
    "central", "touches", "solid", "share_of_open", *ORIGINS, "level", "wide_view",
)  # fmt: skip


def describe(scene: Scene, guesses: Sequence[Found]) -> Floats:
    """Describe guesses: float64, shape (guesses, len(NAMES))."""
    bins = _bins(scene)
    votes = _votes(guesses)
    mean_contrast = float(scene.contrast.mean()) + 1e-3
    rows = [
        [*_shape(scene, guess), *votes[at], *_edges(scene, guess, mean_contrast)]
        + [*_looks(scene, guess), *_places(scene, guess), *_colors(scene, guess, bins)]
        + [float(guess.origin == origin) for origin in ORIGINS]
        + [float(guess.level), float(guess.view == 0)]
        for at, guess in enumerate(guesses)
    ]
    return np.asarray(rows, np.float64).reshape(len(rows), -1)


def _shape(scene: Scene, guess: Found) -> list[float]:
    area = int(guess.change.sum()) / guess.change.size
    size = math.log(area)
    return [1.0, size, size * size]


def _votes(guesses: Sequence[Found]) -> list[tuple[float, float]]:
    """Say how much the others overlap: all of them, and those of other origins."""
    count = len(guesses)
    table = np.eye(count)
    for one in range(count):
        for two in range(one):
            table[one, two] = table[two, one] = overlap(guesses[one].change, guesses[two].change)
    origins = np.array([guess.origin for guess in guesses])
    result: list[tuple[float, float]] = []
    for at in range(count):
        foreign = table[at][origins != origins[at]]
        best = np.sort(foreign)[-3:] if foreign.size else np.zeros(1)
        result.append((float(table[at].mean()), float(best.mean())))
    return result


def _edges(scene: Scene, guess: Found, mean: float) -> list[float]:
    """Measure the contrast along the outline, and inside."""
    outline = rim_of(guess.change)
    edge = float(scene.contrast[outline].mean()) / mean if outline.any() else 0.0
    inner = float(scene.contrast[guess.change].mean()) / mean
    return [min(edge, 6.0), min(inner, 6.0), min(edge / (inner + 0.1), 6.0)]


def _looks(scene: Scene, guess: Found) -> list[float]:
    """Tell what the network's looks say inside and just outside, for this kind of tap."""
    inside: list[float] = []
    outside: list[float] = []
    ring = window_maximum(guess.change, RING) & ~guess.change & scene.open
    for place, alpha in scene.seen:
        values = alpha if scene.kind == "add" else 1 - alpha
        inner, outer = guess.change[place], ring[place]
        if np.count_nonzero(inner) * 2 < np.count_nonzero(guess.change):
            continue
        inside.append(float(values[inner].mean()))
        outside.append(float(values[outer].mean()) if outer.any() else inside[-1])
    if not inside:
        return [0.0, 0.0, 0.0]
    apart = [one - two for one, two in zip(inside, outside, strict=True)]
    return [float(np.mean(inside)), float(np.mean(outside)), max(apart)]


def _places(scene: Scene, guess: Found) -> list[float]:
    values = scene.alpha if scene.kind == "add" else 1 - scene.alpha
    ring = window_maximum(guess.change, RING) & ~guess.change & scene.open
    outside = float(values[ring].mean()) if ring.any() else 0.0
    outline = rim_of(guess.change)
    total = max(int(outline.sum()), 1)
    border = np.zeros(guess.change.shape, np.bool_)
    border[[0, -1], :] = border[:, [0, -1]] = True
    rim = 0.0
    if guess.view >= 0:
        (rows, columns), _ = scene.seen[guess.view]
        box = np.zeros(guess.change.shape, np.bool_)
        box[rows, columns] = True
        rim = int((rim_of(box) & ~border & guess.change).sum()) / total
    held_by_others = any(guess.change[row, column] for row, column in scene.others)
    return [
        float(values[guess.change].mean()),
        outside,
        int((border & guess.change).sum()) / total,
        rim,
        float(held_by_others),
    ]


def _colors(scene: Scene, guess: Found, bins: NDArray[np.intp]) -> list[float]:
    change = guess.change
    ring = window_maximum(change, 2 * RING) & ~change
    area = int(change.sum())
    one = np.bincount(bins[change], minlength=BINS**3) / area
    two = np.bincount(bins[ring], minlength=BINS**3) / max(int(ring.sum()), 1)
    away = scene.away[~change].min(initial=1e3)
    filled_rows, filled_columns = np.nonzero(change)
    box = (np.ptp(filled_rows) + 1) * (np.ptp(filled_columns) + 1)
    touching = window_maximum(~scene.open, 1) & rim_of(change)
    total = max(int(rim_of(change).sum()), 1)
    return [
        1 - float(np.sqrt(one * two).sum()),
        min(float(away) / math.sqrt(area / math.pi), 1.0),
        int(touching.sum()) / total,
        area / float(box),
        area / max(int(scene.open.sum()), 1),
    ]


def _bins(scene: Scene) -> NDArray[np.intp]:
    values = (np.asarray(scene.image).astype(np.intp) * BINS) >> 8
    return (values[..., 0] * BINS + values[..., 1]) * BINS + values[..., 2]
