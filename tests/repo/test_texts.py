"""Texts for people: every one that is used is there, and every one that is there is used."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from dev.builder.build import extension_files

ROOT = Path(__file__).parents[2]
EXTENSION = ROOT / "extension"
LOCALES = sorted(path.name for path in (EXTENSION / "_locales").iterdir())
SOURCES = {
    place.as_posix(): path.read_text(encoding="utf-8")
    for place, path in extension_files(EXTENSION, "chrome")
    if path.suffix in {".js", ".html"} and "vendor" not in place.parts
} | {"manifest.json": (ROOT / "manifest.json").read_text(encoding="utf-8")}
ASKED_FOR = (
    r"\btext\(\s*'(\w+)'",
    r"getMessage\(\s*'(\w+)'",
    r'data-i18n(?:-\w+)?="(\w+)"',
    r"__MSG_(\w+?)__",
)


def keys(locale: str) -> set[str]:
    file = EXTENSION / "_locales" / locale / "messages.json"
    return set(json.loads(file.read_text(encoding="utf-8")))


def asked_for() -> set[str]:
    """Keys that some place asks for by their full name."""
    return {
        key
        for source in SOURCES.values()
        for pattern in ASKED_FOR
        for key in re.findall(pattern, source)
    }


def beginnings() -> set[str]:
    """Beginnings of keys whose rest is put together, as in text(`failure_${code}`)."""
    return {
        start
        for source in SOURCES.values()
        for start in re.findall(r"\btext\(\s*`(\w+_)\$\{", source)
    }


def is_used(key: str, whole: set[str], starts: set[str]) -> bool:
    quoted = any(f"'{key}'" in source for source in SOURCES.values())
    return key in whole or quoted or any(key.startswith(start) for start in starts)


@pytest.mark.parametrize("locale", LOCALES)
def test_every_text_that_is_asked_for_exists(locale: str) -> None:
    assert asked_for()
    assert asked_for() - keys(locale) == set()


@pytest.mark.parametrize("locale", LOCALES)
def test_every_text_is_used(locale: str) -> None:
    whole, starts = asked_for(), beginnings()
    assert [key for key in sorted(keys(locale)) if not is_used(key, whole, starts)] == []


@pytest.mark.parametrize("locale", LOCALES)
def test_every_language_has_the_same_texts(locale: str) -> None:
    assert keys(locale) == keys("en")


@pytest.mark.parametrize("locale", LOCALES)
def test_every_translation_has_the_same_placeholders(locale: str) -> None:
    def holes(language: str) -> dict[str, set[str]]:
        file = EXTENSION / "_locales" / language / "messages.json"
        texts = json.loads(file.read_text(encoding="utf-8"))
        return {
            key: set(re.findall(r"\$\w+|\{\w+\}", text["message"])) for key, text in texts.items()
        }

    assert holes(locale) == holes("en")
