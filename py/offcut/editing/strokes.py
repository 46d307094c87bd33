"""Strokes of a brush, by which a person corrects the matte, and their JSON form.

Decides: the form of a strokes file, how many strokes and points and how large a brush are allowed,
what is said of a bad one.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal, cast

from offcut.editing.regions import Region, is_region, region_from_json
from offcut.options.options import bad_option

StrokeKind = Literal["keep", "remove", "paint", "erase"]
KINDS: Final[tuple[StrokeKind, ...]] = ("keep", "remove", "paint", "erase")

MOST_STROKES: Final = 1000
MOST_POINTS: Final = 10_000
"""Of one stroke."""
GREATEST_RADIUS: Final = 10_000.0
FARTHEST: Final = 1e6
"""Coordinates beyond this are no places around a picture."""

Point = tuple[float, float]
"""x to the right and y down, in pixels of the upright source; a pixel's centre is at .5."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """One movement of a round brush.

    Attributes
    ----------
    kind : {"keep", "remove", "paint", "erase"}
        A scribble: something belongs to the subject or does not, and its edge is found in
        the picture; or subject and background exactly where the brush was.
    radius : float, pixels, above 0, at most `GREATEST_RADIUS`
    points : sequence of (float, float)
        At least one; x and y in the source.

    Raises
    ------
    OptionsError
        BAD_OPTION, with ``{"option": "strokes"}`` in `detail`.
    """

    kind: StrokeKind
    radius: float
    points: tuple[Point, ...]

    def __post_init__(self) -> None:
        """Check every value."""
        if self.kind not in KINDS:
            raise _bad(f"have kinds {', '.join(KINDS)}, not {str(self.kind)[:40]!r}")
        if not _is_number(self.radius) or not 0 < self.radius <= GREATEST_RADIUS:
            raise _bad(f"need a radius above 0 and at most {GREATEST_RADIUS:g}")
        if not 1 <= len(self.points) <= MOST_POINTS:
            raise _bad(f"need 1 to {MOST_POINTS} points each")
        for point in self.points:
            if len(point) != 2 or not all(
                _is_number(value) and abs(value) <= FARTHEST for value in point
            ):
                raise _bad("need points of two numbers, [x, y]")

    def scale(self, across: float, down: float) -> Stroke:
        """Give the same stroke in a picture that is `across` times as wide, `down` as high."""
        return replace(
            self,
            radius=min(self.radius * math.sqrt(across * down), GREATEST_RADIUS),
            points=tuple((x * across, y * down) for x, y in self.points),
        )

    def to_json(self) -> dict[str, Any]:
        """Describe the stroke as a JSON object, which `strokes_from_json` reads in a list."""
        return {"kind": self.kind, "radius": self.radius, "points": [list(p) for p in self.points]}


Correction = Stroke | Region
"""What a person changes: both are in one list, in the order in which they count."""


def strokes_from_json(values: object) -> tuple[Correction, ...]:
    """Make strokes from a JSON array of ``{"kind", "radius", "points": [[x, y], ...]}``.

    Regions may be among them: ``{"kind", "size", "runs"}``, see `Region`.

    Raises
    ------
    OptionsError
        BAD_OPTION, for an unknown name as well.
    """
    if not isinstance(values, list):
        raise _bad("must be a list")
    strokes = cast("list[object]", values)
    if len(strokes) > MOST_STROKES:
        raise _bad(f"must not be more than {MOST_STROKES}")
    return tuple(_stroke_from_json(value) for value in strokes)


def _stroke_from_json(value: object) -> Correction:
    if not isinstance(value, Mapping):
        raise _bad("must be objects")
    stroke = cast("Mapping[str, Any]", value)
    if is_region(stroke):
        return region_from_json(stroke)
    if set(stroke) != {"kind", "radius", "points"}:
        raise _bad("need kind, radius and points, and nothing else")
    points = stroke["points"]
    if not isinstance(points, list) or not all(
        isinstance(point, list) for point in cast("list[object]", points)
    ):
        raise _bad("need a list of points, [x, y] each")
    pairs = cast("list[Sequence[float]]", points)
    return Stroke(stroke["kind"], stroke["radius"], tuple(cast("Any", tuple(p)) for p in pairs))


def _is_number(value: object) -> bool:
    # bool is an int in Python, but not a number of pixels.
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return is_number and math.isfinite(cast("float", value))


def _bad(problem: str) -> Exception:
    return bad_option("strokes", problem)
