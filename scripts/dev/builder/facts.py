"""Makes extension/messages/facts.js: what the extension must know of the Python package.

Every fact has its place in py/offcut; the extension has this one copy. A test compares the two.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from itertools import chain
from pathlib import Path
from typing import TypeAlias

from offcut.editing.preview import MAX_PIXELS
from offcut.editing.strokes import KINDS
from offcut.encoding.file_formats import FILE_SUFFIXES, LAYERED_FORMATS, MEDIA_TYPES, MOVING_FORMATS
from offcut.errors import OffcutError
from offcut.options.colors import BACKGROUND_WORDS
from offcut.options.id_photos import ID_PHOTOS
from offcut.options.markets import MARKETS
from offcut.options.option_rules import Choice, Number, Rule
from offcut.options.options import DEFAULT_MODEL, RULES, OffcutOptions
from offcut.stages import PROGRESS_WEIGHTS
from offcut.weights import download, sources

from dev.paths import EXTENSION

Json: TypeAlias = Mapping[str, "Json"] | Sequence["Json"] | str | float | None

FACTS = EXTENSION / "messages" / "facts.js"
WIDTH = 100
_HEAD = """\
/**
 * @file What the extension must know of the Python package. Made from py/offcut by `scripts/facts`;
 * change it there.
 */
"""


def fact_modules() -> dict[Path, str]:
    """Give the text of each JavaScript module; the same package gives the same texts."""
    markets: Json = {name: asdict(market) for name, market in MARKETS.items()}
    id_photos: Json = {f"'{name}'": asdict(form) for name, form in ID_PHOTOS.items()}
    offices = "Photos for offices; see py/offcut/options/id_photos.py."
    return {
        FACTS: _module(_facts()),
        FACTS.with_name("markets.js"): _module(
            [("MARKETS", "Market places; see py/offcut/options/markets.py.", markets)]
        ),
        FACTS.with_name("id_photos.js"): _module([("ID_PHOTOS", offices, id_photos)]),
    }


def _module(facts: Sequence[tuple[str, str, Json]]) -> str:
    parts = [_HEAD]
    for name, comment, value in facts:
        # Constant for TypeScript: then the type of a choice is its words, not any string.
        lines = _lines(f"export const {name} = /** @type {{const}} */ (", value, ");", depth=0)
        parts.append("\n".join([f"/** {comment} */", *lines, ""]))
    return "\n".join(parts)


def _facts() -> list[tuple[str, str, Json]]:
    """Collect name, comment and value of each export."""
    codes = {kind.__name__: kind.codes for kind in OffcutError.__subclasses__()}
    defaults = OffcutOptions().to_json()
    options = {name: {"default": defaults[name], **_describe(RULES[name])} for name in RULES}
    formats: Json = {
        name: {
            "media_type": MEDIA_TYPES[name],
            "suffix": FILE_SUFFIXES[name],
            "has_layers": name in LAYERED_FORMATS,
            "moves": name in MOVING_FORMATS,
        }
        for name in MEDIA_TYPES
    }
    patience: Json = {
        "silence_s": sources.SILENCE_S,
        "back_off_s": download.BACK_OFF_S,
        "passing": sources.PASSING,
        "max_wrong": download.MAX_WRONG,
    }
    return [
        ("CODES", "Of failures, by the class of py/offcut/errors.py that has them.", codes),
        ("STAGE_WEIGHTS", "Share of a job's time, by stage and in their order.", PROGRESS_WEIGHTS),
        ("OPTIONS", "Of OffcutOptions: defaults, choices and ranges.", options),
        (
            "FILE_FORMATS",
            "Of results; those with layers are shown by no browser, and some can move.",
            formats,
        ),
        ("BACKGROUND_WORDS", "Backgrounds that are no colour.", BACKGROUND_WORDS),
        ("DEFAULT_MODEL", "Taken where no recipe's models are here.", DEFAULT_MODEL),
        ("MAX_PREVIEW_PIXELS", "Of the editor's preview.", MAX_PIXELS),
        ("STROKE_KINDS", "What a stroke of a brush can be.", KINDS),
        ("DOWNLOAD", "How patiently a model's weights are fetched.", patience),
    ]


def _describe(rule: Rule) -> dict[str, Json]:
    match rule:
        case Choice(choices=choices):
            return {"choices": choices}
        case Number(least=least, most=most, unit=unit):
            return {"min": least, "max": most, "unit": unit}
        case _:
            return {}


def _lines(before: str, value: Json, after: str, depth: int) -> list[str]:
    """Write a value between two texts, on one line where it fits, as our formatter would."""
    indent = "    " * depth
    line = f"{indent}{before}{_literal(value)}{after}"
    if isinstance(value, Mapping) and (depth == 0 or len(line) > WIDTH):
        inner = [_lines(f"{name}: ", value[name], ",", depth + 1) for name in value]
        opening, closing = "{", "}"
    elif isinstance(value, Sequence) and not isinstance(value, str) and len(line) > WIDTH:
        inner = [_lines("", item, ",", depth + 1) for item in value]
        opening, closing = "[", "]"
    else:
        return [line]
    return [f"{indent}{before}{opening}", *chain.from_iterable(inner), f"{indent}{closing}{after}"]


def _literal(value: Json) -> str:
    if isinstance(value, str):
        return f"'{value}'"
    if isinstance(value, Mapping):
        return f"{{ {', '.join(f'{name}: {_literal(value[name])}' for name in value)} }}"
    if isinstance(value, Sequence):
        return f"[{', '.join(map(_literal, value))}]"
    if isinstance(value, float):
        return f"{value:.6f}".rstrip("0").rstrip(".")
    return json.dumps(value)
