"""What a store is told is what the README and the texts say today, and stores can take it."""

from __future__ import annotations

import json

import pytest
from dev.packaging.store import ALL_LANGUAGES, LONGEST_SUMMARY, STORE, rights, store_texts
from dev.paths import MANIFEST, ROOT
from dev.texts import read

TEXTS = store_texts()


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_it_is_what_the_command_writes_today(name: str) -> None:
    assert (STORE / name).read_text(encoding="utf-8") == TEXTS[name], "call scripts/store"


def test_every_right_of_the_manifest_has_its_reason() -> None:
    manifest = json.loads(MANIFEST.read_text(encoding="utf-8"))
    asked = [
        *manifest["permissions"],
        *manifest["optional_permissions"],
        *manifest["optional_host_permissions"],
    ]
    explained = " ".join(right for right, _ in rights(ROOT / "README.md"))
    assert [right for right in asked if f"`{right}`" not in explained] == []
    assert all(f"`{right}`" in TEXTS["permissions.md"] for right in asked)


@pytest.mark.parametrize("language", ALL_LANGUAGES)
def test_stores_take_the_summary(language: str) -> None:
    assert 0 < len(read(language)["extension_description"]) <= LONGEST_SUMMARY
    assert "$" not in TEXTS[f"listing-{language}.txt"]
