"""What the command line says about each picture, for programs and for people."""

from __future__ import annotations

import json
from typing import Any, TextIO

from offcut.batch import STREAM, Task
from offcut.cutout import Cutout
from offcut.errors import Failure, OffcutError

Report = dict[str, Any]
"""``input``, ``output`` and ``status`` (done, skipped, failed); when done ``width``,
``height``, ``notices`` and ``timings``; when failed ``failure``."""


def new_report(task: Task) -> Report:
    """Begin the report on a picture, which is skipped unless something else is added."""
    target = STREAM if task.target is None else str(task.target)
    return {"input": task.name, "output": target, "status": "skipped"}


def done(cutout: Cutout) -> Report:
    """Give what is to be added when the result is written; timings are milliseconds."""
    height, width = cutout.size
    return {
        "status": "done",
        "width": width,
        "height": height,
        "notices": list(cutout.notices),
        "timings": {name: round(value, 1) for name, value in cutout.timings.items()},
    }


def failed(error: OffcutError | OSError | MemoryError) -> Report:
    """Give what is to be added when there is no result.

    ``FILE_ERROR`` is the command line's own code, for files that can't be read or written.
    """
    if isinstance(error, OffcutError):
        return {"status": "failed", "failure": error.as_failure()}
    code = "OUT_OF_MEMORY" if isinstance(error, MemoryError) else "FILE_ERROR"
    message = str(error) or "There is not enough memory."
    failure: Failure = {"code": code, "stage": "", "message": message, "detail": {}}
    return {"status": "failed", "failure": failure}


def print_json(report: Report, stream: TextIO) -> None:
    """Write the report as one line of JSON."""
    print(json.dumps(report), file=stream, flush=True)


def print_line(report: Report, stream: TextIO, *, is_quiet: bool) -> None:
    """Write the report as one line for people; if `is_quiet`, failures only."""
    if report["status"] == "failed":
        failure: Failure = report["failure"]
        print(f"{report['input']}: {failure['message']} ({failure['code']})", file=stream)
    elif not is_quiet and report["output"] != STREAM:
        is_done = report["status"] == "done"
        remark = "" if is_done else " (is up to date; --force makes it again)"
        notices = "".join(f" [{notice}]" for notice in report.get("notices", ()))
        print(f"{report['input']} -> {report['output']}{remark}{notices}", file=stream)
