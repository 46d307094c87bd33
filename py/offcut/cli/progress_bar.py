"""One line on a terminal that shows how far the work is.

Decides: that it is shown on a terminal only, and how it looks; how pictures a minute and the time
that is left are told.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from time import monotonic
from typing import Final, TextIO

from offcut.cli.plain_text import fit_for_terminal

_CELLS: Final = 20


class ProgressBar:
    """Draws into a stream if that is a terminal, else nothing at all.

    Parameters
    ----------
    stream : text stream
    total : int
        Number of pictures.
    is_wanted : bool
    clock : callable
        Gives seconds.
    """

    def __init__(
        self,
        stream: TextIO,
        total: int,
        *,
        is_wanted: bool,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._stream = stream
        self._total = total
        self._is_shown = is_wanted and stream.isatty()
        self._clock = clock
        self._start = clock()
        self._done = 0
        self._label = ""
        self._frame = ""
        self._drawn = ""

    def begin(self, number: int, name: str) -> None:
        """Start with a picture, counted from 1, that is worked on here."""
        self._label = f"[{number}/{self._total}] {fit_for_terminal(name)[-40:]}"
        self._frame = ""
        self.show("", 0.0)

    def show(self, stage: str, fraction: float) -> None:
        """Draw the share of the picture that is done; made to be called by a `Progress`."""
        full = int(fraction * _CELLS)
        bar = f"{'#' * full}{'.' * (_CELLS - full)} {fraction:4.0%} {stage}"
        self._draw(f"{self._label} {bar}{self._frame}{self._pace()}")

    def show_frame(self, number: int, count: int) -> None:
        """Note which frame of a picture that moves is worked on; for a `Progress` as well."""
        self._frame = f" frame {number} of {count}"

    def count(self) -> None:
        """Note that one more picture is over, and draw how many are."""
        self._done += 1
        self._draw(f"[{self._done}/{self._total}]{self._pace()}")

    def clear(self) -> None:
        """Take the line away, for other output."""
        self._draw("")

    def _pace(self) -> str:
        """Say how many pictures a minute there were, and how long the rest will take."""
        seconds = self._clock() - self._start
        if not self._done or seconds <= 0:
            return ""
        left = round(seconds / self._done * (self._total - self._done))
        hours, minutes = divmod(left // 60, 60)
        clock = f"{hours}:{minutes:02}:{left % 60:02}" if hours else f"{minutes}:{left % 60:02}"
        return f"  {self._done / seconds * 60:.0f} a minute, {clock} left"

    def _draw(self, line: str) -> None:
        # A line that wraps could not be drawn over.
        line = line[: shutil.get_terminal_size().columns - 1]
        if self._is_shown and line != self._drawn:
            self._stream.write(f"\r{line:<{len(self._drawn)}}" + ("" if line else "\r"))
            self._stream.flush()
            self._drawn = line
