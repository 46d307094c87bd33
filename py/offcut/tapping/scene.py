"""Everything that is known at a tap, at the size at which guesses are made.

Decides: at which size regions are looked for (WORK_SIDE), how colours are compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from offcut.arrays import CoarseAlpha, Floats
from offcut.editing.regions import RegionKind
from offcut.kernels.interface import Kernels
from offcut.kernels.sampling import resize_plane
from offcut.network.views import View
from offcut.tapping.region_graph import CELL
from offcut.tapping.region_tree import RegionTree

WORK_SIDE: Final = 320
"""Long side in pixels: what the network sees of the whole picture."""
CHROMA: Final = 1.5
"""What a step of chroma counts, in steps of brightness: shades of one thing differ in those."""
HELD: Final = 0.5
"""Opacity from which on a pixel is in the subject."""
FAINT: Final = 0.1
FULL: Final = 0.9
"""Opacity: what is between the two is half clear."""


TapWay = Literal["tap", "hover", "click", "ahead"]


class Tap(NamedTuple):
    """A click on something that is missing ("add") or too much ("take"); pixels of the source.

    Without a kind it is for what lies there to say.
    """

    x: float
    y: float
    kind: RegionKind | None = None


class Look(NamedTuple):
    """What the network has answered for a crop."""

    view: View
    alpha: CoarseAlpha


@dataclass(frozen=True, eq=False)
class Scene:
    """A tap and its surroundings.

    Attributes
    ----------
    image : PIL.Image.Image
        RGB, (h, w) at working size.
    alpha : float32, shape (h, w), range [0, 1]
        The matte so far.
    kind : {"add", "take"}
    row, column : int
        Of the tap.
    others : sequence of (row, column)
        Earlier taps of the other kind, whose places the answer should leave alone.
    looks : sequence of Look
    source_size : (int, int)
        (height, width), in whose pixels the looks' views are.
    smooth : float32, shape (h, w, 3)
        See `smooth_colors`.
    parts : RegionTree
        The picture's parts.
    prompted : sequence of float32, shape (h, w), range [0, 1]
        What networks that are asked by clicks have found at the tap.
    limit : float
        Opacity from which on a pixel counts as held: `HELD`, or another where the tap's own place
        is half clear.
    """

    image: Image.Image
    alpha: Floats
    kind: RegionKind
    row: int
    column: int
    others: Sequence[tuple[int, int]]
    looks: Sequence[Look]
    source_size: tuple[int, int]
    smooth: Floats
    parts: RegionTree
    limit: float = HELD
    prompted: Sequence[Floats] = ()

    @cached_property
    def open(self) -> NDArray[np.bool_]:
        """What the tap can change: what is not held for "add", what is held for "take"."""
        held = self.alpha >= self.limit
        return ~held if self.kind == "add" else held

    @cached_property
    def away(self) -> NDArray[np.float64]:
        """How far every pixel is from the tap: shape (h, w), pixels."""
        rows, columns = np.ogrid[: self.alpha.shape[0], : self.alpha.shape[1]]
        return np.hypot(rows - self.row, columns - self.column)

    @property
    def cell(self) -> tuple[int, int]:
        """Where the tap is among the cells of `parts`."""
        return self.row // CELL, self.column // CELL

    @cached_property
    def leaf_sizes(self) -> NDArray[np.intp]:
        """How many cells each of the smallest parts has."""
        return np.bincount(self.parts.leaf.ravel())

    def enlarge(self, cells: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Bring a mask of cells to the size of the picture."""
        height, width = self.alpha.shape
        full = np.repeat(np.repeat(cells, CELL, axis=0), CELL, axis=1)
        return full[:height, :width]

    @cached_property
    def contrast(self) -> Floats:
        """Colour difference to the nearest pixels: float32, shape (h, w)."""
        edge = np.zeros(self.alpha.shape, np.float32)
        across = np.sqrt((np.diff(self.smooth, axis=1) ** 2).sum(axis=2))
        down = np.sqrt((np.diff(self.smooth, axis=0) ** 2).sum(axis=2))
        np.maximum(edge[:, 1:], across, out=edge[:, 1:])
        np.maximum(edge[:, :-1], across, out=edge[:, :-1])
        np.maximum(edge[1:], down, out=edge[1:])
        np.maximum(edge[:-1], down, out=edge[:-1])
        return edge

    @cached_property
    def seen(self) -> list[tuple[tuple[slice, slice], Floats]]:
        """Each look at working size: its place, and the matte there."""
        places: list[tuple[tuple[slice, slice], Floats]] = []
        height, width = self.alpha.shape
        for look in self.looks:
            left, top, right, bottom = look.view.box
            rows = _span(top, bottom, self.source_size[0], height)
            columns = _span(left, right, self.source_size[1], width)
            shape = (rows.stop - rows.start, columns.stop - columns.start)
            places.append(((rows, columns), resize_plane(look.alpha, shape)))
        return places


def smooth_colors(image: Image.Image, kernels: Kernels) -> Floats:
    """Give brightness and weighted chroma without grain: float32, shape (h, w, 3)."""
    weight = np.array([1, CHROMA, CHROMA], np.float32)
    return kernels.box_blur(np.asarray(image.convert("YCbCr")).astype(np.float32) * weight, 1)


def _span(start: int, stop: int, length: int, small: int) -> slice:
    first = min(round(start * small / length), small - 1)
    return slice(first, max(first + 1, round(stop * small / length)))
