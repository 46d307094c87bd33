"""Colours as people write them: CSS names and hexadecimal digits.

Decides: which colours and background words are understood, and what is said of others.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from PIL import ImageColor

_HEX: Final = re.compile(r"#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})")
BACKGROUND_WORDS: Final = ("transparent", "blur", "picture")
"""What a background can be that is no colour."""


class Color(NamedTuple):
    """Red, green, blue and alpha, each from 0 to 255; sRGB, straight alpha."""

    red: int
    green: int
    blue: int
    alpha: int


def parse_color(text: str) -> Color:
    """Read ``#rgb``, ``#rgba``, ``#rrggbb``, ``#rrggbbaa`` or a CSS name.

    Raises
    ------
    ValueError
        With the end of a sentence that begins with the option's name.
    """
    name = text.strip().lower()
    if name == "transparent":
        return Color(0, 0, 0, 0)
    if _HEX.fullmatch(name) is None and name not in ImageColor.colormap:
        shown = text if len(text) <= 40 else text[:37] + "..."
        raise ValueError(f"must be a colour such as white or #ff8800, not {shown!r}")
    red, green, blue, *alpha = ImageColor.getrgb(name)
    return Color(red, green, blue, alpha[0] if alpha else 255)


def parse_background(text: str) -> None:
    """Accept a colour, or a word for another background.

    Raises
    ------
    ValueError
        With the end of a sentence that begins with the option's name.
    """
    if text in BACKGROUND_WORDS:
        return
    try:
        parse_color(text)
    except ValueError as error:
        words = ", ".join(BACKGROUND_WORDS)
        raise ValueError(f"{error}; nor is it one of {words}") from None
