"""The text of `extension/PICTURES.md`: what the tests show of every kind of picture.

`scripts/pictures` writes it to the file.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from bad_answers import BAD_ANSWERS
from picture_kinds import KINDS

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "extension" / "PICTURES.md"
TEXTS = ROOT / "extension" / "_locales" / "en" / "messages.json"

INTRODUCTION = """# Pictures on pages

Which pictures Offcut takes from a page, how, and what the user sees when it cannot. Made
from the tests by `scripts/pictures`; every row is a case of `tests/browser`.

## Kinds of pictures

Every kind is found at the clicked place: under overlays, in shadow roots, in frames of the
clicked site, and in other frames where their site is allowed. The browser offers the entry on
`img`, `input` and `video`; on all others it is there when "Show the entry everywhere on a
page" is on. Several pictures at one place are chosen from.

"""

WAYS_HEAD = """
## Ways, in their order

Each is gone only if the former failed. Where the picture's host is allowed, a request of ours
comes before the element's pixels, which are not its file.

| way | what it needs | what is sent | resolution |
|---|---|---|---|
"""
WAYS = (
    (
        "the page's own reading",
        "the click",
        "what the page itself would send; nothing for what the browser's cache, `data:`, "
        "`blob:` or the element's pixels have",
        "the file's own",
    ),
    (
        "a request of ours",
        "the picture's host allowed",
        "one request without Referer; cookies only to the page's own host, and none where the "
        "element asks for none",
        "the file's own",
    ),
    (
        "the same with a Referer",
        "the same, and a refusal of the former",
        "one more request, with the Referer that the page's own has",
        "the file's own",
    ),
    (
        "the screen",
        "the click, and the button on the result page",
        "nothing",
        "the screen's, of the visible part; the result page says so",
    ),
)
ANSWERS_HEAD = """
A host inside the user's own network is asked only for a page that is itself in there.

## Bad answers

| the server's answer | what the user sees |
|---|---|
"""

PAGES = """
## Where no script may go

| place | what the user sees |
|---|---|
"""


def sentence(code: str, *values: str) -> str:
    """Write what a failure's text says, with its placeholders filled."""
    texts = json.loads(TEXTS.read_text(encoding="utf-8"))
    text = str(texts[f"failure_{code}"]["message"])
    if code == "IMAGE_TOO_LARGE":
        text = str(texts["failure_file_too_large"]["message"])
    for number, value in enumerate(values, start=1):
        text = text.replace(f"${number}", value)
    return text


def rows(cells: Iterable[tuple[str, ...]]) -> str:
    """Lay out the rows of a table."""
    return "".join(f"| {' | '.join(row)} |\n" for row in cells)


def table() -> str:
    """Write the whole document."""
    head = "| kind | way | resolution | on failure |\n|---|---|---|---|\n"
    kinds = rows(
        (kind.name, kind.way, kind.resolution, sentence(kind.on_failure, "its host"))
        for kind in KINDS
    )
    answers = rows((answer.name, sentence(answer.code, *answer.values)) for answer in BAD_ANSWERS)
    closed = rows(
        (
            ("a page of the browser, its store", sentence("PAGE_FORBIDDEN")),
            ("a frame of another site", sentence("FRAME_CLOSED", "the frame's host")),
            ("a frame in a sandbox", sentence("FRAME_CLOSED", "the page's host")),
            ("a place without a picture", sentence("NO_PICTURE_HERE")),
        )
    )
    ways = WAYS_HEAD + rows(WAYS)
    return INTRODUCTION + head + kinds + ways + ANSWERS_HEAD + answers + PAGES + closed
