"""The checkerboard that stands for "transparent", painted into a picture.

Decides: what counts as one: two colours in turns along the whole border, in squares of one size,
sharp or blurred by resizing and compression.

Image generators and screenshots of editors paint it as pixels. Its squares lie in a lattice, so
four numbers and two colours say what lies behind every pixel.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from offcut.arrays import Floats
from offcut.source_image import SourceImage

DEPTH: Final = 1
"""Pixels from the border at which it is looked at."""
LEAST_CONTRAST: Final = 6.0
"""Levels between the two colours."""
SQUARES: Final = (3.0, 128.0)
"""Pixels of the smallest and the largest squares."""
LEAST_FIT: Final = 0.75
"""Share of the border that the lattice explains; the rest is the subject's."""
LEAST_TOLERANCE: Final = 6.0
BLURS: Final = (0.01, 1.0, 2.0, 3.0)
"""Pixels over which the change from square to square may be spread."""
SHARP: Final = BLURS[0]
PHASES: Final = 32
REFINEMENTS: Final = 9
WHOLE: Final = 0.02
LEAST_CHANGES: Final = 4
"""Of colour along a line; the subject may cover the rest."""
LEAST_EVEN: Final = 0.6
"""Share of the squares along a line that have one size; in a photo, hardly any two."""


class Wave(NamedTuple):
    """A square wave along one axis: half its period, and where it begins, in pixels."""

    half: float
    start: float


@dataclass(frozen=True, slots=True)
class Checkerboard:
    """A lattice of squares in two colours.

    Attributes
    ----------
    first, second : float32, shape (3,)
        Its colours, levels of 255.
    across, down : Wave
    blur : float, pixels
        Over which one square goes over into the next.
    """

    first: NDArray[np.float32]
    second: NDArray[np.float32]
    across: Wave
    down: Wave
    blur: float

    @property
    def color(self) -> tuple[int, int, int]:
        """The colour between the two."""
        red, green, blue = (round(float(v)) for v in (self.first + self.second) / 2)
        return red, green, blue

    def rows(self, rows: slice, size: tuple[int, int]) -> Floats:
        """Give its colours in some rows: float32, shape (rows, W, 3)."""
        return self.part(rows, slice(0, size[1]), size)

    def part(self, rows: slice, columns: slice, size: tuple[int, int]) -> Floats:
        """Give its colours in some rows and columns: float32, shape (rows, columns, 3)."""
        height, width = size
        down = _wave(np.arange(height, dtype=np.float32)[rows], self.down, self.blur)
        across = _wave(np.arange(width, dtype=np.float32)[columns], self.across, self.blur)
        turn = np.outer(down, across)[..., np.newaxis]
        middle, reach = (self.first + self.second) / 2, (self.first - self.second) / 2
        return (middle + turn * reach).astype(np.float32)

    def layer_size(self, size: tuple[int, int]) -> tuple[int, int]:
        """Give the whole size: at a smaller one the squares would run together."""
        return size


def find_checkerboard(source: SourceImage) -> Checkerboard | None:
    """Find the checkerboard on which a picture lies; None if its border shows none."""
    lines = _border_lines(source)
    colors = _two_colors(np.concatenate(lines))
    if colors is None:
        return None
    first, second = colors
    top, bottom, left, right = (_turns(line, first, second) for line in lines)
    across = _find_wave(top, bottom)
    down = _find_wave(left, right)
    if across is None or down is None or abs(across.half / down.half - 1) > 0.05:
        return None
    # The waves are known but for the sign of their product: the first pixel of the top row tells.
    boards = [
        Checkerboard(*pair, across, down, blur)
        for blur in BLURS
        for pair in ((first, second), (second, first))
    ]
    fits = [_fit(board, lines, source.size) for board in boards]
    best = int(np.argmax(fits))
    return boards[best] if fits[best] >= LEAST_FIT else None


def _border_lines(source: SourceImage) -> list[Floats]:
    """Give top, bottom, left and right line of the border: float32, shape (n, 3) each."""
    image, (height, width) = source.image, source.size
    near, last, end = DEPTH, height - 1 - DEPTH, width - 1 - DEPTH
    boxes = ((0, near, width, near + 1), (0, last, width, last + 1))
    boxes += ((near, 0, near + 1, height), (end, 0, end + 1, height))
    return [np.asarray(image.crop(box)).reshape(-1, 3).astype(np.float32) for box in boxes]


def _two_colors(pixels: Floats) -> tuple[Floats, Floats] | None:
    """Give the two colours that the border has most, the brighter first."""
    bright = pixels.sum(axis=1)
    split = (np.percentile(bright, 10) + np.percentile(bright, 90)) / 2
    first = np.median(pixels[bright > split], axis=0) if (bright > split).any() else None
    second = np.median(pixels[bright <= split], axis=0)
    if first is None or float(np.abs(first - second).max()) < LEAST_CONTRAST:
        return None
    away = np.minimum(np.abs(pixels - first).max(axis=1), np.abs(pixels - second).max(axis=1))
    tolerance = max(LEAST_TOLERANCE, float(np.abs(first - second).max()) / 4)
    if float((away <= tolerance).mean()) < LEAST_FIT - 0.15:
        return None
    return first.astype(np.float32), second.astype(np.float32)


def _turns(line: Floats, first: Floats, second: Floats) -> Floats:
    """Give +1 where a line has the first colour, -1 at the second: float32, shape (n,)."""
    reach = first - second
    share = ((line - (first + second) / 2) @ reach) / max(float(reach @ reach), 1e-6)
    return np.clip(2 * share, -1, 1).astype(np.float32)


def _find_wave(*lines: Floats) -> Wave | None:
    """Find the square wave that two parallel lines have, in phase or against it."""
    signs = np.signbit(lines[0])
    changes = np.flatnonzero(signs[1:] != signs[:-1])
    if len(changes) < LEAST_CHANGES:
        return None
    runs = np.diff(changes)
    half = float(np.median(runs))
    is_even = float((np.abs(runs - half) <= max(1.0, half / 4)).mean()) >= LEAST_EVEN
    if not is_even or not SQUARES[0] <= half <= SQUARES[1]:
        return None
    places = np.arange(len(lines[0]), dtype=np.float32)
    finest = half * half / max(len(places), 1) / 4
    # Not so far that the smallest is nothing: of large squares a line has few.
    halves = half + np.arange(-40, 41) * min(max(finest, half / 400), half / 100)
    tries = [(float(h), h * 2 * p / PHASES) for h in halves for p in range(PHASES)]
    scores = [_score(lines, _wave(places, Wave(*each), SHARP)) for each in tries]
    coarse = Wave(*tries[int(np.argmax(scores))])
    return _refine(lines, places, coarse, (half / 100, 2 * half / PHASES))


def _refine(
    lines: tuple[Floats, ...], places: Floats, wave: Wave, steps: tuple[float, float]
) -> Wave:
    """Move a wave by smaller and smaller steps to where it fits the lines best."""
    for turn in range(REFINEMENTS):
        wider, later = steps[0] / 2**turn, steps[1] / 2**turn
        around = [
            Wave(wave.half + i * wider, wave.start + j * later)
            for i in (0, -1, 1)
            for j in (0, -1, 1)
        ]
        scores = [_score(lines, _wave(places, each, SHARP)) for each in around]
        wave = around[int(np.argmax(scores))]
    # Most are painted in whole pixels, and then what is found lies next to them.
    return Wave(*(round(each) if abs(each - round(each)) < WHOLE else each for each in wave))


def _score(lines: tuple[Floats, ...], wave: Floats) -> float:
    return sum(abs(float(line @ wave)) for line in lines)


def _wave(places: Floats, wave: Wave, blur: float) -> Floats:
    """Give a square wave of +1 and -1, each pixel its mean: float32, as `places`."""
    width = 1 + blur
    # The integral of the square wave is a triangle wave; its difference over a pixel is the mean.
    low = _triangle((places + 0.5 - width / 2 - wave.start) / wave.half)
    high = _triangle((places + 0.5 + width / 2 - wave.start) / wave.half)
    return ((high - low) * wave.half / width).astype(np.float32)


def _triangle(turns: Floats) -> Floats:
    inside = np.mod(turns, 2)
    return np.where(inside < 1, inside, 2 - inside)


def _fit(board: Checkerboard, lines: list[Floats], size: tuple[int, int]) -> float:
    """Tell how much of the border a board explains, and a little of how well."""
    height, width = size
    whole, near = slice(None), slice(DEPTH, DEPTH + 1)
    last, end = slice(height - 1 - DEPTH, height - DEPTH), slice(width - 1 - DEPTH, width - DEPTH)
    parts = ((near, whole), (last, whole), (whole, near), (whole, end))
    shown = [board.part(*part, size).reshape(-1, 3) for part in parts]
    missed = np.concatenate([np.abs(a - b).max(axis=1) for a, b in zip(shown, lines, strict=True)])
    contrast = float(np.abs(board.first - board.second).max())
    return (
        float((missed <= max(LEAST_TOLERANCE, contrast / 6)).mean())
        - float(np.median(missed)) / 1e4
    )
