"""Messages: every type of message_table.js is served by exactly one context."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

EXTENSION = Path(__file__).parents[2] / "extension"
CONTEXTS = (
    "background",
    "content",
    "engine",
    "python",
    "model",
    "model_store",
    "fetcher",
    "heif",
    "png",
    "popup",
    "batch",
)
TYPE = r"[a-z]+\.[a-z]+"


def listed() -> set[str]:
    source = (EXTENSION / "messages" / "message_table.js").read_text(encoding="utf-8")
    return set(re.findall(rf"^ \* \| ({TYPE}) ", source, re.MULTILINE))


def served() -> Counter[str]:
    """How many handlers there are for each type."""
    found: Counter[str] = Counter()
    for context in CONTEXTS:
        for path in (EXTENSION / context).glob("*.js"):
            source = path.read_text(encoding="utf-8")
            found.update(re.findall(rf"^\s*'({TYPE})': ", source, re.MULTILINE))
            found.update(re.findall(rf"\{{ '({TYPE})': ", source))
            found.update(re.findall(rf"type !== '({TYPE})'", source))
    return found


def test_every_message_has_exactly_one_handler() -> None:
    assert served() == Counter(listed())


def test_every_message_that_is_sent_is_listed() -> None:
    sent: set[str] = set()
    for path in EXTENSION.rglob("*.js"):
        if not {"vendor", "node_modules"} & set(path.parts):
            source = path.read_text(encoding="utf-8")
            calls = rf"(?:request|requestFrame|announce|tell)\([^)]*?'({TYPE})'"
            sent |= set(re.findall(calls, source, re.DOTALL))
    assert sent
    assert sent <= listed()
