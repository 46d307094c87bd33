"""Where models are found outside the browser: the registry, and the weights it names.

Decides: the folders that are searched (OFFCUT_MODELS, the package's own, the user's data), where
models are added, what is said when weights are nowhere.

Looked for, in this order: the folder that $OFFCUT_MODELS names, the one that was installed with
the package (in a clone its folder `models`), and the user's data folder. In each of them the
weights may lie in a folder `weights` or directly. What they are prepared with is in `prepared`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from offcut.errors import ModelError
from offcut.network.models import ModelSpec

VARIABLE: Final = "OFFCUT_MODELS"


def model_folders() -> list[Path]:
    """Give the folders that are searched, the first one first, whether they exist or not."""
    chosen = os.environ.get(VARIABLE)
    package = Path(__file__).resolve().parents[1]
    installed, clone = package / "models", package.parents[1] / "models"
    own = installed if installed.is_dir() else clone
    folders = [own, _user_data() / "offcut" / "models"]
    return [Path(chosen), *folders] if chosen else folders


def read_registry() -> str:
    """Read the text of the first `registry.json` that is found.

    Raises
    ------
    ModelError
        UNKNOWN_MODEL if there is none.
    """
    for folder in model_folders():
        path = folder / "registry.json"
        if path.is_file():
            return path.read_text(encoding="utf-8")
    raise ModelError(
        "UNKNOWN_MODEL",
        f"No registry.json is in {_list_folders()}. Set {VARIABLE} to the folder that holds it.",
    )


def store_folder() -> Path:
    """Give the folder to which models are added."""
    chosen = os.environ.get(VARIABLE)
    return Path(chosen) if chosen else _user_data() / "offcut" / "models"


def weights_path(spec: ModelSpec) -> Path | None:
    """Give the weights of a model, if they are somewhere; whether intact is not checked."""
    name = Path(spec.file).name
    for folder in model_folders():
        for path in (folder / "weights" / name, folder / name):
            if path.is_file():
                return path
    return None


def find_weights(spec: ModelSpec) -> Path:
    """Find the weights of a model.

    Raises
    ------
    ModelError
        WEIGHTS_MISMATCH if they are nowhere; whether they are the right ones is checked
        by the session that reads them.
    """
    path = weights_path(spec)
    if path is not None:
        return path
    raise ModelError(
        "WEIGHTS_MISMATCH",
        f"{spec.file} is in none of {_list_folders()}. `offcut models add {spec.id}` fetches it; "
        f"or put it into one of them, or set {VARIABLE} to its folder.",
        detail={"model": spec.id},
    )


def find_delta(name: str) -> Path:
    """Find what a model's weights are prepared with.

    Parameters
    ----------
    name : str
        As the registry has it.

    Raises
    ------
    ModelError
        WEIGHTS_MISMATCH if it is nowhere.
    """
    for folder in model_folders():
        path = folder / "prepared" / Path(name).name
        if path.is_file():
            return path
    raise ModelError("WEIGHTS_MISMATCH", f"{Path(name).name} is in none of {_list_folders()}.")


def _user_data() -> Path:
    """Give the folder where programs keep a user's data."""
    if sys.platform == "win32":
        return _folder_of("LOCALAPPDATA", Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    return _folder_of("XDG_DATA_HOME", Path.home() / ".local" / "share")


def _folder_of(variable: str, otherwise: Path) -> Path:
    value = os.environ.get(variable)
    return Path(value) if value else otherwise


def _list_folders() -> str:
    return ", ".join(map(str, _unique(model_folders())))


def _unique(folders: list[Path]) -> Iterator[Path]:
    return iter(dict.fromkeys(folders))
