"""Writes what a store asks for: the listing in every language, why each right is needed, the form.

Decides: what the listing says and in which order, the single purpose, the answers about data. Why a
right is needed is written in the README, every other word in `_locales/`: this puts them together.
"""

import argparse
import re
import sys
from collections.abc import Mapping
from pathlib import Path

from dev.environment import enter_venv
from dev.paths import ROOT
from dev.terminal import exit_with, say
from dev.texts import LANGUAGES, read

STORE = ROOT / "store"
PICTURES_HELP = "take the pictures as well, in every language, of the real extension: dist/store"
ALL_LANGUAGES = ("en", *LANGUAGES)
# What stores take.
LONGEST_SUMMARY = 132
PARAGRAPHS = (
    ("welcome_picture_click", "welcome_picture_done", "welcome_picture_mend"),
    ("popup_promise", "welcome_promise"),
    ("privacy_stay_here", "privacy_nothing_collected", "privacy_rights"),
)
WAYS = ("welcome_way_menu", "welcome_way_popup_only")
PURPOSE = """Offcut removes the background of a picture that the user chooses: by a right-click on a
page, a keyboard shortcut, or a file, drop or paste in its popup and workbench. Everything in it
serves that: mending the cut-out, putting something behind it, saving it."""
ANSWERS = (
    ("Does it use remote code?", "No. All code is in the package."),
    ("Which data does it collect?", "None: nothing of any kind is sent to us or to anybody else."),
    ("Is data sold or given to third parties?", "No."),
    ("Is data used for something else than the single purpose?", "No."),
    ("Is data used to judge creditworthiness or for lending?", "No."),
    ("Privacy policy", "PRIVACY.md at the top of the source; a page of the extension, too."),
    ("Firefox: data_collection_permissions", "none"),
)


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="scripts/store", description=__doc__)
    parser.add_argument("--pictures", action="store_true", help=PICTURES_HELP)
    options = parser.parse_args()
    for name, text in store_texts().items():
        (STORE / name).write_text(text, encoding="utf-8")
        say(f"store/{name} is written.")
    if options.pictures:
        enter_venv("dev.packaging.store", sys.argv[1:])
        # What this imports is in .venv only.
        from dev.packaging.store_pictures import take_pictures  # noqa: PLC0415

        take_pictures(ROOT / "dist" / "store", ALL_LANGUAGES)
    return 0


def store_texts() -> dict[str, str]:
    """Give every text by the name of its file in `store/`."""
    listings = {f"listing-{tag}.txt": listing(read(tag)) for tag in ALL_LANGUAGES}
    return {**listings, "permissions.md": permissions(ROOT / "README.md")}


def listing(texts: Mapping[str, str]) -> str:
    """Put the listing of one language together: name, summary, description."""
    lines = [texts["extension_name"], texts["extension_description"], ""]
    lines += [f"* {texts[key]}" for key in PARAGRAPHS[0]]
    lines += ["", texts["welcome_ways"], *(f"* {texts[key]}" for key in WAYS)]
    lines += [f"* {texts['welcome_way_batch']} {texts['popup_workbench']}"]
    for paragraph in PARAGRAPHS[1:]:
        lines += ["", *(texts[key] for key in paragraph)]
    return "\n".join(lines) + "\n"


def permissions(readme: Path) -> str:
    """Write the single purpose, the reason for each right, and the answers about data."""
    reasons = "\n".join(f"| {right} | {why} |" for right, why in rights(readme))
    answers = "\n".join(f"* {question} {answer}" for question, answer in ANSWERS)
    return f"""<!-- Written by scripts/store; the reasons are those of README.md. -->

# What a store asks

## Single purpose

{PURPOSE}

## Why each right is needed

| right | why |
|---|---|
{reasons}

## Data

{answers}
"""


def rights(readme: Path) -> list[tuple[str, str]]:
    """Read the table of rights: right, and why."""
    text = readme.read_text(encoding="utf-8")
    table = text.split("## What it asks for")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (`.+?) \| (.+?) \|$", table, re.MULTILINE)
    return [(right, why) for right, why in rows]


if __name__ == "__main__":
    exit_with(main)
