"""Freely licensed pictures that lie inside scikit-image's wheel, which the requirements name."""

import importlib.util
from pathlib import Path

from dev.terminal import SetupError


def free_picture(file: str) -> Path:
    """Give the path of one of scikit-image's pictures.

    Raises
    ------
    SetupError
        If scikit-image is not installed, or has no such picture.
    """
    package = importlib.util.find_spec("skimage")
    if package is None or not package.submodule_search_locations:
        raise SetupError(f"{file} comes with scikit-image, which is not installed.")
    path = Path(package.submodule_search_locations[0]) / "data" / file
    if not path.is_file():
        raise SetupError(f"This scikit-image has no {file}.")
    return path
