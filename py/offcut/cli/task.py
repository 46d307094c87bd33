"""One picture and its result, as the command and its workers pass it on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from offcut.cli.addresses import Place

STREAM: Final = "-"


@dataclass(frozen=True, slots=True)
class Task:
    """One picture and its result; None stands for the standard streams.

    Attributes
    ----------
    source, target : Place or None
    alpha : Place or None
        Where the matte goes that is wanted beside the result.
    former_sha256 : str
        Of the picture of which the result that is there was made, in the same way; "" if
        that is unknown or there is none.
    """

    source: Place | None
    target: Place | None
    alpha: Place | None = None
    former_sha256: str = ""

    @property
    def name(self) -> str:
        """What the source is called in messages."""
        return STREAM if self.source is None else str(self.source)

    def is_newer(self) -> bool:
        """Tell whether all results are there, not empty, and at least as new as the picture."""
        results = [self.target] if self.alpha is None else [self.target, self.alpha]
        files = [each for each in (self.source, *results) if isinstance(each, Path)]
        if len(files) <= len(results):
            return False
        try:
            source, *made = [file.stat() for file in files]
            oldest = min(result.st_mtime_ns for result in made)
            return oldest >= source.st_mtime_ns and all(result.st_size for result in made)
        except OSError:
            return False
