"""Odd files through the real extension: `scripts/corpus --browser`."""

from __future__ import annotations

from pathlib import Path

import pytest
from dev.corpus import in_browser
from dev.corpus import run as corpus
from dev.corpus.run import Terms
from files import four_blocks, saved


def test_what_comes_of_a_file_is_noted_and_an_engine_that_is_lost_is_a_bug(
    extension: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "odd"
    folder.mkdir()
    whole = saved(four_blocks(), "PNG")
    (folder / "a.png").write_bytes(whole)
    (folder / "b.png").write_bytes(whole[: len(whole) // 3])
    monkeypatch.setattr(in_browser, "MOST_REFUSED", 1)  # so that a plain picture is tried
    terms = Terms(folder, 0, 1, 1, 120, 3000, build=extension)
    journal = tmp_path / "journal.jsonl"
    corpus.run(terms, journal)
    came = [answer.came for answer in corpus.read(journal)]
    assert came[0] == "done"
    assert came[1] == "CORRUPT_IMAGE"
    monkeypatch.setattr(in_browser, "LOST", {came[1]})
    again = tmp_path / "again.jsonl"
    corpus.run(terms, again)
    assert [answer.is_bug for answer in corpus.read(again)] == [False, True]
