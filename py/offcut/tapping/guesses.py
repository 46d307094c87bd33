"""What a tap may mean: regions from the network's looks, from the picture's parts and the matte.

Decides: at which thresholds guesses are made, that a guess of the network gets the picture's own
edges, which guesses are the same, that none holds a place that was tapped the other way.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from offcut.arrays import Floats
from offcut.tapping.connected import fill_holes, part_at
from offcut.tapping.region_graph import CELL
from offcut.tapping.scene import Scene

Mask = NDArray[np.bool_]

LOOK_LEVELS: Final = (0.25, 0.5, 0.75)
PROMPT_LEVEL: Final = 0.5
MATTE_LEVELS: Final = (0.04, 0.15, 0.3, 0.7, 0.9)
COLOR_STEPS: Final = (14.0, 26.0, 44.0)
"""Distances of colour, in steps of brightness."""
SAME: Final = 0.9
"""Overlap from which on two guesses are one."""
LEAST_PIXELS: Final = 6
MOST_OF_REST: Final = 0.8
"""Share of what is not held from which on it is the background, and no thing to add."""
_MOSTLY: Final = 0.5
"""Share of a smallest part of the picture from which on a guess that is snapped has it."""


class Found(NamedTuple):
    """A guess.

    Attributes
    ----------
    mask : bool, shape (h, w)
        The whole of what was found, held or not.
    change : bool, shape (h, w)
        What it would change.
    origin : str
        "look", "snap" (a look, brought to the picture's parts), "color", "tree", "matte", or
        "prompt" (the answer of a network that is asked by clicks).
    level : float
        Of the threshold, or among the answer's masks, from 0; of a part of the picture, how much
        more its next larger one costs.
    view : int
        Index of the look; -1 for the others.
    """

    mask: Mask
    change: Mask
    origin: str
    level: float
    view: int


def find_guesses(scene: Scene) -> list[Found]:
    """Find everything that a tap may mean; each holds the tap, no two change nearly the same."""
    kept: list[Found] = []
    areas: list[int] = []
    rest = MOST_OF_REST * np.count_nonzero(scene.open)
    for found in _all_guesses(scene):
        area = int(np.count_nonzero(found.change))
        if area < LEAST_PIXELS or not found.change[scene.row, scene.column]:
            continue
        if scene.kind == "add" and area > rest:
            continue
        if any(found.change[place] for place in scene.others):
            continue
        is_known = (
            _may_be_same(area, other) and overlap(found.change, each.change) >= SAME
            for other, each in zip(areas, kept, strict=True)
        )
        if not any(is_known):
            kept.append(found)
            areas.append(area)
    return kept


def _may_be_same(area: int, other: int) -> bool:
    """Tell whether two regions of these areas can overlap by `SAME`."""
    return min(area, other) >= SAME * max(area, other)


def overlap(one: Mask, other: Mask) -> float:
    """Give the share of what two masks have in common: their IoU."""
    both = int(np.count_nonzero(one & other))
    either = int(np.count_nonzero(one)) + int(np.count_nonzero(other)) - both
    return both / either if either else 1.0


def _all_guesses(scene: Scene) -> Iterator[Found]:
    for level, alpha in enumerate(scene.prompted):
        yield from _at_tap(scene, alpha >= PROMPT_LEVEL, "prompt", level, -1)
    for view, level, mask in _look_masks(scene):
        for found in _at_tap(scene, mask, "look", level, view):
            yield found
            yield from _snapped(scene, found)
    unlike = color_distance(scene)
    for level, step in enumerate(COLOR_STEPS):
        yield from _at_tap(scene, unlike < step, "color", level, -1, is_filled=True)
    yield from _parts(scene)
    for level, step in enumerate(MATTE_LEVELS):
        yield from _at_tap(scene, scene.alpha >= step, "matte", level, -1)
        if scene.kind == "take":
            continue
        yield from _at_tap(scene, scene.alpha < step, "matte", level, -1)


def _at_tap(  # noqa: PLR0913 (what a guess is known by)
    scene: Scene, mask: Mask, origin: str, level: int, view: int, *, is_filled: bool = False
) -> Iterator[Found]:
    """Give the part of a mask at the tap, whole and as far as it is open."""
    part = part_at(mask, scene.row, scene.column)
    if part is not None and any(part[place] for place in scene.others):
        part = part_at(part & _without_others(scene), scene.row, scene.column)
    if part is None:
        return
    if is_filled:
        part = fill_holes(part)
    change = part & scene.open
    yield Found(part, change, origin, level, view)
    if np.count_nonzero(change) == np.count_nonzero(part):
        return
    closed = part_at(change, scene.row, scene.column)
    if closed is not None:
        yield Found(closed, closed, origin, level, view)


def _look_masks(scene: Scene) -> Iterator[tuple[int, int, Mask]]:
    """Threshold what the network has seen; for "take" also what it has not."""
    for view, (place, alpha) in enumerate(scene.seen):
        for level, step in enumerate(LOOK_LEVELS):
            mask = np.zeros(scene.alpha.shape, np.bool_)
            mask[place] = alpha >= step
            yield view, level, mask
            if scene.kind == "take":
                mask = np.zeros(scene.alpha.shape, np.bool_)
                mask[place] = alpha < step
                yield view, level, mask


def _snapped(scene: Scene, found: Found) -> Iterator[Found]:
    """Bring a guess to the picture's smallest parts: those that it holds more than half of."""
    leaf = scene.parts.leaf
    cells = found.mask[::CELL, ::CELL]
    held = np.bincount(leaf[cells], minlength=len(scene.leaf_sizes))
    chosen = held >= _MOSTLY * scene.leaf_sizes
    if chosen[leaf[scene.cell]]:
        mask = scene.enlarge(chosen[leaf])
        yield Found(mask, mask & scene.open, "snap", found.level, found.view)


def _parts(scene: Scene) -> Iterator[Found]:
    """Give the nested parts of the picture that hold the tap."""
    chain, since = scene.parts.around(*scene.cell)
    height = scene.parts.height
    for at, (region, parent) in enumerate(pairwise(chain)):
        mask = scene.enlarge(since <= at)
        firmness = np.log((height[parent] + 1) / (height[region] + 1))
        yield Found(mask, mask & scene.open, "tree", float(firmness), -1)


def color_distance(scene: Scene) -> Floats:
    """Measure how far every colour is from the tap's: float32, (h, w)."""
    window = (
        slice(max(0, scene.row - 1), scene.row + 2),
        slice(max(0, scene.column - 1), scene.column + 2),
    )
    own = np.median(scene.smooth[window].reshape(-1, 3), axis=0)
    return np.sqrt(((scene.smooth - own.astype(np.float32)) ** 2).sum(axis=2))


def _without_others(scene: Scene) -> Mask:
    """Give the largest part of the picture that holds the tap and no tap of the other kind."""
    _, since = scene.parts.around(*scene.cell)
    cells = [(row // CELL, column // CELL) for row, column in scene.others]
    return scene.enlarge(since < min(since[cell] for cell in cells))
