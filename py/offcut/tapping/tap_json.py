"""Taps, as the extension's pages tell of them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, cast

from offcut.options.options import bad_option
from offcut.tapping.scene import Tap


def tap_from_json(value: object) -> Tap:
    """Make a tap of ``{"x", "y", "kind"?}``.

    Raises
    ------
    OptionsError
        BAD_OPTION.
    """
    tap: Mapping[str, Any] = {}
    if isinstance(value, Mapping):
        tap = cast("Mapping[str, Any]", value)
    if not {"x", "y"} <= set(tap) <= {"x", "y", "kind"}:
        raise bad_option("strokes", "of a tap need x and y, may have a kind, and nothing else")
    x, y, kind = tap["x"], tap["y"], tap.get("kind")
    is_place = all(
        isinstance(each, (int, float)) and not isinstance(each, bool) and math.isfinite(each)
        for each in (x, y)
    )
    if not is_place or kind not in ("add", "take", None):
        raise bad_option("strokes", "of a tap need two numbers, and the kind add or take")
    return Tap(float(x), float(y), kind)
