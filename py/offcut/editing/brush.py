"""A round brush that is moved along a path: which pixels it covers, and how far others are.

Decides: where a stroke's rim is, soft or hard; thin brushes; how a path is simplified.

Places are in pixels, x to the right and y down; a pixel's centre is at .5.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from offcut.composing.frame import Box
from offcut.editing.strokes import Point

_TOLERANCE: Final = 0.2
"""Pixels by which a simplified path may leave the true one: not to be seen."""


def reached_box(points: Sequence[Point], distance: float, size: tuple[int, int]) -> Box | None:
    """Find the box of the pixels that are nearer than `distance` to some points.

    Returns
    -------
    Box or None
        Inside a picture of `size` (height, width); None if nothing of it is.
    """
    low, high = np.min(points, axis=0) - distance, np.max(points, axis=0) + distance
    left, top = (max(0, int(value)) for value in np.floor(low))
    right, bottom = (int(value) for value in np.ceil(high))
    box = Box(top, left, min(bottom, size[0]), min(right, size[1]))
    return box if box.bottom > box.top and box.right > box.left else None


def cover(points: Sequence[Point], radius: float, box: Box) -> NDArray[np.uint8]:
    """Give how much of every pixel in a box a brush covers.

    Returns
    -------
    uint8, shape (height, width of the box)
        0 to 255; between them in the one pixel's width of the rim.
    """
    covered = np.zeros((box.bottom - box.top, box.right - box.left), np.uint8)
    for start, end in _segments(simplify(points)):
        inner = reached_box((start, end), radius + 1, (box.bottom, box.right))
        if inner is None:
            continue
        rows = slice(max(inner.top, box.top), inner.bottom)
        columns = slice(max(inner.left, box.left), inner.right)
        if rows.start >= rows.stop or columns.start >= columns.stop:
            continue
        y = np.arange(rows.start, rows.stop, dtype=np.float32) + np.float32(0.5)
        x = np.arange(columns.start, columns.stop, dtype=np.float32) + np.float32(0.5)
        value = np.clip(np.float32(radius + 0.5) - _distance(x, y, start, end), 0, 1)
        # A brush that is narrower than a pixel covers that little of it.
        value *= np.float32(255 * min(1.0, 2 * radius))
        value += np.float32(0.5)
        target = covered[
            rows.start - box.top : rows.stop - box.top,
            columns.start - box.left : columns.stop - box.left,
        ]
        np.maximum(target, value.astype(np.uint8), out=target)
    return covered


def draw(points: Sequence[Point], radius: float, shape: tuple[int, int]) -> NDArray[np.bool_]:
    """Draw a path, at least one pixel wide, into a picture of (height, width): a mask."""
    image = Image.new("L", (shape[1], shape[0]))
    pen = ImageDraw.Draw(image)
    width = max(1, round(2 * radius))
    if len(points) > 1:
        pen.line([(x - 0.5, y - 0.5) for x, y in points], 255, width)
    for x, y in points:
        pen.ellipse((x - 0.5 - radius, y - 0.5 - radius, x - 0.5 + radius, y - 0.5 + radius), 255)
    return np.asarray(image) > 0


def distances(points: Sequence[Point], shape: tuple[int, int]) -> NDArray[np.float32]:
    """Measure how far the pixels of a picture of (height, width) are from a path."""
    y = np.arange(shape[0], dtype=np.float32) + np.float32(0.5)
    x = np.arange(shape[1], dtype=np.float32) + np.float32(0.5)
    nearest = np.full(shape, np.inf, np.float32)
    for start, end in _segments(simplify(points)):
        np.minimum(nearest, _distance(x, y, start, end), out=nearest)
    return nearest


def simplify(points: Sequence[Point]) -> list[Point]:
    """Leave out the points that change nothing: Douglas and Peucker, 1973."""
    path = np.asarray(points, dtype=np.float64)
    kept = np.zeros(len(path), np.bool_)
    kept[[0, -1]] = True
    spans = [(0, len(path) - 1)]
    while spans:
        first, last = spans.pop()
        if last - first < 2:
            continue
        inner = path[first + 1 : last]
        far = _distances_to(inner, path[first], path[last])
        index = int(far.argmax())
        if far[index] > _TOLERANCE:
            middle = first + 1 + index
            kept[middle] = True
            spans += [(first, middle), (middle, last)]
    return [(float(x), float(y)) for x, y in path[kept]]


def _segments(points: Sequence[Point]) -> Iterator[tuple[Point, Point]]:
    if len(points) == 1:
        yield points[0], points[0]
    yield from itertools.pairwise(points)


def _distance(
    x: NDArray[np.float32], y: NDArray[np.float32], start: Point, end: Point
) -> NDArray[np.float32]:
    """Distance of a grid's places from a line segment: float32, shape (len(y), len(x))."""
    along_x, along_y = end[0] - start[0], end[1] - start[1]
    from_x = (x - np.float32(start[0]))[np.newaxis, :]
    from_y = (y - np.float32(start[1]))[:, np.newaxis]
    length = along_x * along_x + along_y * along_y
    if length > 0:
        share = from_x * np.float32(along_x / length) + from_y * np.float32(along_y / length)
        np.clip(share, 0, 1, out=share)
        from_x = from_x - share * np.float32(along_x)
        from_y = from_y - share * np.float32(along_y)
    return np.sqrt(from_x * from_x + from_y * from_y)


def _distances_to(points: NDArray[Any], start: NDArray[Any], end: NDArray[Any]) -> NDArray[Any]:
    """Distance of points, shape (n, 2), from a line segment: shape (n,)."""
    along = end - start
    length = float(along @ along)
    offset = points - start
    if length > 0:
        offset = offset - np.clip(offset @ along / length, 0, 1)[:, np.newaxis] * along
    return np.hypot(offset[:, 0], offset[:, 1])
