"""Keeps the languages of the extension complete: lists missing texts, puts translations in place.

It makes the folders of new languages and lists each text that some language lacks, with its key.
A file has a line for each: the key, then the text in each of `LANGUAGES` in their order, with a
broken bar between them; an empty place leaves that language as it is. What English no longer has
is dropped; a text that the file does not name and that stands in English under another key
already is taken from there.
"""

import argparse
import json
from collections.abc import Container
from pathlib import Path

from dev.paths import EXTENSION
from dev.terminal import SetupError, exit_with, say

LOCALES = EXTENSION / "_locales"
LANGUAGES = ("de", "fr", "es", "ja", "zh_CN")
BAR = "¦"


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="scripts/texts", description=__doc__)
    parser.add_argument("file", type=Path, nargs="?")
    file: Path | None = parser.parse_args().file
    english = read("en")
    table = read_table(file, english) if file else {}
    missing: set[str] = set()
    for index, language in enumerate(LANGUAGES):
        given = {key: texts[index] for key, texts in table.items() if texts[index]}
        known = read(language) | given
        by_text = {english[key]: text for key, text in known.items() if key in english}
        translated = {key: known.get(key) or by_text.get(text) for key, text in english.items()}
        missing |= {key for key, text in translated.items() if text is None}
        write(language, {key: text for key, text in translated.items() if text is not None})
    for key in english:
        if key in missing:
            say(f"{key}{BAR}{english[key]}")
    return 1 if missing else 0


def read(language: str) -> dict[str, str]:
    """Read the texts of a language by their keys; none if it is new."""
    file = LOCALES / language / "messages.json"
    if not file.exists():
        return {}
    entries: dict[str, dict[str, str]] = json.loads(file.read_text(encoding="utf-8"))
    return {key: entry["message"] for key, entry in entries.items()}


def write(language: str, texts: dict[str, str]) -> None:
    """Write the texts of a language in the order of the English ones."""
    file = LOCALES / language / "messages.json"
    file.parent.mkdir(exist_ok=True)
    entries = {key: {"message": text} for key, text in texts.items()}
    file.write_text(json.dumps(entries, indent=4, ensure_ascii=False) + "\n", encoding="utf-8")


def read_table(file: Path, english: Container[str]) -> dict[str, list[str]]:
    """Read a file of translations.

    Raises
    ------
    SetupError
        If a line has not one place for each language, or a key that English does not have.
    """
    table: dict[str, list[str]] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        key, *texts = line.split(BAR)
        if key not in english:
            raise SetupError(f"{key}: there is no English text of that key")
        if len(texts) != len(LANGUAGES):
            raise SetupError(f"{key}: {len(texts)} texts in place of {len(LANGUAGES)}")
        table[key] = texts
    return table


if __name__ == "__main__":
    exit_with(main)
