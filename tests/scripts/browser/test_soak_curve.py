"""What a soak has measured is judged by its lows, and drawn."""

from __future__ import annotations

from pathlib import Path

import pytest
from dev.browser.soak_curve import FLAT, Row, draw, read_table, rises
from PIL import Image

LOOKS = 16


def rows(growth: float, swing: float = 0) -> list[Row]:
    """Numbers that grow by a share of the first from end to end, and jump every other time."""
    return [
        {"jobs": 5.0 * look}
        | {name: 100 + 100 * growth * look / LOOKS + swing * (look % 2) for name in FLAT}
        for look in range(LOOKS)
    ]


@pytest.mark.parametrize(
    ("growth", "swing", "grows"),
    [(0, 0, False), (0, 80, False), (0.1, 0, False), (0.5, 0, True), (0.5, 80, True)],
)
def test_rising_lows_count_and_high_peaks_do_not(growth: float, swing: float, grows: bool) -> None:
    assert {rise.is_too_much for rise in rises(rows(growth, swing))} == {grows}


def test_what_was_nothing_and_is_there_now_has_grown() -> None:
    measured = rows(0)
    for row in measured[LOOKS // 2 :]:
        row["workers"] = 30
    for row in measured[: LOOKS // 2]:
        row["workers"] = 0
    assert [rise.name for rise in rises(measured) if rise.is_too_much] == ["workers"]


def test_a_few_looks_say_nothing() -> None:
    assert rises(rows(1)[:7]) == []


def test_the_table_is_read_and_drawn(tmp_path: Path) -> None:
    table = tmp_path / "soak.csv"
    table.write_text("jobs,memory\n5,900.5\n10,910\n", encoding="utf-8")
    assert read_table(table) == [{"jobs": 5, "memory": 900.5}, {"jobs": 10, "memory": 910}]
    draw(rows(0.5), tmp_path / "soak.png")
    with Image.open(tmp_path / "soak.png") as sheet:
        # The paper, the words and axes, and the curves.
        assert len(sheet.convert("RGB").getcolors() or []) >= 3
