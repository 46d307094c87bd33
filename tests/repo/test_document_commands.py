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
COMMAND = re.compile(
    r"(?:OFFCUT_\w+=|scripts/[\w-]+|npm|\.ci/run|offcut|\.venv/bin/\w+|git|node|pytest)\b"
)
OFFCUT = ".venv/bin/python -m offcut "
PYTEST = re.compile(r"(?:OFFCUT_FUZZ=40 )?\.venv/bin/python -m pytest ")

# Begins like it -> the test that runs it (file::name), or "not run: " and the reason. The longest
# beginning counts.
PROOFS: dict[str, str] = {
    ".venv/bin/python -m offcut models add": "tests/offcut/cli/test_models_command.py",
    ".venv/bin/python -m offcut photo.jpg --model <id>": "tests/offcut/network/test_choice.py",
    ".venv/bin/ruff": "not run: scripts/check calls it before the tests here",
    "extension/node_modules/.bin/tsc": "not run: scripts/check calls it before the tests here",
    "node --test tests/js/*.test.js": "not run: scripts/check calls it before the tests here",
    "npm pack": "not run: asks the registry for a version that does not exist yet",
    "npm run assembly": "tests/repo/test_assembly.py",
    "dask scheduler": "tests/offcut/cli/test_cluster.py",
    "dask worker": "tests/offcut/cli/test_cluster.py",
    "offcut --version": "tests/scripts/packaging/test_python_package.py",
    "offcut photos/ --out cutouts --workers": "tests/offcut/cli/test_workers.py",
    "offcut s3://shop/photos": "tests/offcut/cli/test_addresses.py",
    "offcut zip://::photos.zip": "tests/offcut/cli/test_addresses.py",
    "offcut models": "tests/offcut/cli/test_models_command.py",
    "scripts/agreement": "not run: fetches a rival of 100 MB; where it is there, "
    "tests/browser/test_imgly_agreement.py does the same",
    "scripts/bench": "not run: measures for minutes; tests/scripts/bench has its arithmetic",
    "scripts/build": "tests/browser/conftest.py::extension",
    "scripts/build --stock": "tests/scripts/wasm/test_put_kernels.py",
    "scripts/check": "not run: it is what runs the tests",
    "scripts/corpus": "tests/scripts/corpus/test_corpus.py",
    "scripts/engine-loop": "tests/browser/models/test_engine_loop.py",
    "scripts/facts": "tests/contract/test_facts.py",
    "scripts/faults": "tests/repo/test_faults.py",
    "scripts/index": "tests/repo/test_index.py",
    "scripts/measure-models": "not run: fetches models of 130 MB and measures for minutes",
    "scripts/measure_models": "tests/repo/test_commands.py::test_a_former_name_tells_the_new_one",
    "scripts/package": "tests/browser/conftest.py::installed",
    "scripts/package --verify": "not run: sets up a second clone, which takes minutes; "
    "tests/scripts/packaging and tests/browser/test_memory_recording.py have what it compares",
    "scripts/package --with-model": "tests/scripts/packaging/test_added_models.py",
    "scripts/page-costs": "not run: measures for minutes, which wants a quiet machine",
    "scripts/pictures": "tests/browser/test_picture_table.py",
    "scripts/prepare-model": "tests/scripts/builder/test_prepare_model.py",
    "scripts/prepare_model": "tests/repo/test_commands.py::test_a_former_name_tells_the_new_one",
    "scripts/privacy": "tests/repo/test_claims.py",
    "scripts/quality": "tests/offcut/test_made_picture_floors.py",
    "scripts/run": "not run: opens a window for a person; --headless is tested",
    "scripts/run --headless": "tests/browser/test_headless_run.py",
    "scripts/screenshots": "tests/browser/test_accessibility.py",
    "scripts/soak": "tests/browser/test_soak.py",
    "scripts/store": "tests/scripts/packaging/test_store.py",
    "pipx run": "not run: fetches packages of 50 MB; it was done by hand",
    "scripts/vendor": "tests/browser/conftest.py::extension",
    "uvx": "not run: fetches packages of 50 MB; it was done by hand",
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


def is_example(command: str) -> bool:
    """Whether it is a call of our command on the files of `pictures`, as it stands."""
    return command.startswith(OFFCUT) and " models add " not in command and "<" not in command


def is_runnable(command: str) -> bool:
    """Whether the tests below run it."""
    return is_example(command) or command.startswith("scripts/texts") or bool(PYTEST.match(command))


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """A folder with the files that the documents' examples name."""
    with Image.open(free_picture("astronaut.png")) as astronaut:
        photo = astronaut.resize((128, 128))
    (tmp_path / "photos").mkdir()
    for name in ("photo.jpg", "photos/one.jpg", "photos/two.png"):
        photo.save(tmp_path / name)
    frames = [photo.rotate(angle) for angle in (2, 4, 6)]
    photo.save(tmp_path / "sticker.gif", save_all=True, append_images=frames)
    return tmp_path


@pytest.mark.weights
@pytest.mark.parametrize("command", sorted(filter(is_example, all_commands())))
def test_an_example_of_the_command_line_does_what_it_says(command: str, pictures: Path) -> None:
    native_session()  # skips where there are no weights
    arguments = shlex.split(command.removeprefix(OFFCUT))
    run = subprocess.run(
        [sys.executable, "-m", "offcut", *arguments],
        cwd=pictures, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (run.returncode, run.stderr) == (0, run.stderr)
    assert "--help" in arguments or list(pictures.rglob("*-cutout.*"))


@pytest.mark.parametrize("command", sorted(filter(PYTEST.match, all_commands())))
def test_a_call_of_pytest_names_tests_that_are_there(command: str) -> None:
    arguments = shlex.split(PYTEST.sub("", command))
    names = "\n".join(path.as_posix() for path in (ROOT / "tests").rglob("test_*.py"))
    if "-k" in arguments:
        at = arguments.index("-k")
        assert arguments[at + 1] in names
        del arguments[at : at + 2]
    paths = [argument for argument in arguments if not argument.startswith("--browser=")]
    assert all((ROOT / path).exists() for path in paths)


def test_no_text_lacks_a_translation() -> None:
    run = subprocess.run([ROOT / "scripts" / "texts"], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout) == (0, "")


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
