"""The table of pictures in the docs says what the tests say."""

from __future__ import annotations

from picture_table import TABLE, table


def test_the_table_is_current() -> None:
    assert TABLE.read_text(encoding="utf-8") == table(), "run scripts/pictures"
