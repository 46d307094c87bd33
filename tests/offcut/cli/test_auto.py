"""The quality "auto" of the command and the library: what they measure, and what is reported."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import offcut
import pytest
from command import PHOTO, photo_in
from command import offcut as command
from offcut import OffcutOptions
from offcut.network import automatic
from subjects import Seeing

BEST = OffcutOptions(quality="best")


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine on which every run of a network takes ten seconds."""
    clock = itertools.count(0, 10)
    monkeypatch.setattr(automatic, "perf_counter", lambda: next(clock))


def test_the_library_gives_the_better_result_where_there_is_time() -> None:
    assert offcut.remove_background(PHOTO, session=Seeing()).subject.is_best


@pytest.mark.usefixtures("slow")
def test_the_library_gives_the_quick_result_on_a_slow_machine() -> None:
    assert not offcut.remove_background(PHOTO, session=Seeing()).subject.is_best
    assert offcut.remove_background(PHOTO, BEST, session=Seeing()).subject.is_best


def reported(folder: Path, capsys: pytest.CaptureFixture[str], *more: str) -> dict[str, object]:
    assert command(photo_in(folder), "--json", "--force", *more) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(
    ("quality", "made"), [("auto", "best"), ("fast", "fast"), ("best", "best")]
)
def test_the_command_reports_which_result_it_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], quality: str, made: str
) -> None:
    report = reported(tmp_path, capsys, "--quality", quality)
    assert report["quality"] == made
    assert "QUICK_ONLY" not in str(report["notices"])


@pytest.mark.usefixtures("slow")
def test_the_command_says_that_a_better_result_would_have_taken_too_long(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = reported(tmp_path, capsys)
    assert report["quality"] == "fast"
    assert report["notices"] == ["QUICK_ONLY"]
    assert command(photo_in(tmp_path), "--force") == 0
    assert "(the quick result: no better one" in capsys.readouterr().err


def test_results_that_are_there_stay_up_to_date(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    photo = photo_in(tmp_path)
    assert command(photo, "--quality", "fast") == 0
    assert command(photo) == 0
    assert "up to date" in capsys.readouterr().err
