"""What the extension knows of the package is what the package says today."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest
from dev.builder.facts import fact_modules
from offcut.editing.strokes import KINDS
from offcut.options.colors import BACKGROUND_WORDS
from offcut.options.option_rules import Choice
from offcut.options.options import RULES

EDITOR = Path(__file__).parents[2] / "extension" / "result" / "result.html"


class Radios(HTMLParser):
    """Values of the radio buttons of a page, by their names."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, set[str]] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "input" and given["type"] == "radio":
            self.values.setdefault(given["name"] or "", set()).add(given["value"] or "")


@pytest.fixture(scope="module")
def radios() -> dict[str, set[str]]:
    page = Radios()
    page.feed(EDITOR.read_text(encoding="utf-8"))
    return page.values


def test_the_facts_of_the_extension_are_fresh() -> None:
    for file, text in fact_modules().items():
        assert file.read_text(encoding="utf-8") == text, "run scripts/facts"


@pytest.mark.parametrize("name", ["quality", "output", "format", "shadow_kind"])
def test_the_editor_offers_every_choice(name: str, radios: dict[str, set[str]]) -> None:
    rule = RULES[name]
    assert isinstance(rule, Choice)
    # What is shown was made in one of the two ways that "auto" chooses from.
    assert radios[name] == set(rule.choices) - {"auto"}


def test_the_editor_offers_every_background_and_brush(radios: dict[str, set[str]]) -> None:
    assert radios["background"] == {*BACKGROUND_WORDS, "color"}
    assert radios["tool"] == {*KINDS, "hand", "tap"}
