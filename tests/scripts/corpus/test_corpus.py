"""Odd and damaged files: a few hundred mutations of made ones, and a run that bugs do not stop."""

from __future__ import annotations

import io
import subprocess
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from dev.corpus import run as corpus
from dev.corpus.mutate import files_of, mutation
from dev.corpus.run import Answer, Terms
from files import four_blocks, saved
from PIL import Image
from tracked import ROOT

FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF", "ICO")
MUTATIONS = 300


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small file of each format."""
    folder = tmp_path / "odd"
    folder.mkdir()
    for pillow_format in FORMATS:
        name = f"blocks.{pillow_format.lower()}"
        (folder / name).write_bytes(saved(four_blocks(), pillow_format))
    frames = [Image.fromarray(np.roll(four_blocks(), each, 1)) for each in range(3)]
    moving = io.BytesIO()
    frames[0].save(moving, "GIF", save_all=True, append_images=frames[1:])
    (folder / "moving.gif").write_bytes(moving.getvalue())
    (folder / "README.md").write_text("no picture")
    return folder


def terms(folder: Path, mutations: int, patience: float = 60) -> Terms:
    return Terms(folder, mutations, 1, 1, patience, 3000)


def test_every_mutation_gives_a_cutout_or_an_error_with_a_code(
    folder: Path, tmp_path: Path
) -> None:
    journal = tmp_path / "journal.jsonl"
    corpus.run(terms(folder, MUTATIONS), journal)
    answers = corpus.read(journal)
    assert len(answers) == MUTATIONS + len(FORMATS) + 1
    assert [answer for answer in answers if answer.is_bug] == []
    assert {"done", "CORRUPT_IMAGE"} <= {answer.came for answer in answers}


def test_a_run_that_was_broken_off_goes_on_where_it_ended(folder: Path, tmp_path: Path) -> None:
    journal = tmp_path / "journal.jsonl"
    corpus.run(terms(folder, 5), journal)
    before = journal.read_text()
    journal.write_text(before + '{"number": 5, "na')  # the line that was being written
    corpus.run(terms(folder, 8), journal)
    numbers = [answer.number for answer in corpus.read(journal)]
    assert sorted(numbers) == list(range(-len(FORMATS) - 1, 8))


def test_a_worker_that_dies_or_hangs_is_noted_and_the_run_goes_on(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = "import os, sys; line = sys.stdin.readline()"
    ends = {
        "CRASH -9": f"{script}; os.kill(os.getpid(), 9)",
        "HANG": f"{script}; sys.stdin.read()",
    }
    for came, code in ends.items():
        journal = tmp_path / f"{came}.jsonl"
        monkeypatch.setattr(corpus, "WORKER", ("-c", code))
        corpus.run(terms(folder, 2, 2), journal)
        answers = corpus.read(journal)
        assert {answer.came for answer in answers} == {came}
        assert all(answer.is_bug for answer in answers)
        kept = sorted(path.name for path in (tmp_path / f"{came}-bugs").iterdir())
        assert kept == ["0-blocks.bmp", "1-blocks.gif"]


def test_a_mutation_is_the_same_each_time_and_another_for_another_seed(folder: Path) -> None:
    data = files_of(folder)[0].read_bytes()
    assert mutation(data, "1 a 1") == mutation(data, "1 a 1")
    assert len({mutation(data, f"1 a {number}") for number in range(50)}) > 40
    assert mutation(b"", "1 a 1") is not None


def test_what_is_no_code_of_ours_is_a_bug() -> None:
    assert Answer(1, "a", "BUG ValueError: x").is_bug
    assert not Answer(1, "a", "CORRUPT_IMAGE").is_bug


def test_a_long_run_in_pieces_is_the_same_run(folder: Path, tmp_path: Path) -> None:
    whole, pieces = tmp_path / "whole.jsonl", [tmp_path / f"{n}.jsonl" for n in (0, 4)]
    corpus.run(terms(folder, 8), whole)
    for first, journal in zip((0, 4), pieces, strict=True):
        corpus.run(replace(terms(folder, 4), first=first), journal)
    came = [(each.number, each.name, each.came) for each in corpus.read(whole)]
    parts = [each for journal in pieces for each in corpus.read(journal)]
    assert [(each.number, each.name, each.came) for each in parts] == came


def test_journals_are_counted_together(folder: Path, tmp_path: Path) -> None:
    journals = [tmp_path / f"{n}.jsonl" for n in (0, 1)]
    for number, journal in enumerate(journals):
        corpus.run(replace(terms(folder, 1), first=number), journal)
    command = [str(ROOT / "scripts" / "corpus"), "--sum", *map(str, journals)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert f"files: {len(FORMATS) + 1}, mutations: 2" in said
