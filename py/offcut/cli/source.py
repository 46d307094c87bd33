"""A picture that was found, before its result has a name.

Decides: which names are taken for one where a file system may not tell them apart.
"""

from __future__ import annotations

import os
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from offcut.cli.addresses import Place
from offcut.cli.task import STREAM


@dataclass(frozen=True, slots=True)
class Source:
    """One picture to be read.

    Attributes
    ----------
    path : Path or None
        None is the standard input. For a picture at an address, what it is called there.
    inside : Path
        Where it lies inside of the folder that was named, for the same place under the
        results' folder.
    address : str
        "" for a file of this machine.
    """

    path: Path | None
    inside: Path = Path()
    address: str = ""

    @property
    def place(self) -> Place | None:
        """Where it is read."""
        return self.address or self.path

    @property
    def folder(self) -> Path | None:
        """The folder of this machine that it lies in."""
        return None if self.path is None or self.address else self.path.parent

    @property
    def stem_key(self) -> str:
        """Its name without the ending, equal where file systems may not tell names apart."""
        return "" if self.path is None else fold(self.path.stem)

    @property
    def key(self) -> str:
        """Equal for what may be one file."""
        return STREAM if self.place is None else key_of(self.place)


def key_of(place: Place) -> str:
    """Make equal what may be one file."""
    return fold(place if isinstance(place, str) else os.path.normcase(place.resolve()))


def fold(name: str) -> str:
    """Make equal what some file systems do: A and a, a letter with and one beside its accent."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
