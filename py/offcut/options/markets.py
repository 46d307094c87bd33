"""Market places: what they ask of a product's main picture, and the options that give it.

Decides: which options a market place sets where nothing else is asked for. Its numbers, each with
its public source and the day on which it was read: markets.json.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast


@dataclass(frozen=True, slots=True)
class Market:
    """What a market place asks of a product's main picture.

    Attributes
    ----------
    title : str
    width, height : int
        Pixels of the picture that is made for it.
    scale : float
        Share of the canvas that the product is made to fill.
    least_side, most_side : int
        Pixels of the longest side.
    least_fill, most_fill : float
        Share of a side of the picture that the product spans; 0 and 1 where nothing is asked.
    white : bool
        The rim of the picture must be pure white.
    formats : tuple of str
        As in OffcutOptions, the usual one first.
    kilobytes : int
        Of the file at most.
    source, date, read : str
        Where it is said, and when and how that was read: ``page`` or ``quoted`` by others.
    """

    title: str
    width: int
    height: int
    scale: float
    least_side: int
    most_side: int
    least_fill: float
    most_fill: float
    white: bool
    formats: tuple[str, ...]
    kilobytes: int
    source: str
    date: str
    read: str


def _read_markets() -> dict[str, Market]:
    text = Path(__file__).with_name("markets.json").read_text(encoding="utf-8")
    entries: dict[str, dict[str, Any]] = json.loads(text)["markets"]
    return {
        name: Market(**cast("Any", {**entry, "formats": tuple(entry["formats"])}))
        for name, entry in entries.items()
    }


MARKETS: Final = _read_markets()


def market_options(name: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Complete options by those that a market place asks for.

    Parameters
    ----------
    name : str
        One of `MARKETS`.
    given : mapping
        Options that were chosen already; they stay as they are.

    Returns
    -------
    dict of str
        With `market`, so that the result is checked.
    """
    market = MARKETS[name]
    usual = {
        "canvas": f"{market.width}x{market.height}",
        "scale": market.scale,
        "background": "white",
        "format": "png" if "png" in market.formats else market.formats[0],
    }
    return usual | dict(given) | {"market": name}
