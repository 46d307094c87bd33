"""Makes the results, one picture after the other, and reports on each.

Decides: that a failed picture does not stop the others, that a result is written under another name
first so that none is half, what goes to stdout and what to stderr.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from offcut.alpha_file import encode_alpha
from offcut.cli.batch import Task
from offcut.cli.heif import decode_if_heic
from offcut.cli.job import Job
from offcut.cli.progress_bar import ProgressBar
from offcut.cli.report import (
    Report,
    describe_cutout,
    describe_failure,
    new_report,
    print_json,
    print_line,
    print_sum,
)
from offcut.cli.svg import draw_if_svg
from offcut.cutout import Cutout
from offcut.errors import OffcutError
from offcut.pipeline import run_pipeline
from offcut.progress import Progress


def do_tasks(
    arguments: argparse.Namespace, tasks: Sequence[Task], to_do: set[Task], job: Job | None
) -> Counter[str]:
    """Do all tasks, one after the other, and report on each.

    Parameters
    ----------
    arguments : argparse.Namespace
        Of which `json` and `quiet` count.
    tasks : sequence of Task
    to_do : set of Task
        Those that are not up to date.
    job : Job or None
        None if there is nothing to do.

    Returns
    -------
    Counter of str
        How many tasks have which status of a `Report`.
    """
    bar = ProgressBar(sys.stderr, len(tasks), is_wanted=not arguments.quiet)
    outcomes = Counter[str]()
    for number, task in enumerate(tasks, start=1):
        report = new_report(task)
        if job is not None and task in to_do:
            bar.begin(number, task.name)
            _make_result(report, task, job, bar)
        bar.clear()
        outcomes[report["status"]] += 1
        if arguments.json:
            print_json(report, sys.stderr if task.target is None else sys.stdout)
        else:
            print_line(report, sys.stderr, is_quiet=arguments.quiet)
    if not (arguments.json or arguments.quiet):
        print_sum(outcomes, sys.stderr)
    return outcomes


def _make_result(report: Report, task: Task, job: Job, bar: ProgressBar) -> None:
    """Make one result and complete its report."""
    stage = "read"
    try:
        data = sys.stdin.buffer.read() if task.source is None else task.source.read_bytes()
        stage = ""
        cutout = _cut_out(data, job, Progress(bar.show))
        stage = "write"
        if task.alpha is not None:
            _write(task.alpha, encode_alpha(cutout))
        _write(task.target, cutout.encoded)
    except (OffcutError, OSError, MemoryError) as error:
        report |= describe_failure(error, stage)
    else:
        report |= describe_cutout(cutout)


def _cut_out(data: bytes, job: Job, progress: Progress) -> Cutout:
    return run_pipeline(
        decode_if_heic(draw_if_svg(data), job.options.max_megapixels),
        job.models,
        job.models.models,
        job.options,
        progress,
        background_picture=job.background_picture,
        strokes=job.strokes,
        better=job.models.better,
    )


def _write(target: Path | None, data: bytes) -> None:
    """Write a file so that it is whole whenever it is there; None is the standard output."""
    if target is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    # Not named after the target, whose name may be as long as names can be.
    unfinished = target.with_name(f".offcut-{os.getpid()}.part")
    try:
        unfinished.write_bytes(data)
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
