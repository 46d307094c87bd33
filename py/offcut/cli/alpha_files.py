"""The mattes that `--alpha-file` puts beside the results.

Decides: what they are called, and that none takes the place of a picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from offcut.cli.batch import ALPHA, Task, name_key


def add_alpha_files(tasks: Sequence[Task], kind: str) -> list[Task]:
    """Give every task a file for its matte, beside the result and called like it.

    Parameters
    ----------
    tasks : sequence of Task
    kind : str
        Of `KINDS`' values: what the results are called by.

    Raises
    ------
    ValueError
        If a result goes to the standard output, or a file would overwrite a picture.
    """
    pictures = {name_key(task.source) for task in tasks if task.source is not None}
    planned: list[Task] = []
    for task in tasks:
        if task.target is None:
            raise ValueError("--alpha-file is for results that are files")
        stem = task.target.stem.removesuffix(f"-{kind}")
        alpha = task.target.with_name(f"{stem}-{ALPHA}.png")
        if name_key(alpha) in pictures:
            raise ValueError(f"{alpha} would overwrite a picture")
        planned.append(replace(task, alpha=alpha))
    return planned
