"""Makes the results, here, in several processes or on a cluster, and reports on each.

Decides: that a failed picture does not stop the others, that reports come in the order of the
pictures, which pictures are left as they are, what goes to stdout and what to stderr.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from offcut.cli.cluster import on_cluster
from offcut.cli.job import Job, with_threads
from offcut.cli.make_result import make_result
from offcut.cli.manifest import Manifest
from offcut.cli.memory import held_bytes, require_memory
from offcut.cli.progress_bar import ProgressBar
from offcut.cli.report import (
    Report,
    is_refused_by_market,
    new_report,
    print_json,
    print_line,
    print_sum,
)
from offcut.cli.task import Task
from offcut.cli.worker_plan import WorkerPlan
from offcut.cli.worker_pool import WorkerPool
from offcut.progress import Progress

Reports = Iterator[tuple[int, Report]]
REFUSED: Final = "refused"


def do_tasks(  # noqa: PLR0913 (two of them by keyword)
    arguments: argparse.Namespace,
    tasks: Sequence[Task],
    to_do: Sequence[int],
    job: Job,
    *,
    plan: WorkerPlan,
    manifest: Manifest | None,
) -> Counter[str]:
    """Do all tasks and report on each.

    Parameters
    ----------
    arguments : argparse.Namespace
        Of which `json`, `quiet`, `memory` and `threads` count.
    tasks : sequence of Task
    to_do : sequence of int
        The places in `tasks` of those that are not up to date.
    job : Job
    plan : WorkerPlan
    manifest : Manifest or None

    Returns
    -------
    Counter of str
        How many tasks have which status of a `Report`; under `REFUSED`, how many of those that
        are done are not what `--market` asks for.

    Raises
    ------
    OffcutError
        If the model cannot be loaded, before anything is reported.
    """
    bar = ProgressBar(sys.stderr, len(to_do), is_wanted=not arguments.quiet)
    outcomes, refused = Counter[str](), 0
    if arguments.threads is not None:
        job = with_threads(job, plan.threads)
    # What is free now, three quarters of it, is no reason to refuse the only picture there is.
    limit = None if arguments.memory is None else plan.memory
    made = _run([tasks[number] for number in to_do], job, plan, bar, limit)
    for task, report in _in_order(tasks, to_do, _noted(made, tasks, to_do, manifest, bar)):
        bar.clear()
        outcomes[report["status"]] += 1
        refused += is_refused_by_market(report)
        if arguments.json:
            print_json(report, sys.stderr if task.target is None else sys.stdout)
        else:
            print_line(report, sys.stderr, is_quiet=arguments.quiet)
    if manifest is not None:
        manifest.finish(tasks)
    if not (arguments.json or arguments.quiet):
        print_sum(outcomes, sys.stderr, refused=refused)
    return outcomes + Counter({REFUSED: refused})


def _run(
    tasks: Sequence[Task], job: Job, plan: WorkerPlan, bar: ProgressBar, limit: int | None
) -> Reports:
    if not tasks:
        return iter(())
    if plan.scheduler:
        return on_cluster(plan.scheduler, tasks, job)
    if plan.workers:
        return WorkerPool(with_threads(job, plan.threads), tasks, plan.workers, plan.memory).run()
    return _run_here(tasks, job, bar, limit)


def _run_here(tasks: Sequence[Task], job: Job, bar: ProgressBar, limit: int | None) -> Reports:
    def admit(needed: int) -> None:
        if limit is not None:
            require_memory(needed, limit - held_bytes())

    job.remover.load()
    for number, task in enumerate(tasks):
        bar.begin(number + 1, task.name)
        progress = Progress(bar.show, report_frame=bar.show_frame)
        yield number, make_result(task, job, progress, admit=admit)


def _noted(
    made: Reports,
    tasks: Sequence[Task],
    to_do: Sequence[int],
    manifest: Manifest | None,
    bar: ProgressBar,
) -> Reports:
    """Write reports down and count them, as soon as they are there."""
    for place, report in made:
        number = to_do[place]
        if manifest is not None:
            manifest.add(tasks[number], report)
        bar.count()
        yield number, report


def _in_order(
    tasks: Sequence[Task], to_do: Sequence[int], made: Reports
) -> Iterator[tuple[Task, Report]]:
    """Give the reports of all tasks in their order."""
    awaited = set(to_do)
    ready: dict[int, Report] = {}
    for number, task in enumerate(tasks):
        while number in awaited and number not in ready:
            place, report = next(made)
            ready[place] = report
        yield task, ready.pop(number, None) or new_report(task)
