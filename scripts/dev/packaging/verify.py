"""Makes the packages once more, of the source package alone, and compares every byte."""

import filecmp
import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from dev.packaging.archives import read_tar
from dev.terminal import SetupError, say


def make_again(folder: Path, names: Iterable[str], arguments: Sequence[str]) -> None:
    """Unpack the source package in a new folder, run its own `scripts/package`, and compare.

    Parameters
    ----------
    folder : Path
        With the packages.
    names : iterable of str
        Files in it that shall be the same.
    arguments : sequence of str
        Of the command that has made them.

    Raises
    ------
    SetupError
        If one can't be made, or differs.
    """
    with tempfile.TemporaryDirectory(prefix="offcut-again-") as scratch:
        (source,) = folder.glob("offcut-source-*.tar.gz")
        tree = Path(scratch) / source.name.removesuffix(".tar.gz")
        _unpack(source, tree)
        again = Path(scratch) / "again"
        say(f"\nOnce more, in {tree}:")
        command = [tree / "scripts" / "package", *_without_verify(arguments), "--out", again]
        if subprocess.run(command, cwd=scratch, check=False).returncode != 0:
            raise SetupError("The packages can't be made of the source package.")
        _, other, missing = filecmp.cmpfiles(folder, again, list(names), shallow=False)
        if other or missing:
            raise SetupError(f"Not the same when made again: {', '.join(other + missing)}.")
    say("Made again of the source package in another folder: the same bytes, all of them.")


def _unpack(source: Path, tree: Path) -> None:
    for path, entry in read_tar(source.read_bytes()).items():
        file = tree / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(entry.content)
        file.chmod(entry.rights)


def _without_verify(arguments: Sequence[str]) -> list[str]:
    return [argument for argument in arguments if argument != "--verify"]
