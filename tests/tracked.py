"""The files of the repository, for the tests of its shape."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def tracked_files() -> list[Path]:
    """All files in git, and those that would be added: the rules hold before the commit too."""
    listed = _listed()
    if listed.returncode != 0:
        pytest.skip(f"needs the git repository: {listed.stderr.strip()}")
    paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    return [path for path in paths if path.is_file()]


def read_texts(paths: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    """Content of the files that are text."""
    for path in paths:
        try:
            yield path, path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


@cache
def _listed() -> subprocess.CompletedProcess[str]:
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
