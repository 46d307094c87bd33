"""What the command line says about each picture, for programs and for people.

Decides: the fields of `--json`, the sentences for notices (QUICK_ONLY, of "auto" only the quick
result was made, is the command's own), for files that cannot be read or written (FILE_ERROR) and
for pictures of which processes die (WORKER_ENDED), the sum at the end.
"""

from __future__ import annotations

import errno
import json
from collections import Counter
from typing import Any, Final, TextIO

from offcut.cli.check_report import describe_check
from offcut.cli.plain_text import say
from offcut.cli.task import STREAM, Task
from offcut.cutout import Cutout
from offcut.decoding.read_animation import MOST_FRAMES, MOST_MEGAPIXELS
from offcut.errors import Failure, OffcutError

Report = dict[str, Any]
"""``input``, ``output``, ``alpha`` (where the matte is, if it was wanted) and ``status`` (done,
skipped, failed); when done ``width``, ``height``, ``frames`` (1 unless it moves), ``quality``
(what was made: fast or best), ``bytes`` and, with ``alpha``, ``alpha_bytes`` (the files' lengths),
``notices`` and ``timings``, with a market place ``checks`` (see `Check`); when failed ``failure``.
Where the picture could be read, ``sha256`` of its file."""


_NOTICES: Final = {
    "FIRST_FRAME_ONLY": "first frame only",
    "TOO_MANY_FRAMES": f"first frame only: it has more than {MOST_FRAMES} frames, or more than "
    f"{MOST_MEGAPIXELS} megapixels in all; a shorter or smaller one keeps moving",
    "FRAMES_LOST": "its last frames are broken and left out",
    "LATER_FRAME_TAKEN": "it begins empty, so a later frame was taken",
    "FIRST_PICTURE_ONLY": "the first of several pictures only",
    "MAIN_PAGE_TAKEN": "it begins with a small preview, so the full picture was taken",
    "CONVERTED_CMYK": "CMYK converted to RGB",
    "REDUCED_TO_8_BIT": "reduced to 8 bits",
    "COLORS_CONVERTED": "colours converted to sRGB",
    "PROFILE_DROPPED": "colour profile dropped, it is not of RGB",
    "UNSURE": "not sure about this one: look at it",
    "QUICK_ONLY": "the quick result: no better one was to be had in a few seconds",
    "ENLARGED": "enlarged, so less sharp than a larger picture would be",
}
_OUTCOMES: Final = {"done": "done", "failed": "failed", "skipped": "up to date"}
_PLAIN_WORDS: Final = (
    (FileNotFoundError, "there is no such file or folder"),
    (IsADirectoryError, "that is a folder"),
    (NotADirectoryError, "a part of its path is a file, not a folder"),
    (FileExistsError, "a file of that name is in the way"),
    (PermissionError, "that is not allowed"),
)
_PLAIN_NUMBERS: Final = {
    errno.ENAMETOOLONG: "its name is longer than this disk takes",
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "no more may be stored there",
    errno.EROFS: "nothing can be written on this disk",
    errno.ELOOP: "it is a link that leads back to itself",
}


def describe_os_error(error: OSError) -> str:
    """Say in plain words what a file system has refused, and of which file."""
    fitting = [words for kind, words in _PLAIN_WORDS if isinstance(error, kind)]
    known = fitting[0] if fitting else _PLAIN_NUMBERS.get(error.errno or 0)
    words = known or error.strerror or str(error)
    return f"{error.filename}: {words}" if error.filename else words


def new_report(task: Task) -> Report:
    """Begin the report on a picture, which is skipped unless something else is added."""
    target = STREAM if task.target is None else str(task.target)
    alpha = {} if task.alpha is None else {"alpha": str(task.alpha)}
    return {"input": task.name, "output": target, **alpha, "status": "skipped"}


def describe_cutout(cutout: Cutout) -> Report:
    """Give what is to be added when the result is written; timings are milliseconds."""
    height, width = cutout.size
    is_best = cutout.subject.is_best
    # A picture that moves has no better result by itself: each frame would take seconds.
    is_cut_short = cutout.options.quality == "auto" and not is_best and cutout.frames == 1
    return {
        "status": "done",
        "width": width,
        "height": height,
        "bytes": len(cutout.encoded),
        "frames": cutout.frames,
        "quality": "best" if is_best else "fast",
        "notices": [*cutout.notices, *(["QUICK_ONLY"] if is_cut_short else [])],
        "timings": {name: round(value, 1) for name, value in cutout.timings.items()},
        **({"checks": [check.to_json() for check in cutout.checks]} if cutout.checks else {}),
    }


def describe_failure(error: OffcutError | OSError | MemoryError, stage: str = "") -> Report:
    """Give what is to be added when there is no result.

    ``FILE_ERROR`` is the command line's own code, for files that can't be read or written;
    the stage, ``read`` or ``write``, says which.
    """
    if isinstance(error, OffcutError):
        return {"status": "failed", "failure": error.as_failure()}
    if isinstance(error, MemoryError):
        code, message = "OUT_OF_MEMORY", str(error) or "There is not enough memory."
    else:
        verb = "read" if stage == "read" else "written"
        code, message = "FILE_ERROR", f"It cannot be {verb}: {describe_os_error(error)}."
    failure: Failure = {"code": code, "stage": stage, "message": message, "detail": {}}
    return {"status": "failed", "failure": failure}


def describe_lost_worker() -> Report:
    """Give what is to be added when two processes in turn have died of a picture."""
    message = "The process that worked on it was ended twice, by the system or by a fault."
    failure: Failure = {"code": "WORKER_ENDED", "stage": "", "message": message, "detail": {}}
    return {"status": "failed", "failure": failure}


def print_json(report: Report, stream: TextIO) -> None:
    """Write the report as one line of JSON."""
    print(json.dumps(report), file=stream, flush=True)


def print_line(report: Report, stream: TextIO, *, is_quiet: bool) -> None:
    """Write the report as one line for people; if `is_quiet`, only what is not as it should be."""
    if report["status"] == "failed":
        failure: Failure = report["failure"]
        say(f"{report['input']}: {failure['message']} ({failure['code']})", stream)
        return
    checks = [check for check in report.get("checks", ()) if not (is_quiet and check["met"])]
    if report["output"] != STREAM and (checks or not is_quiet):
        is_done = report["status"] == "done"
        remark = "" if is_done else " (is up to date; --force makes it again)"
        if report.get("frames", 1) > 1:
            remark = f" ({report['frames']} frames)"
        notices = "".join(f" ({_NOTICES.get(code, code)})" for code in report.get("notices", ()))
        say(f"{report['input']} -> {report['output']}{remark}{notices}", stream)
        for check in checks:
            say(describe_check(check), stream)


def is_refused_by_market(report: Report) -> bool:
    """Tell whether a result was made, but is not what `--market` asks for."""
    return not all(check["met"] for check in report.get("checks", ()))


def print_left_out(counts: Counter[str], stream: TextIO) -> None:
    """Say how many pictures of a folder are of kinds that are not looked for."""
    if counts:
        parts = [f"{count} {suffix}" for suffix, count in sorted(counts.items())]
        words = "these kinds are not looked for; name such a file to learn what to do"
        say(f"left out: {', '.join(parts)} ({words})", stream)


def print_sum(counts: Counter[str], stream: TextIO, *, refused: int) -> None:
    """Write how many pictures ended how, if there were several.

    `refused` are those that are done, but not what `--market` asks for.
    """
    if counts.total() > 1:
        parts = [f"{counts[key]} {words}" for key, words in _OUTCOMES.items() if counts[key]]
        parts += [f"{refused} not as the market place asks"] if refused else []
        say(", ".join(parts), stream)
