"""Reads what a soak has measured, judges whether it grows, and draws it.

Decides: which numbers must stay flat, and how much their lows may rise.

Memory goes up and down by a picture's size, so its lows are compared. The first quarter is left
out: what is kept between jobs (the newest results, the workers) has to fill first.
"""

import csv
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw

MOST_RISE = 0.1
SLACK = 2
"""So much more is none: of ten processes, one more is a tenth."""
FLAT = ("memory", "extension", "assembly", "handles", "processes", "listeners", "nodes", "workers")
"""Columns of the table that must not grow."""
PARTS = 4
WIDTH, HEIGHT, MARGIN = 900, 150, 24
PAPER, INK, LINE = "white", "black", "#1f6fb2"

Row = dict[str, float]


@dataclass(frozen=True, slots=True)
class Rise:
    """The lowest value of a number in the second quarter and in the last."""

    name: str
    early: float
    late: float

    @property
    def share(self) -> float:
        """How much it has risen: 0.1 is a tenth."""
        return self.late / self.early - 1 if self.early else float(self.late > 0)

    @property
    def is_too_much(self) -> bool:
        """Whether it grows with the number of jobs."""
        return self.share > MOST_RISE and self.late - self.early > SLACK

    def line(self) -> str:
        """Say it in a line."""
        verdict = "GROWS" if self.is_too_much else "flat"
        return f"{self.name:12} {self.early:8.0f} -> {self.late:8.0f} {self.share:+7.1%}  {verdict}"


def read_table(path: Path) -> list[Row]:
    """Read the numbers of a soak, a row for each look."""
    with path.open(encoding="utf-8", newline="") as file:
        return [{name: float(value) for name, value in row.items()} for row in csv.DictReader(file)]


def rises(rows: list[Row]) -> list[Rise]:
    """Compare the lows; fewer than eight looks say nothing."""
    quarter = len(rows) // PARTS
    if quarter < 2:
        return []
    early, late = rows[quarter : 2 * quarter], rows[-quarter:]
    return [
        Rise(name, min(row[name] for row in early), min(row[name] for row in late)) for name in FLAT
    ]


def draw(rows: list[Row], path: Path) -> None:
    """Draw a curve for each number over the jobs, from 0 up."""
    lows = {rise.name: rise for rise in rises(rows)}
    sheet = Image.new("RGB", (WIDTH, HEIGHT * len(FLAT)), PAPER)
    pen = ImageDraw.Draw(sheet)
    for place, name in enumerate(FLAT):
        top, bottom = place * HEIGHT + MARGIN, (place + 1) * HEIGHT - MARGIN // 2
        values = [row[name] for row in rows]
        highest = max(*values, 1)
        step = (WIDTH - 2 * MARGIN) / max(len(rows) - 1, 1)

        points = [
            (MARGIN + index * step, bottom - (bottom - top) * value / highest)
            for index, value in enumerate(values)
        ]
        pen.line([(MARGIN, bottom), (WIDTH - MARGIN, bottom)], fill=INK)
        pen.line(points, fill=LINE, width=2) if len(points) > 1 else None
        told = lows[name].line() if name in lows else name
        pen.text((MARGIN, top - MARGIN + 6), f"{told}   most {highest:.0f}", fill=INK)
    sheet.save(path)
