"""Where a person would draw: strokes on what is wrong in a first result, placed by a seed.

Decides: how thick and how long the strokes are that scribbles are measured with, what counts as a
thing that was missed.
"""

import math
from typing import Any, Final, cast

import numpy as np
from numpy.typing import NDArray
from offcut import Stroke
from offcut.kernels.connected_components import find_regions
from scipy import ndimage  # pyright: ignore[reportMissingTypeStubs] (it has none)

from dev.quality.outlines import Mask
from dev.quality.scores import CLEAR, Bytes, Truth

RADII: Final = (0.006, 0.035)
"""Of a brush: shares of the picture's longer side."""
MOST_LENGTH: Final = 0.25
"""Of a stroke, likewise."""
DABS: Final = 0.25
"""Share of strokes that are a single touch."""
NEAR: Final = 0.15
"""Strokes in the background begin at most this far from the subject."""
LEAST_THING: Final = 0.003
"""Share of the picture that something must have to be missed."""
STEP: Final = 0.5
"""Pixels between two looks along a line."""

Floats = NDArray[np.float32]
Random = np.random.Generator


def clearance(mask: Mask, most: int) -> Floats:
    """Measure how far the pixels of a mask are from what is outside of it, up to `most`."""
    if mask.all():
        return np.full(mask.shape, most, np.float32)
    distance = cast("Any", ndimage).distance_transform_edt(mask)
    return np.minimum(distance, most).astype(np.float32)


def stroke_in_background(truth: Truth, alpha: Bytes, random: Random) -> Stroke | None:
    """Place a "remove" that touches nothing of the subject; None if there is no room for it.

    Every other one begins where the first result holds some of the background, if it does.
    """
    side = max(alpha.shape)
    radius = side * math.exp(random.uniform(math.log(RADII[0]), math.log(RADII[1])))
    free = clearance(truth.alpha < CLEAR, math.ceil(NEAR * side))
    room = free > radius + 1
    starts = room & (free < NEAR * side)
    wrong = room & (alpha >= 128)
    if random.random() < 0.5 and wrong.any():
        starts = wrong
    if not starts.any():
        return None
    rows, columns = np.nonzero(starts)
    at = int(random.integers(rows.size))
    start = (int(rows[at]), int(columns[at]))
    if random.random() < DABS:
        return _stroke("remove", radius, [start])
    angles = random.uniform(0, 2 * math.pi, 8)
    length = random.uniform(0.05, MOST_LENGTH) * side
    return _stroke("remove", radius, [start, _farthest(room, start, angles, length)])


def missed_things(truth: Truth, alpha: Bytes) -> list[Mask]:
    """Find the connected parts of the subject that the first result lacks, largest first."""
    missed = truth.solid & (alpha < 128)
    regions = find_regions([missed], is_diagonal=False, most_runs=missed.size)
    if regions is None:
        return []
    sizes = regions.total(regions.length)
    things: list[Mask] = []
    for number in np.argsort(-sizes, kind="stable"):
        if sizes[number] < LEAST_THING * missed.size:
            break
        thing = np.zeros_like(missed)
        regions.paint(thing, np.arange(regions.count) == number, value=True)
        things.append(thing)
    return things


def stroke_on_thing(thing: Mask) -> Stroke | None:
    """Draw a "keep" through the middle of a thing; None if it is too thin to be hit."""
    side = max(thing.shape)
    inner = clearance(thing, math.ceil(NEAR * side))
    pole = np.unravel_index(int(inner.argmax()), thing.shape)
    start = (int(pole[0]), int(pole[1]))
    radius = min(0.02 * side, 0.7 * float(inner[start]))
    if radius < 1.5:
        return None
    angles = np.linspace(0, math.pi, 18, endpoint=False)
    room = inner > 0.7 * radius
    ends = [_farthest(room, start, angles + turn, MOST_LENGTH / 2 * side) for turn in (0, math.pi)]
    return _stroke("keep", radius, [ends[0], start, ends[1]])


def _farthest(
    room: Mask, start: tuple[int, int], angles: NDArray[np.float64], length: float
) -> tuple[int, int]:
    """Go straight from a pixel inside of a mask, where that leads farthest."""
    best, end = 0.0, start
    for angle in angles:
        steps = np.arange(0, length, STEP)
        rows = np.floor(start[0] + 0.5 + steps * math.sin(angle)).astype(np.intp)
        columns = np.floor(start[1] + 0.5 + steps * math.cos(angle)).astype(np.intp)
        inside = (rows >= 0) & (rows < room.shape[0]) & (columns >= 0) & (columns < room.shape[1])
        inside[inside] = room[rows[inside], columns[inside]]
        count = int(inside.size if inside.all() else inside.argmin())
        if count and count * STEP > best:
            best, end = count * STEP, (int(rows[count - 1]), int(columns[count - 1]))
    return end


def _stroke(kind: str, radius: float, pixels: list[tuple[int, int]]) -> Stroke:
    points = tuple((column + 0.5, row + 0.5) for row, column in pixels)
    return Stroke("keep" if kind == "keep" else "remove", round(radius, 2), points)
