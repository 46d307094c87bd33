"""Photos for passports, visas and identity cards: their sizes, heads, eye lines, backgrounds.

Decides: which options a format sets where nothing else is asked for, and the size of one's own
format. Its numbers, each with its public source and the day on which it was read: id_photos.json.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, cast

OWN: Final = "own"
"""The format whose size and head are options."""
_OWN_SIZE: Final = re.compile(r"(\d{1,3}(?:\.\d)?)[x×](\d{1,3}(?:\.\d)?)")  # noqa: RUF001
_LEAST_MM: Final = 10
_MOST_MM: Final = 300


@dataclass(frozen=True, slots=True)
class IdPhoto:
    """What an office asks of a photo.

    Attributes
    ----------
    region : str
        Code of ISO 3166, or EU.
    kind : {"passport", "visa", "card"}
    width, height : float
        Millimetres.
    head : (float, float)
        Millimetres from crown to chin, least and most.
    eyes : (float, float) or None
        Millimetres of the eyes above the lower edge, least and most.
    top : float or None
        Millimetres above the crown.
    background : str
        As in OffcutOptions.
    dpi : int
        Pixels an inch that are asked for, or usual.
    source, date, read : str
        Where it is said, and when and how that was read: ``page`` or ``quoted`` by others.
    assumed : tuple of str
        What the source does not say.
    digital_only : bool
        Its own offices take digital photos from registered places only.
    """

    region: str
    kind: Literal["passport", "visa", "card"]
    width: float
    height: float
    head: tuple[float, float]
    eyes: tuple[float, float] | None
    top: float | None
    background: str
    dpi: int
    source: str
    date: str
    read: str
    assumed: tuple[str, ...]
    digital_only: bool


def _read_formats() -> dict[str, IdPhoto]:
    text = Path(__file__).with_name("id_photos.json").read_text(encoding="utf-8")
    entries: dict[str, dict[str, Any]] = json.loads(text)["id_photos"]
    return {
        name: IdPhoto(**cast("Any", {key: _frozen(entry[key]) for key in entry}))
        for name, entry in entries.items()
    }


def _frozen(value: Any) -> Any:
    return tuple(cast("list[Any]", value)) if isinstance(value, list) else value


ID_PHOTOS: Final = _read_formats()


def parse_id_photo(text: str) -> str:
    """Read the name of a format."""
    if text != OWN and text not in ID_PHOTOS:
        raise ValueError(f"must be one of {', '.join(ID_PHOTOS)} or {OWN}, not {text[:40]!r}")
    return text


def parse_id_size(text: str) -> tuple[float, float]:
    """Read a size such as ``35x45``, width first, as (width, height) in millimetres."""
    match = _OWN_SIZE.fullmatch(text.strip())
    width, height = (float(match[1]), float(match[2])) if match else (0.0, 0.0)
    if not (min(width, height) >= _LEAST_MM and max(width, height) <= _MOST_MM):
        raise ValueError(
            f"must be width x height in mm, {_LEAST_MM} to {_MOST_MM}, such as 35x45, "
            f"not {text[:40]!r}"
        )
    return width, height


def id_photo_options(name: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Complete options by those that a format asks for.

    Parameters
    ----------
    name : str
        One of `ID_PHOTOS`, or `OWN`.
    given : mapping
        Options that were chosen already; they stay as they are.
    """
    if name not in ID_PHOTOS:
        return {"background": "white"} | dict(given)
    form = ID_PHOTOS[name]
    return {"background": form.background, "dpi": form.dpi} | dict(given)
