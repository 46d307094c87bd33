"""Outlines of made subjects, and what makes an outline hard: hair, blur, motion, glass."""

from collections.abc import Sequence

import numpy as np

from dev.quality.made_pictures.drawing import (
    Point,
    Shape,
    box,
    circle,
    ellipse,
    line,
    polygon,
    union,
)
from dev.quality.made_pictures.textures import Plane

ASTRONAUT: Sequence[Point] = (
    (185, 138), (162, 112), (157, 85), (161, 62), (174, 48), (193, 32), (216, 20), (240, 20),
    (261, 30), (280, 47), (295, 63), (297, 85), (290, 108), (277, 126), (265, 138), (261, 160),
    (257, 172), (275, 183), (290, 202), (301, 227), (304, 247), (330, 262), (344, 287),
    (351, 307), (357, 337), (385, 347), (420, 352), (454, 372), (478, 402), (490, 435),
    (492, 470), (492, 511), (22, 511), (24, 450), (29, 382), (38, 322), (53, 282), (77, 243),
    (114, 218), (121, 190), (128, 171), (147, 157), (170, 152), (183, 152),
)  # fmt: skip
"""Just inside of the portrait astronaut.png, in its pixels."""

HAIRLINE: Sequence[Point] = ASTRONAUT[1:14]


def transform(points: Sequence[Point], scale: float, left: float, top: float) -> list[Point]:
    """Take a photo's points to where `place_photo` lays it."""
    return [(x * scale + left, y * scale + top) for x, y in points]


def cup(scale: float, left: float, top: float) -> Shape:
    """Outline cup and saucer of coffee.png, laid with `place_photo`."""
    return union(
        ellipse(278 * scale + left, 226 * scale + top, 192 * scale, 150 * scale),
        ellipse(290 * scale + left, 108 * scale + top, 112 * scale, 88 * scale),
    )


def cat(scale: float, left: float, top: float) -> Shape:
    """Outline the face of chelsea.png, laid with `place_photo`."""
    return ellipse(215 * scale + left, 160 * scale + top, 125 * scale, 130 * scale)


def hairs(roots: Sequence[Point], middle: Point, length: float, count: int, seed: int) -> Shape:
    """Draw curved hairs that grow from a line, away from a middle."""
    rng = np.random.default_rng(seed)
    path = np.array(roots, np.float64)
    strands: list[Shape] = []
    for place in rng.uniform(0, len(path) - 1, count):
        at = int(place)
        root = path[at] + (path[min(at + 1, len(path) - 1)] - path[at]) * (place - at)
        away = root - np.array(middle)
        away *= length * rng.uniform(0.4, 1) / max(float(np.hypot(*away)), 1)
        across = np.array([-away[1], away[0]]) * rng.uniform(-0.5, 0.5)
        curve = [root - 0.3 * away + away * step + across * step**2 for step in (0, 0.4, 0.8, 1.3)]
        points = [(float(x), float(y)) for x, y in curve]
        strands += [line(points[:3], rng.uniform(0.9, 1.6)), line(points[2:], 0.7)]
    return union(*strands)


def around(x: float, y: float, across: float, down: float, count: int = 48) -> list[Point]:
    """List points on an ellipse, to root hairs on."""
    angles = np.linspace(0, 2 * np.pi, count)
    return [(x + across * float(np.cos(a)), y + down * float(np.sin(a))) for a in angles]


def mug(x: float, top: float, height: float) -> Shape:
    """Draw a mug with a handle that one can look through."""
    across = height * 0.36
    return union(
        ellipse(x + across, top + height * 0.5, height * 0.3, height * 0.3),
        ellipse(x + across, top + height * 0.5, height * 0.19, height * 0.19, fill=0),
        box(x - across, top, x + across, top + height * 0.9),
        ellipse(x, top, across, height * 0.09),
        ellipse(x, top + height * 0.9, across, height * 0.09),
    )


def figure(x: float, top: float, height: float) -> Shape:
    """Draw a standing person, as a sign shows one."""
    unit = height / 8
    return union(
        circle(x, top + unit * 0.8, unit * 0.8),
        ellipse(x, top + unit * 3.2, unit * 1.15, unit * 1.7),
        line([(x - unit, top + unit * 2.2), (x - unit * 2.2, top + unit * 4.4)], unit * 0.5),
        line([(x + unit, top + unit * 2.2), (x + unit * 2.4, top + unit * 1.2)], unit * 0.5),
        line([(x - unit * 0.5, top + unit * 4.4), (x - unit * 0.8, top + unit * 8)], unit * 0.7),
        line([(x + unit * 0.5, top + unit * 4.4), (x + unit * 0.9, top + unit * 8)], unit * 0.7),
    )


def plant(x: float, bottom: float, height: float, seed: int) -> Shape:
    """Draw a pot with thin stems and leaves."""
    rng = np.random.default_rng(seed)
    unit = height / 4
    parts = [
        polygon([(x - unit * 0.7, bottom - unit), (x + unit * 0.7, bottom - unit),
                 (x + unit * 0.5, bottom), (x - unit * 0.5, bottom)])
    ]  # fmt: skip
    for lean in np.linspace(-1.5, 1.5, 9):
        tip = (x + lean * unit, bottom - unit * (2.4 + 1.3 * float(rng.uniform())))
        bend = (x + lean * unit * 0.3, bottom - unit * 2)
        parts.append(line([(x, bottom - unit), bend, tip], 2.2))
        parts.append(ellipse(*tip, unit * 0.16, unit * 0.3))
        parts.append(ellipse(*bend, unit * 0.2, unit * 0.12))
    return union(*parts)


def motion_blur(matte: Plane, along: int, down: int) -> Plane:
    """Let the subject move by some pixels while the picture is taken."""
    steps = max(abs(along), abs(down)) + 1
    shifts = [
        np.roll(matte, (round(down * share), round(along * share)), axis=(0, 1))
        for share in np.linspace(-0.5, 0.5, steps)
    ]
    return np.mean(shifts, axis=0)


def see_through(matte: Plane, window: Plane, opacity: float) -> Plane:
    """Let the background shine through a part of the subject, as through glass or a veil."""
    return matte * (1 - window * (1 - opacity))
