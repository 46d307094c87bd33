"""The small notations that options are written in: lengths, margins, sizes, ratios, places.

Decides: how "12px", "5%", "16:9", "1200x800" and "50% 50%" are read, their limits, and what is said
of others.

They are those of CSS where CSS has one. Every parser raises ValueError with the end of a
sentence that begins with the option's name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

# At most five digits before the point: whatever is longer is no measure of a picture.
_NUMBER: Final = r"\d{1,5}(?:\.\d{1,4})?"
_LENGTH: Final = re.compile(rf"(-?{_NUMBER})(px|%)?")
_PERCENT: Final = re.compile(rf"({_NUMBER})%")
_RATIO: Final = re.compile(rf"({_NUMBER})[:/]({_NUMBER})")
_SIZE: Final = re.compile(r"(\d{1,5})[x×](\d{1,5})")  # noqa: RUF001 (the true sign)
MAX_OUTLINE_PX: Final = 200
MAX_OUTLINE_PERCENT: Final = 25
_SEPARATOR: Final = re.compile(r"[\s,]+")


@dataclass(frozen=True, slots=True)
class Length:
    """A number of pixels, or a share of some other length.

    Attributes
    ----------
    value : float
    unit : {"px", "%"}
    """

    value: float
    unit: Literal["px", "%"]

    def pixels(self, whole: float) -> float:
        """Convert to pixels, where 100 % are `whole`."""
        return self.value if self.unit == "px" else self.value * whole / 100


class Margins(NamedTuple):
    """Space around something, in the order of CSS."""

    top: Length
    right: Length
    bottom: Length
    left: Length


class Offset(NamedTuple):
    """How far something is moved to the right and down."""

    x: Length
    y: Length


class Position(NamedTuple):
    """Where the free space goes: shares in [0, 1] of it that lie left of and above something."""

    x: float
    y: float


def parse_length(text: str) -> Length:
    """Read a length such as ``12px``, ``12`` or ``5%``, which may be negative."""
    match = _LENGTH.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"must be a length such as 12px or 5%, not {_quote(text)}")
    return Length(float(match[1]), "%" if match[2] == "%" else "px")


def parse_positive_length(text: str) -> Length:
    """Read a length of at least 0."""
    length = parse_length(text)
    if length.value < 0:
        raise ValueError(f"must not be negative, as {_quote(text)} is")
    return length


def parse_outline(text: str) -> Length:
    """Read how wide an outline is: at most 200 pixels, or a quarter of the subject."""
    length = parse_positive_length(text)
    if length.value > (MAX_OUTLINE_PX if length.unit == "px" else MAX_OUTLINE_PERCENT):
        raise ValueError(f"must be at most {MAX_OUTLINE_PX}px or {MAX_OUTLINE_PERCENT}%")
    return length


def parse_margins(text: str) -> Margins:
    """Read one length for all sides, two (top and bottom, left and right), or four."""
    lengths = [parse_positive_length(part) for part in _parts(text)]
    if len(lengths) == 1:
        return Margins(*lengths * 4)
    if len(lengths) == 2:
        return Margins(*lengths * 2)
    if len(lengths) == 4:
        return Margins(*lengths)
    raise ValueError(f"must be one, two or four lengths, not {_quote(text)}")


def parse_offset(text: str) -> Offset:
    """Read two lengths: to the right, and down."""
    lengths = [parse_length(part) for part in _parts(text)]
    if len(lengths) != 2:
        raise ValueError(f"must be two lengths, right and down, not {_quote(text)}")
    return Offset(*lengths)


def parse_mark(text: str) -> Offset:
    """Read a place in the source: from the left, and from the top."""
    lengths = [parse_positive_length(part) for part in _parts(text)]
    if len(lengths) != 2:
        raise ValueError(f"must be two lengths, from the left and the top, not {_quote(text)}")
    return Offset(*lengths)


def parse_position(text: str) -> Position:
    """Read one percentage for both directions, or two: across, and down."""
    shares: list[float] = []
    for part in _parts(text):
        match = _PERCENT.fullmatch(part)
        if match is None or float(match[1]) > 100:
            raise ValueError(f"must be percentages from 0% to 100%, not {_quote(text)}")
        shares.append(float(match[1]) / 100)
    if len(shares) not in (1, 2):
        raise ValueError(f"must be one or two percentages, not {_quote(text)}")
    return Position(shares[0], shares[-1])


def parse_aspect(text: str) -> float:
    """Read a ratio such as ``16:9`` as width / height, from 1/100 to 100."""
    match = _RATIO.fullmatch(text.strip())
    sides = (float(match[1]), float(match[2])) if match else (0.0, 0.0)
    if min(sides) <= 0 or max(sides) > 100 * min(sides):
        raise ValueError(f"must be a ratio such as 16:9, at most 100:1, not {_quote(text)}")
    return sides[0] / sides[1]


def parse_size(text: str) -> tuple[int, int]:
    """Read a size such as ``1200x800``, width first, as (height, width) in pixels."""
    match = _SIZE.fullmatch(text.strip())
    width, height = (int(match[1]), int(match[2])) if match else (0, 0)
    if min(width, height) < 1:
        raise ValueError(f"must be width x height in pixels, such as 1200x800, not {_quote(text)}")
    return height, width


def _parts(text: str) -> list[str]:
    return _SEPARATOR.split(text.strip())


def _quote(text: str) -> str:
    """Quote what was given, cut to a length that fits into a message."""
    return repr(text if len(text) <= 40 else text[:37] + "...")
