"""Commands in documents: each is run by a test, or listed here with the reason why not.

A command is a line of a fenced `sh` block, or inline code that begins like one. Lines of `offcut`
are run here as they stand; of the others `PROOFS` names the test that runs them.
"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from dev.free_pictures import free_picture
from native import native_session
from PIL import Image

ROOT = Path(__file__).parents[2]
COMMAND = re.compile(r"(?:scripts/[\w-]+|npm|\.ci/run|offcut|\.venv/bin/\w+|git|node|pytest)\b")
OFFCUT = ".venv/bin/python -m offcut "

# Begins like it -> the test that runs it (file::name), or "not run: " and the reason. The longest
# beginning counts.
PROOFS: dict[str, str] = {
    "scripts/run": "not run: opens a browser for a person; scripts/run --headless is its test",
    "scripts/run --headless": "tests/browser/test_headless_run.py",
    "scripts/check": "not run: it is what runs the tests",
    "scripts/build": "tests/browser/conftest.py::extension",
}


def documents() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "*.md"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if listed.returncode != 0:
        pytest.skip(f"needs the git repository: {listed.stderr.strip()}")
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def commands(text: str) -> Iterator[str]:
    """Commands of a document, without comments, prompts and line breaks."""
    blocks = re.findall(r"^```(?:sh|bash|console)\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    rest = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    for block in blocks:
        for line in block.replace("\\\n", " ").splitlines():
            command = re.sub(r"\s+#.*$|^\$ ", "", line).strip()
            if command and not command.startswith("#"):
                yield " ".join(command.split())
    for code in re.findall(r"`([^`]+)`", rest):
        inline = " ".join(code.split())
        # A bare path in running text names a file, except for what one types as it is.
        if COMMAND.match(inline) and (" " in inline or re.fullmatch(r"scripts/[\w-]+", inline)):
            yield inline


def all_commands() -> dict[str, set[str]]:
    """Every command, and the documents that name it."""
    found: dict[str, set[str]] = {}
    for path in documents():
        for command in commands(path.read_text(encoding="utf-8")):
            found.setdefault(command, set()).add(path.relative_to(ROOT).as_posix())
    return found


def proof_of(command: str) -> str | None:
    """Key of `PROOFS` that the command begins with, word by word; the longest."""
    words = command.split()
    for count in range(len(words), 0, -1):
        if (beginning := " ".join(words[:count])) in PROOFS:
            return beginning
    return None


def test_every_command_is_run_or_says_why_not() -> None:
    found = all_commands()
    assert len(found) > 20
    unproven = {
        command: sorted(names)
        for command, names in found.items()
        if proof_of(command) is None and not is_runnable(command)
    }
    assert unproven == {}


def test_every_proof_is_needed_and_there() -> None:
    used = {proof_of(command) for command in all_commands()}
    assert set(PROOFS) - used == set()
    for command, proof in PROOFS.items():
        reason = proof.removeprefix("not run: ")
        if reason != proof:
            assert len(reason.split()) > 3, command
            continue
        file, _, name = proof.partition("::")
        text = (ROOT / file).read_text(encoding="utf-8")
        assert not name or f"def {name}(" in text, f"{command}: {proof} is not there"


def is_runnable(command: str) -> bool:
    return command.startswith(OFFCUT)


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """A folder with the files that the documents' examples name."""
    with Image.open(free_picture("astronaut.png")) as astronaut:
        photo = astronaut.resize((128, 128))
    (tmp_path / "photos").mkdir()
    for name in ("photo.jpg", "photos/one.jpg", "photos/two.png"):
        photo.save(tmp_path / name)
    return tmp_path


@pytest.mark.weights
@pytest.mark.parametrize("command", sorted(filter(is_runnable, all_commands())))
def test_an_example_of_the_command_line_does_what_it_says(command: str, pictures: Path) -> None:
    native_session()  # skips where there are no weights
    if " models add " in command:
        pytest.skip("would fetch a model; tests/offcut/cli/test_models_command.py does, from here")
    arguments = shlex.split(command.removeprefix(OFFCUT))
    run = subprocess.run(
        [sys.executable, "-m", "offcut", *arguments],
        cwd=pictures, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (run.returncode, run.stderr) == (0, run.stderr)
    assert "--help" in arguments or list(pictures.rglob("*-cutout.*"))


def python_examples() -> list[str]:
    """Fenced `python` blocks of the documents that are whole programs."""
    blocks = [
        block
        for path in documents()
        for block in re.findall(
            r"^```python\n(.*?)^```", path.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
        )
    ]
    assert blocks
    return [block for block in blocks if "import offcut" in block]


@pytest.mark.weights
@pytest.mark.parametrize("example", python_examples())
def test_an_example_in_python_runs(example: str, pictures: Path) -> None:
    native_session()
    run = subprocess.run(
        [sys.executable, "-c", example], cwd=pictures, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
