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
    former_sha256 : str
        Of the picture of which the result that is there was made, in the same way; "" if
        that is unknown or there is none.
    """

    source: Place | None
    target: Place | None
    former_sha256: str = ""

    @property
    def name(self) -> str:
        """What the source is called in messages."""
        return STREAM if self.source is None else str(self.source)

    def is_newer(self) -> bool:
        """Tell whether the result is there, and at least as new as the picture."""
        if not isinstance(self.source, Path) or not isinstance(self.target, Path):
            return False
        try:
            return self.target.stat().st_mtime_ns >= self.source.stat().st_mtime_ns
        except OSError:
            return False
