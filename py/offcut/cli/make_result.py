"""Makes one result: reads a picture, cuts it out, writes the file, and reports on it.

Decides: that a picture of which the same result is there already is not made again, what counts as
the same (its content), what goes wrong in which stage.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from hashlib import sha256

from offcut.alpha_file import encode_alpha
from offcut.cli.addresses import Place, read, write_whole
from offcut.cli.heif import decode_if_heic
from offcut.cli.job import Job
from offcut.cli.memory import picture_bytes
from offcut.cli.report import Report, describe_cutout, describe_failure, new_report
from offcut.cli.svg import draw_if_svg
from offcut.cli.task import Task
from offcut.errors import OffcutError
from offcut.progress import Progress

Admit = Callable[[int], None]
"""Called with the bytes of memory that a picture will take; returns when it may have them."""


def make_result(
    task: Task,
    job: Job,
    progress: Progress | None = None,
    *,
    read_ahead: Callable[[], bytes] | None = None,
    admit: Admit | None = None,
) -> Report:
    """Make one result.

    Parameters
    ----------
    task : Task
    job : Job
    progress : Progress, optional
    read_ahead : callable, optional
        Gives the picture's file where it is being read already.
    admit : callable, optional
        Raises MemoryError if the picture can never have so much.

    Returns
    -------
    Report
        Of a failure too: nothing is raised because of a picture.
    """
    report = new_report(task)
    stage = "read"
    try:
        data = read_ahead() if read_ahead else read_picture(task.source)
        report["sha256"] = sha256(data).hexdigest()
        if report["sha256"] == task.former_sha256:
            return report
        stage = ""
        data = draw_if_svg(data)
        if admit:
            admit(picture_bytes(data, job.remover.options))
        cutout = job.remover(decode_if_heic(data, job.remover.options.max_megapixels), progress)
        stage = "write"
        if task.alpha is not None:
            alpha = encode_alpha(cutout)
            write_whole(task.alpha, alpha)
            report["alpha_bytes"] = len(alpha)
        _write(task.target, cutout.encoded)
    except (OffcutError, OSError, MemoryError) as error:
        return report | describe_failure(error, stage)
    return report | describe_cutout(cutout)


def read_picture(source: Place | None) -> bytes:
    """Read a picture's file; None is the standard input."""
    return sys.stdin.buffer.read() if source is None else read(source)


def _write(target: Place | None, data: bytes) -> None:
    if target is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        write_whole(target, data)
