"""Text from elsewhere, such as the names of files, made fit for a terminal.

Decides: which characters a terminal does not get as they are: those that move its cursor, change
its colours or its title, or let text run the other way.
"""

from __future__ import annotations

import unicodedata
from typing import Final, TextIO

# Control characters, invisible ones, halves of pairs, ends of lines and of paragraphs.
_UNFIT: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_JOINERS: Final = "\u200c\u200d"
"""Invisible, but a part of words in some scripts and of emoji."""


def fit_for_terminal(text: str) -> str:
    r"""Write as ``\x1b`` and the like what a terminal would obey instead of showing it."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shown(character) for character in text)


def say(text: str, stream: TextIO) -> None:
    """Print one line for people."""
    print(fit_for_terminal(text), file=stream)


def _shown(character: str) -> str:
    if unicodedata.category(character) not in _UNFIT or character in _JOINERS:
        return character
    return character.encode("unicode_escape").decode("ascii")
