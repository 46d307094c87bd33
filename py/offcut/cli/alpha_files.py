"""The mattes that `--alpha-file` puts beside the results.

Decides: what they are called, and that none takes the place of a picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from offcut.cli.addresses import Place
from offcut.cli.picture_names import ALPHA
from offcut.cli.source import key_of
from offcut.cli.task import Task


def add_alpha_files(tasks: Sequence[Task]) -> list[Task]:
    """Give every task a file for its matte, beside the result and called like it.

    Parameters
    ----------
    tasks : sequence of Task

    Raises
    ------
    ValueError
        If a result goes to the standard output, or a file would overwrite a picture.
    """
    pictures = {key_of(task.source) for task in tasks if task.source is not None}
    planned: list[Task] = []
    for task in tasks:
        if task.target is None:
            raise ValueError("--alpha-file is for results that are files")
        alpha = _beside(task.target)
        if key_of(alpha) in pictures:
            raise ValueError(f"{alpha} would overwrite a picture")
        planned.append(replace(task, alpha=alpha))
    return planned


def _beside(target: Place) -> Place:
    if not isinstance(target, str):
        return target.with_name(_name(target.stem))
    head, chain, rest = target.partition("::")
    folder, slash, name = head.rpartition("/")
    return folder + slash + _name(PurePosixPath(name).stem) + chain + rest


def _name(stem: str) -> str:
    # NAME-alpha.png alone may be a person's own picture.
    return f"{stem}-{ALPHA}.png"
