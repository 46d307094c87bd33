"""Where the source lies in the finished picture, and the box around what is shown of the subject.

Decides: what counts as subject (shown_extent.py) and how faint a haze still counts. How the
finished picture is laid out: plan_frame.py.

Only geometry; no pixel is touched here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

from offcut.arrays import AlphaMatte
from offcut.composing.shown_extent import shown_extent, shown_insets

# Less is not to be seen, and a faint haze of the network should not widen the box.
LEAST_SHOWN: Final = 8


class Box(NamedTuple):
    """Rows `top` to `bottom` and columns `left` to `right`, the last ones excluded."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def longer_side(self) -> int:
        """The greater of height and width, in pixels."""
        return max(self.bottom - self.top, self.right - self.left)


class Extent(NamedTuple):
    """A box whose sides lie between pixels: where what is visible of the subject really ends."""

    top: float
    left: float
    bottom: float
    right: float

    @property
    def sides(self) -> tuple[float, float]:
        """Height and width, in pixels."""
        return self.bottom - self.top, self.right - self.left


@dataclass(frozen=True, slots=True)
class Frame:
    """The finished picture's size, and the rectangle in it that the whole source covers.

    Attributes
    ----------
    size : (int, int)
        The finished picture's (height, width) in pixels.
    source_size : (int, int)
        The source's (height, width).
    top, left : int
        Where the source's first pixel comes to lie; may be negative.
    height, width : int
        What the source is resized to; its own size if nothing is resampled.
    """

    size: tuple[int, int]
    source_size: tuple[int, int]
    top: int
    left: int
    height: int
    width: int

    @property
    def is_resampled(self) -> bool:
        """Whether the source changes its size."""
        return (self.height, self.width) != self.source_size

    @property
    def is_enlarged(self) -> bool:
        """Whether the source becomes larger than it is, and so less sharp."""
        return self.height > self.source_size[0] and self.width > self.source_size[1]

    @property
    def is_whole(self) -> bool:
        """Whether the finished picture is the source, pixel by pixel."""
        return self.size == self.source_size and not (self.top or self.left or self.is_resampled)

    @property
    def scale(self) -> tuple[float, float]:
        """Pixels of the finished picture for one of the source: vertically, horizontally."""
        return self.height / self.source_size[0], self.width / self.source_size[1]


def subject_box(alpha: AlphaMatte) -> Box:
    """Find the box of everything that is to be seen of the subject.

    Returns
    -------
    Box
        The whole picture if nothing is.
    """
    extent = shown_extent(alpha, LEAST_SHOWN)
    return Box(0, 0, *alpha.shape) if extent is None else Box(*extent)


def subject_extent(alpha: AlphaMatte, box: Box) -> Extent:
    """Find where the subject ends within the outermost pixels of its box, half covered ones half.

    Parameters
    ----------
    alpha : AlphaMatte
    box : Box
        From `subject_box`.
    """
    top, left, bottom, right = shown_insets(alpha[box.top : box.bottom, box.left : box.right])
    return Extent(box.top + top, box.left + left, box.bottom - bottom, box.right - right)
