"""One line on a terminal that shows how far the work is.

Decides: that it is shown on a terminal only, and how it looks.
"""

from __future__ import annotations

import shutil
from typing import Final, TextIO

_CELLS: Final = 20


class ProgressBar:
    """Draws into a stream if that is a terminal, else nothing at all.

    Parameters
    ----------
    stream : text stream
    total : int
        Number of pictures.
    is_wanted : bool
    """

    def __init__(self, stream: TextIO, total: int, *, is_wanted: bool) -> None:
        self._stream = stream
        self._total = total
        self._is_shown = is_wanted and stream.isatty()
        self._label = ""
        self._drawn = ""

    def begin(self, number: int, name: str) -> None:
        """Start with a picture, counted from 1."""
        self._label = f"[{number}/{self._total}] {name[-40:]}"
        self.show("", 0.0)

    def show(self, stage: str, fraction: float) -> None:
        """Draw the share of the picture that is done; made to be called by a `Progress`."""
        full = int(fraction * _CELLS)
        self._draw(f"{self._label} {'#' * full}{'.' * (_CELLS - full)} {fraction:4.0%} {stage}")

    def clear(self) -> None:
        """Take the line away, for other output."""
        self._draw("")

    def _draw(self, line: str) -> None:
        # A line that wraps could not be drawn over.
        line = line[: shutil.get_terminal_size().columns - 1]
        if self._is_shown and line != self._drawn:
            self._stream.write(f"\r{line:<{len(self._drawn)}}" + ("" if line else "\r"))
            self._stream.flush()
            self._drawn = line
