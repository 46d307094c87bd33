"""The manifest: a file of JSON lines, one a picture, that says what was made of what, and how.

Decides: what a line says, when a result counts as made already (the same content, options and
models, and the file is there with the length that it had), that a manifest which was cut off is
read as far as it goes, and that a file which is something else is neither read nor overwritten.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, cast

from offcut.cli.addresses import size_of, version_of, write_whole
from offcut.cli.picture_names import OTHER_SUFFIXES, PICTURE_SUFFIXES
from offcut.cli.report import Report, new_report
from offcut.cli.task import Task

_BEGINNING: Final = b'{"input": '
"""Of the first line."""


class Manifest:
    """What was made, in a file that is written line by line.

    A line is a `Report` with ``recipe``, the fingerprint of options and models, and
    ``version``, which changes when the picture's file is written anew. The file is put in the
    order of the tasks when all are done.

    Parameters
    ----------
    path : Path
        Need not exist.
    recipe : str
        See `offcut.cli.job.Job.fingerprint`.

    Raises
    ------
    ValueError
        If the file is called like a picture, or has other things in it.
    OSError
        If the file is there and cannot be read.
    """

    def __init__(self, path: Path, recipe: str) -> None:
        self._path = path
        self._recipe = recipe
        self._rows = {row["output"]: row for row in _read_rows(path)}

    def known(self, task: Task) -> Task:
        """Give a task with what is known of the result that is there."""
        row = self._row_of(task)
        if row is None or not (_is_whole(task, row) and task.target):
            return task
        return replace(task, former_sha256=row["sha256"])

    def is_done(self, task: Task) -> bool:
        """Tell whether a known task's picture is the one of which its result was made."""
        row = self._row_of(task)
        if row is None or not task.former_sha256 or task.source is None:
            return False
        with suppress(OSError):
            return row.get("version") == version_of(task.source) != ""
        return False

    def add(self, task: Task, report: Report) -> None:
        """Write down what has become of a picture."""
        former = self._rows.get(report["output"], {})
        is_left = report["status"] == "skipped" and former.get("status") == "done"
        row = {**former, **report, "status": "done"} if is_left else dict(report)
        row |= {"recipe": self._recipe, "version": ""}
        if task.source is not None:
            with suppress(OSError):
                row["version"] = version_of(task.source)
        self._rows[report["output"]] = row
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(row) + "\n")

    def finish(self, tasks: Sequence[Task]) -> None:
        """Leave one line for each picture, in their order; those of other calls come first."""
        ours = [new_report(task)["output"] for task in tasks]
        others = [output for output in self._rows if output not in set(ours)]
        rows = [self._rows[output] for output in (*others, *ours) if output in self._rows]
        text = "".join(json.dumps(row) + "\n" for row in rows)
        write_whole(self._path, text.encode())

    def _row_of(self, task: Task) -> dict[str, Any] | None:
        row = self._rows.get(new_report(task)["output"])
        if row is None or row["status"] != "done" or row.get("recipe") != self._recipe:
            return None
        wanted = new_report(task)
        return row if all(row.get(key) == wanted.get(key) for key in ("input", "alpha")) else None


def _is_whole(task: Task, row: Mapping[str, Any]) -> bool:
    """Tell whether all files of a result are there, as long as they were when they were written."""
    wanted = ((task.target, row.get("bytes")), (task.alpha, row.get("alpha_bytes")))
    return all(size_of(place) == length for place, length in wanted if place is not None)


def _read_rows(path: Path) -> Iterator[dict[str, Any]]:
    if path.suffix.lower() in PICTURE_SUFFIXES | OTHER_SUFFIXES:
        raise ValueError(f"{path} is no name for a manifest, which has lines of JSON: NAME.jsonl")
    if not path.exists():
        return
    content = path.read_bytes()
    rows = [row for line in content.split(b"\n") if (row := _row_in(line)) is not None]
    # What a killed process has begun to write is no row; nor is what was written behind it.
    if content.strip() and not rows and not content.startswith(_BEGINNING):
        raise ValueError(f"{path} is no manifest of Offcut, and is left as it is")
    yield from rows


def _row_in(line: bytes) -> dict[str, Any] | None:
    with suppress(ValueError):  # of JSON, and of UTF-8
        row = json.loads(line)
        if isinstance(row, dict) and {"output", "recipe"} <= row.keys():
            return cast("dict[str, Any]", row)
    return None
