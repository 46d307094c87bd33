"""The commands in scripts/: one way to spell them, and help that needs no set-up."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parents[2] / "scripts"
FILES = sorted(path for path in SCRIPTS.iterdir() if path.is_file() and os.access(path, os.X_OK))
COMMANDS = [path.name for path in FILES if "_" not in path.name]
# Former names are kept for one version and only say the new one.
FORMER_NAMES = [path.name for path in FILES if "_" in path.name]


@pytest.fixture(scope="module")
def bare_machine(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment whose `python3` has nothing but the standard library."""
    folder = tmp_path_factory.mktemp("bin")
    python = folder / "python3"
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" -S "$@"\n', encoding="utf-8")
    python.chmod(0o755)
    # A screen's width, so that argparse breaks its lines alike everywhere.
    return {"PATH": f"{folder}{os.pathsep}{os.environ['PATH']}", "COLUMNS": "100"}


def call(name: str, argument: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = [SCRIPTS / name, argument]
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False)


def test_names_are_in_kebab_case() -> None:
    assert COMMANDS
    assert [name for name in COMMANDS if not re.fullmatch(r"[a-z]+(-[a-z]+)*", name)] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_help_needs_no_set_up_and_begins_with_the_name(
    name: str, bare_machine: dict[str, str]
) -> None:
    done = call(name, "--help", bare_machine)
    assert done.stderr == ""
    assert done.returncode == 0
    assert done.stdout.startswith(f"usage: scripts/{name} ")


@pytest.mark.parametrize("name", COMMANDS)
def test_an_unknown_option_is_told(name: str, bare_machine: dict[str, str]) -> None:
    done = call(name, "--no-such-option", bare_machine)
    assert done.returncode == 2
    assert f"usage: scripts/{name} " in done.stderr
    assert "error: " in done.stderr


@pytest.mark.parametrize("name", COMMANDS)
def test_the_first_lines_of_a_command_say_what_it_is_for(name: str) -> None:
    shebang, about, start = (SCRIPTS / name).read_text(encoding="utf-8").splitlines()
    assert shebang == "#!/bin/sh"
    assert re.fullmatch(r"# [A-Z].*\.", about)
    # The machine's own Python: a fresh clone has no other, and the module makes the environment.
    assert " exec python3 -m dev." in start


@pytest.mark.parametrize("name", FORMER_NAMES)
def test_a_former_name_tells_the_new_one(name: str, bare_machine: dict[str, str]) -> None:
    new = name.replace("_", "-")
    done = call(name, "--help", bare_machine)
    assert done.stdout.startswith(f"usage: scripts/{new} ")
    assert f"scripts/{name} is now called scripts/{new}." in done.stderr


def test_the_readme_has_a_row_for_every_command() -> None:
    readme = (SCRIPTS / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| .+ \| `([\w-]+)` \| ", readme, re.MULTILINE)
    assert sorted(rows) == sorted(COMMANDS)
