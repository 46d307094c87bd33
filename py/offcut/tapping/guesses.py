"""What a tap may mean: regions from the network's looks, from colours and from the matte.

Decides: at which thresholds and radii guesses are made, which of them are the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from offcut.arrays import Floats
from offcut.editing.geodesic import geodesic_distance
from offcut.kernels.dilation import window_maximum
from offcut.tapping.connected import fill_holes, part_at
from offcut.tapping.scene import Scene

Mask = NDArray[np.bool_]

LOOK_LEVELS: Final = (0.25, 0.5, 0.75)
MATTE_LEVELS: Final = (0.04, 0.15, 0.3, 0.7, 0.9)
COLOR_STEPS: Final = (14.0, 26.0, 44.0)
"""Distances of colour, in steps of brightness."""
WALK_REACHES: Final = (0.1, 0.2, 0.4)
"""Shares of the long side beyond which nothing belongs to the tapped thing."""
WALK_CONTRAST: Final = 2.0
"""Pixels of way that a step of brightness costs."""
EDGE: Final = 1.2
GRAIN: Final = 1.0
"""Contrast of a rim: so many times that of the inside, and steps of brightness on top."""
SAME: Final = 0.9
"""Overlap from which on two guesses are one."""
LEAST_PIXELS: Final = 6
MOST_OF_REST: Final = 0.8
"""Share of what is not held from which on it is the background, and no thing to add."""


class Found(NamedTuple):
    """A guess.

    Attributes
    ----------
    mask : bool, shape (h, w)
        The whole of what was found, held or not.
    change : bool, shape (h, w)
        What it would change.
    origin : str
        "look", "color", "walk" or "matte".
    level : int
        Of the threshold or radius, from 0.
    view : int
        Index of the look; -1 for the others.
    """

    mask: Mask
    change: Mask
    origin: str
    level: int
    view: int


def find_guesses(scene: Scene) -> list[Found]:
    """Find everything that a tap may mean; each holds the tap, no two change nearly the same."""
    kept: list[Found] = []
    for found in _all_guesses(scene):
        area = int(found.change.sum())
        if area < LEAST_PIXELS or not found.change[scene.row, scene.column]:
            continue
        if scene.kind == "add" and area > MOST_OF_REST * np.count_nonzero(scene.open):
            continue
        if all(overlap(found.change, other.change) < SAME for other in kept):
            kept.append(found)
    return kept


def overlap(one: Mask, other: Mask) -> float:
    """Give the share of what two masks have in common: their IoU."""
    both = int(np.count_nonzero(one & other))
    either = int(np.count_nonzero(one)) + int(np.count_nonzero(other)) - both
    return both / either if either else 1.0


def rim_of(mask: Mask) -> Mask:
    """Give the pixels of a mask at its rim."""
    return mask & window_maximum(~mask, 1)


def _all_guesses(scene: Scene) -> Iterator[Found]:
    for view, level, mask in _look_masks(scene):
        yield from _at_tap(scene, mask, "look", level, view)
    unlike = color_distance(scene)
    for level, step in enumerate(COLOR_STEPS):
        yield from _at_tap(scene, unlike < step, "color", level, -1, is_filled=True)
    yield from _walk_guesses(scene)
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
        part = part_at(part & _nearer_than_others(scene), scene.row, scene.column)
    if part is None:
        return
    if is_filled:
        part = fill_holes(part)
    yield Found(part, part & scene.open, origin, level, view)
    closed = part_at(part & scene.open, scene.row, scene.column)
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


def color_distance(scene: Scene) -> Floats:
    """Measure how far every colour is from the tap's: float32, (h, w)."""
    window = (
        slice(max(0, scene.row - 1), scene.row + 2),
        slice(max(0, scene.column - 1), scene.column + 2),
    )
    own = np.median(scene.smooth[window].reshape(-1, 3), axis=0)
    return np.sqrt(((scene.smooth - own.astype(np.float32)) ** 2).sum(axis=2))


def _walk_guesses(scene: Scene) -> Iterator[Found]:
    """Find what is nearer to the tap than to a circle around it, on ways that avoid edges."""
    far = scene.away
    own = _way_from(scene, far < 2)
    for level, reach in enumerate(WALK_REACHES):
        beyond = far > reach * max(far.shape)
        if not beyond.any():
            continue
        near = own < _way_from(scene, beyond)
        if _has_edge(scene, near):
            yield from _at_tap(scene, near, "walk", level, -1, is_filled=True)


def _nearer_than_others(scene: Scene) -> Mask:
    """Find what is nearer to the tap than to those of the other kind, on ways that avoid edges."""
    own = np.zeros(scene.alpha.shape, np.bool_)
    others = np.zeros(scene.alpha.shape, np.bool_)
    own[scene.row, scene.column] = True
    for place in scene.others:
        others[place] = True
    return _way_from(scene, own) < _way_from(scene, others)


def _way_from(scene: Scene, seeds: Mask) -> Floats:
    """Measure the shortest ways from some pixels, over which edges are far: float32, (h, w)."""
    across, down = (
        np.sqrt((np.diff(scene.smooth, axis=axis) ** 2).sum(axis=2)) * np.float32(WALK_CONTRAST)
        for axis in (1, 0)
    )
    return geodesic_distance(seeds, np.ones(scene.alpha.shape), across, down, scene.kernels)


def _has_edge(scene: Scene, mask: Mask) -> bool:
    """Tell whether a region ends at edges: on even ground it ends half-way to the circle."""
    rim = rim_of(mask)
    inside = mask & ~rim
    if not inside.any():
        return False
    return float(scene.contrast[rim].mean()) > EDGE * float(scene.contrast[inside].mean()) + GRAIN
