"""Writes PRIVACY.md: the extension's page about privacy in English, with the tests that prove it.

The page (extension/privacy/privacy.html) and its texts (`_locales`) are the source. In
tests/claims.json are the tests of each claim, the date of the policy, and a hash of its texts at
that date: texts that have changed want a new date in the page.
"""

import argparse
import datetime
import hashlib
import json
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from dev.paths import EXTENSION, ROOT
from dev.terminal import SetupError, exit_with, say
from dev.texts import read

PAGE = EXTENSION / "privacy" / "privacy.html"
CLAIMS = ROOT / "tests" / "claims.json"
POLICY = ROOT / "PRIVACY.md"
HEAD = "<!-- Written by scripts/privacy out of extension/privacy/privacy.html and its texts. -->"
PROOFS = """## What proves it

Every sentence above that says how Offcut behaves has tests that fail when it is untrue:

| claim | tests |
|---|---|
"""
BEGINNINGS = {"h1": "# ", "h2": "## ", "p": "", "li": "* "}


@dataclass(frozen=True)
class Part:
    """One text of the page: the element that has it, and its key."""

    tag: str
    key: str


@dataclass
class Page(HTMLParser):
    """The texts of the page in their order, and its date. What is hidden at first is left out."""

    parts: list[Part] = field(default_factory=list[Part])
    dated: str = ""
    _hidden: bool = False

    def __post_init__(self) -> None:
        """Read the page."""
        super().__init__()
        self.feed(PAGE.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element that has a text."""
        attributes = dict(attrs)
        if tag == "section":
            self._hidden = "hidden" in attributes
        if tag == "time":
            self.dated = attributes["datetime"] or ""
        key = attributes.get("data-i18n")
        if key and tag in BEGINNINGS and not self._hidden:
            self.parts.append(Part(tag, key))

    def claims(self) -> list[str]:
        """Keys of the sentences that a test must prove."""
        return [part.key for part in self.parts if part.tag in {"p", "li"}]


def main() -> int:
    """Run the command."""
    argparse.ArgumentParser(prog="scripts/privacy", description=__doc__).parse_args()
    page, table = Page(), read_claims()
    texts = texts_hash(page)
    if texts != table["texts"]:
        today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
        if page.dated < today:
            raise SetupError(f"The texts have changed: set the date in {PAGE.name} to {today}.")
        table |= {"texts": texts, "dated": page.dated}
        CLAIMS.write_text(json.dumps(table, indent=4) + "\n", encoding="utf-8")
    POLICY.write_text(policy_text(page, table["claims"]), encoding="utf-8")
    say(f"{POLICY.name} is written.")
    return 0


def read_claims() -> dict[str, Any]:
    """Read the table of claims."""
    return json.loads(CLAIMS.read_text(encoding="utf-8"))


def texts_hash(page: Page) -> str:
    """Hash the English texts of the policy."""
    english = read("en")
    texts = "\n".join(english[part.key] for part in page.parts)
    return hashlib.sha256(texts.encode()).hexdigest()


def policy_text(page: Page, claims: dict[str, list[str]]) -> str:
    """Make the whole of PRIVACY.md."""
    english = read("en")
    lines = [HEAD]
    for before, part in zip([None, *page.parts], page.parts, strict=False):
        is_in_list = before is not None and before.tag == part.tag == "li"
        lines += ([] if is_in_list else [""]) + [BEGINNINGS[part.tag] + english[part.key]]
        if part.tag == "h1":
            lines += ["", english["privacy_dated"].replace("$1", page.dated) + "."]
    rows = [f"| {english[key].split('.')[0]} | {_links(claims[key])} |" for key in page.claims()]
    return "\n".join(lines) + f"\n\n{PROOFS}" + "\n".join(rows) + "\n"


def _links(tests: list[str]) -> str:
    parted = [test.partition("::") for test in tests]
    return ", ".join(f"[{name or file}]({file})" for file, _, name in parted)


if __name__ == "__main__":
    exit_with(main)
