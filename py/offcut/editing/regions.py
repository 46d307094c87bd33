"""Regions that a person adds to the subject or takes from it by a tap, and their JSON form.

Decides: the form of a region among the corrections, how fine and how large it may be.

A region is a mask at a reduced size, as run lengths: pure data, so that showing and saving an
edit needs no network.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, cast

import numpy as np
from numpy.typing import NDArray

from offcut.options.options import bad_option

RegionKind = Literal["add", "take"]
REGION_KINDS: Final[tuple[RegionKind, ...]] = ("add", "take")

REGION_SIDE: Final = 512
"""Pixels of a mask's longer side at most: its true edge is found in the picture."""
_LEAST_SIDES: Final = 2


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the picture that belongs to the subject, or does not.

    Attributes
    ----------
    kind : {"add", "take"}
    size : (int, int)
        (height, width) of the mask, which stands for the whole picture; each 1 to `REGION_SIDE`.
    runs : tuple of int
        How many pixels, row by row, are outside, then inside, then outside and so on; only the
        first may be 0, and their sum is height * width.

    Raises
    ------
    OptionsError
        BAD_OPTION, with ``{"option": "strokes"}`` in `detail`.
    """

    kind: RegionKind
    size: tuple[int, int]
    runs: tuple[int, ...]

    def __post_init__(self) -> None:
        """Check every value."""
        if self.kind not in REGION_KINDS:
            raise _bad(f"have kinds {', '.join(REGION_KINDS)}, not {str(self.kind)[:40]!r}")
        if len(self.size) != _LEAST_SIDES or not all(
            _is_count(side) and 1 <= side <= REGION_SIDE for side in self.size
        ):
            raise _bad(f"of a region need a size of two numbers from 1 to {REGION_SIDE}")
        if not all(_is_count(run) and run >= (at > 0) for at, run in enumerate(self.runs)):
            raise _bad("of a region need runs of whole numbers above 0; the first may be 0")
        height, width = self.size
        if sum(self.runs) != height * width:
            raise _bad("of a region need runs that add up to height times width")

    def scale(self, _across: float, _down: float) -> Region:
        """Give the same region in a picture of another size: itself."""
        return self

    def mask(self) -> NDArray[np.bool_]:
        """Draw it: bool, shape `size`."""
        values = np.arange(len(self.runs)) % 2 == 1
        return np.repeat(values, self.runs).reshape(self.size)

    def to_json(self) -> dict[str, Any]:
        """Describe it as a JSON object, which `strokes_from_json` reads in a list."""
        return {"kind": self.kind, "size": list(self.size), "runs": list(self.runs)}


def region_of(kind: RegionKind, mask: NDArray[np.bool_]) -> Region:
    """Make a region of a mask, bool (h, w), whose sides are at most `REGION_SIDE`."""
    flat = mask.ravel()
    changes = np.flatnonzero(flat[1:] != flat[:-1]) + 1
    ends = np.concatenate(([0], changes, [flat.size]))
    runs = [int(run) for run in np.diff(ends)]
    if flat[0]:
        runs.insert(0, 0)
    return Region(kind, (mask.shape[0], mask.shape[1]), tuple(runs))


def is_region(value: Mapping[str, Any]) -> bool:
    """Tell a region's JSON object from a stroke's, by its kind."""
    return value.get("kind") in REGION_KINDS


def region_from_json(value: Mapping[str, Any]) -> Region:
    """Make a region of ``{"kind", "size": [h, w], "runs": [n, ...]}``.

    Raises
    ------
    OptionsError
        BAD_OPTION, for an unknown name as well.
    """
    if set(value) != {"kind", "size", "runs"}:
        raise _bad("of a region need kind, size and runs, and nothing else")
    size, runs = value["size"], value["runs"]
    if not isinstance(size, list) or not isinstance(runs, list):
        raise _bad("of a region need lists as size and runs")
    return Region(
        value["kind"],
        cast("tuple[int, int]", tuple(cast("list[int]", size))),
        tuple(cast("list[int]", runs)),
    )


def _is_count(value: object) -> bool:
    # bool is an int in Python, but no number of pixels.
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _bad(problem: str) -> Exception:
    return bad_option("strokes", problem)
