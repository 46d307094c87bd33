"""What each option's value may be, as tables, and the words for what it is not."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Final

from offcut.options import lengths as measures
from offcut.options.colors import parse_color

_MOST_MEGAPIXELS: Final = 200.0
_BACKGROUND_WORDS: Final = ("transparent", "blur", "picture")


def _parse_background(text: str) -> None:
    if text not in _BACKGROUND_WORDS:
        try:
            parse_color(text)
        except ValueError as error:
            words = ", ".join(_BACKGROUND_WORDS)
            raise ValueError(f"{error}; nor is it one of {words}") from None


_OPTIONAL: Final = frozenset({"model", "threshold", "aspect", "canvas", "scale"})
_FLAGS: Final = frozenset({"crop", "shadow", "lossless"})
CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "quality": ("fast", "best"),
    "output": ("cutout", "matte", "inverse"),
    "format": ("png", "webp", "jpeg"),
    "metadata": ("none", "all"),
}
# Least and greatest value; the least positive number stands for "above 0".
_LEAST: Final = 1e-6
_RANGES: Final[Mapping[str, tuple[float, float]]] = {
    "max_megapixels": (_LEAST, _MOST_MEGAPIXELS),
    "threshold": (_LEAST, 1.0),
    "shift_edge": (-50.0, 50.0),
    "feather": (0.0, 250.0),
    "scale": (_LEAST, 1.0),
    "background_blur": (1.0, 20.0),
    "shadow_opacity": (0.0, 1.0),
    "file_quality": (1, 100),
}
_PARSERS: Final[Mapping[str, Callable[[str], object]]] = {
    "margin": measures.parse_margins,
    "aspect": measures.parse_aspect,
    "canvas": measures.parse_size,
    "position": measures.parse_position,
    "background": _parse_background,
    "shadow_offset": measures.parse_offset,
    "shadow_blur": measures.parse_positive_length,
    "shadow_color": parse_color,
}


def find_problem(name: str, value: object) -> str:
    """Say what is wrong with an option's value.

    Parameters
    ----------
    name : str
        Of the option.
    value : object
        As it came, of any type.

    Returns
    -------
    str
        The end of a sentence that begins with the name; empty if nothing is wrong.
    """
    if value is None and name in _OPTIONAL:
        return ""
    if name in _FLAGS:
        return "" if isinstance(value, bool) else f"must be true or false, not {_kind(value)}"
    if name in _RANGES:
        return _problem_of_number(name, value)
    if not isinstance(value, str):
        return f"must be a text, not {_kind(value)}"
    if name in CHOICES:
        is_known = value in CHOICES[name]
        return "" if is_known else f"must be one of {', '.join(CHOICES[name])}, not {value[:40]!r}"
    if name == "model":
        return "" if value else "must not be empty"
    try:
        _PARSERS[name](value)
    except ValueError as error:
        return str(error)
    return ""


def _problem_of_number(name: str, value: object) -> str:
    # bool is an int in Python, but not a number of pixels.
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return f"must be a number, not {_kind(value)}"
    if name == "file_quality" and not isinstance(value, int):
        return "must be a whole number"
    low, high = _RANGES[name]
    # A comparison with NaN is false; infinity is out of every range.
    if math.isnan(value) or not low <= value <= high:
        least = "above 0" if low == _LEAST else f"at least {low:g}"
        return f"must be {least} and at most {high:g}"
    return ""


def _kind(value: object) -> str:
    return "null" if value is None else type(value).__name__
