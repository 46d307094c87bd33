"""A test that fails beside others has a second try alone, and is named; a broken one fails."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from dev.second_try import MOST, passes_at_last

ONCE = """
import pathlib
import pytest

@pytest.mark.parametrize("number", range({failing}))
def test_once(number):
    seen = pathlib.Path("seen") / f"{{pathlib.Path(__file__).stem}}-{{number}}"
    seen.parent.mkdir(exist_ok=True)
    if not seen.exists():
        seen.touch()
        assert number < 0

def test_fine():
    counted = pathlib.Path("counted")
    counted.write_text(counted.read_text() + "x" if counted.exists() else "x")
"""
BROKEN = "def test_broken():\n    raise AssertionError\n"


def run(folder: Path, source: str, *more: str) -> tuple[bool, list[str]]:
    """Give the first source, and more of them, as a file each."""
    (folder / "pytest.ini").write_text("[pytest]\n")
    names = ["test_it.py", *(f"test_{number}.py" for number in range(len(more)))]
    for name, each in zip(names, (source, *more), strict=True):
        (folder / name).write_text(each)
    told: list[str] = []
    command: list[str | Path] = [sys.executable, "-m", "pytest", "-q", *names]
    return passes_at_last(command, ["-v"], folder, told.append), told


def test_what_passes_alone_is_named(tmp_path: Path) -> None:
    passed, told = run(tmp_path, ONCE.format(failing=1))
    assert passed
    assert [line for line in told if line.startswith("UNSTEADY: test_it.py::test_once[0]")]
    assert (tmp_path / "counted").read_text() == "x", "what had passed was not run again"


def test_what_fails_alone_too_is_a_failure(tmp_path: Path) -> None:
    passed, told = run(tmp_path, ONCE.format(failing=1) + BROKEN)
    assert not passed
    assert not any(line.startswith("UNSTEADY") for line in told)


def test_failures_in_many_files_are_no_chance(tmp_path: Path) -> None:
    passed, told = run(tmp_path, *[ONCE.format(failing=1)] * (MOST + 1))
    assert not passed
    assert told == []


def test_one_file_may_fail_in_many_tests(tmp_path: Path) -> None:
    passed, told = run(tmp_path, ONCE.format(failing=9))
    assert passed
    assert len([line for line in told if line.startswith("UNSTEADY")]) == 9


@pytest.mark.parametrize("source", ["def broken(:\n", ""])
def test_a_run_that_did_no_work_has_no_second_try(tmp_path: Path, source: str) -> None:
    passed, told = run(tmp_path, source)
    assert not passed
    assert told == []


def test_what_failed_at_another_time_is_not_run_again(tmp_path: Path) -> None:
    run(tmp_path, BROKEN)
    passed, told = run(tmp_path, ONCE.format(failing=1))
    assert passed
    assert len(told) == 2
