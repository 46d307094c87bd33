"""What the extension knows of the package is what the package says today."""

from __future__ import annotations

from dev.builder.facts import FACTS, facts_module


def test_the_facts_of_the_extension_are_fresh() -> None:
    assert FACTS.read_text(encoding="utf-8") == facts_module(), "run scripts/facts"
