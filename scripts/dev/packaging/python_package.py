"""Wheel and sdist of the Python package, as setuptools makes them, packed the same every time."""

import os
import shutil
import tempfile
from pathlib import Path

from dev.environment import ensure_python
from dev.packaging.archives import Entry, make_tar, make_zip, read_tar, read_zip
from dev.packaging.source_state import SourceState
from dev.paths import MODELS, ROOT
from dev.terminal import SetupError, run_quietly

# In an empty folder: setuptools leaves files beside the sources, and takes what it finds there.
BUILD = "from setuptools import build_meta as b; b.build_wheel('dist'); b.build_sdist('dist')"
NEEDED = ("pyproject.toml", "setup.py", "README.md", "LICENSE", "models/", "py/offcut/")
WEIGHTS = "weights/*.onnx"


def make_python_package(state: SourceState) -> dict[str, bytes]:
    """Make wheel and sdist.

    Returns
    -------
    dict of str to bytes
        The files by their names.

    Raises
    ------
    SetupError
        If setuptools fails; says what it said.
    """
    with tempfile.TemporaryDirectory(prefix="offcut-python-") as scratch:
        folder = Path(scratch)
        _copy_sources(state, folder)
        epoch = {"SOURCE_DATE_EPOCH": str(state.epoch)}
        done = run_quietly([ensure_python(), "-c", BUILD], cwd=folder, env={**os.environ, **epoch})
        if done.returncode != 0:
            raise SetupError(f"setuptools could not make the Python package:\n{done.stderr}")
        return dict(_pack_anew(file, state) for file in sorted((folder / "dist").iterdir()))


def _copy_sources(state: SourceState, folder: Path) -> None:
    sources = [ROOT / path for path in state.files if path.startswith(NEEDED)]
    for source in (*sources, *MODELS.glob(WEIGHTS)):
        target = folder / source.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
    (folder / "dist").mkdir()


def _pack_anew(file: Path, state: SourceState) -> tuple[str, bytes]:
    """Pack what setuptools has packed with this machine's rights, owners and dates."""
    packed = file.read_bytes()
    if file.suffix == ".whl":
        entries = {path: Entry(entry.content) for path, entry in read_zip(packed).items()}
        return file.name, make_zip(entries, state.epoch)
    entries = {path: Entry(entry.content) for path, entry in read_tar(packed).items()}
    return file.name, make_tar(entries, state.epoch, file.name.removesuffix(".tar.gz"))
