"""The command `offcut`: pictures in, files out, one report each."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import threading
from collections import Counter
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from offcut.api import native_session
from offcut.cli import models_command
from offcut.cli.arguments import given_options, parse_arguments
from offcut.cli.batch import KINDS, STREAM, Task, find_sources, plan_tasks
from offcut.cli.progress_bar import ProgressBar
from offcut.cli.report import (
    Report,
    describe_os_error,
    done,
    failed,
    new_report,
    print_json,
    print_line,
    print_sum,
)
from offcut.cutout import Cutout
from offcut.decoding.decode import decode
from offcut.editing.strokes import Stroke, strokes_from_json
from offcut.encoding.encode import FILE_SUFFIXES
from offcut.errors import DecodeError, OffcutError
from offcut.network.choice import choose_models
from offcut.network.inference import Session
from offcut.network.models import ModelSpec
from offcut.options.options import OffcutOptions
from offcut.pipeline import run_pipeline
from offcut.progress import Progress
from offcut.source_image import SourceImage
from offcut.weights.model_files import read_registry, weights_path

DONE: Final = 0
SOME_FAILED: Final = 1
WRONG_USAGE: Final = 2
INTERRUPTED: Final = 130

_FORMATS: Final = {suffix: name for name, suffix in FILE_SUFFIXES.items()} | {
    ".jpeg": "jpeg",
    ".jpe": "jpeg",
}

LoadSession = Callable[[ModelSpec], Session]


@dataclass(frozen=True, slots=True)
class _Job:
    """What all pictures of one call have in common."""

    sessions: dict[str, Session]
    models: list[ModelSpec]
    options: OffcutOptions
    background_picture: SourceImage | None
    strokes: tuple[Stroke, ...]


def main(argv: Sequence[str] | None = None, *, load_session: LoadSession = native_session) -> int:
    """Run the command.

    Parameters
    ----------
    argv : sequence of str, optional
        Arguments without the program's name; those of the process by default.
    load_session : callable
        Loads a model.

    Returns
    -------
    int
        The exit status, see ``offcut --help``.

    Raises
    ------
    SystemExit
        For ``--help``, ``--version`` and arguments that cannot be parsed, as argparse does.
    """
    given = sys.argv[1:] if argv is None else list(argv)
    if given[:1] == ["models"]:
        return models_command.main(given[1:])
    arguments = parse_arguments(given)
    try:
        options = _options(arguments)
        tasks = _tasks(arguments, options)
        to_do = [task for task in tasks if arguments.force or not _is_up_to_date(task, arguments)]
        job = _prepare(arguments, options, load_session) if to_do else None
    except (ValueError, OffcutError, OSError) as error:
        words = describe_os_error(error) if isinstance(error, OSError) else str(error)
        print(f"offcut: {words}", file=sys.stderr)
        return WRONG_USAGE
    try:
        with _stopped_by_termination():
            return _work(arguments, tasks, set(to_do), job)
    except KeyboardInterrupt:
        print("offcut: stopped; what is finished is there", file=sys.stderr)
        return INTERRUPTED


@contextmanager
def _stopped_by_termination() -> Generator[None]:
    """Let SIGTERM end the work as Ctrl-C does, so that nothing half is left behind.

    A signal that was ignored when the process began stays ignored, as is the custom: so does
    a shell protect what it starts in the background from Ctrl-C. For SIGINT, Python sees to it.
    """

    def stop(_signal: int, _frame: object) -> None:
        raise KeyboardInterrupt

    is_main = threading.current_thread() is threading.main_thread()
    if not is_main or signal.getsignal(signal.SIGTERM) is signal.SIG_IGN:
        yield
        return
    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _options(arguments: argparse.Namespace) -> OffcutOptions:
    values = given_options(arguments)
    has_picture = arguments.background_picture is not None
    if has_picture and values.setdefault("background", "picture") != "picture":
        raise ValueError("--background and --background-picture exclude each other")
    file = arguments.file
    if file is not None and file != STREAM:
        named = _FORMATS.get(Path(file).suffix.lower())
        if named is None and "format" not in values:
            raise ValueError(f"the ending of {file} names no format: .png, .webp or .jpg")
        if named is not None and values.setdefault("format", named) != named:
            raise ValueError(f"{file} is no name for a {values['format']} file")
    return OffcutOptions.from_json(values)


def _tasks(arguments: argparse.Namespace, options: OffcutOptions) -> list[Task]:
    """Find the pictures and name their results."""
    folder = None if arguments.folder is None else Path(arguments.folder)
    sources = find_sources(arguments.inputs, folder)
    if arguments.file is None:
        suffix = FILE_SUFFIXES[options.format]
        tasks = plan_tasks(sources, folder, KINDS[options.output], suffix)
    else:
        tasks = [_named_task(arguments.file, [source.path for source in sources])]
    if arguments.strokes is not None and len(tasks) != 1:
        raise ValueError(f"--strokes is for one picture, not for {len(tasks)}")
    if any(task.target is None for task in tasks) and sys.stdout.isatty():
        raise ValueError("a picture is not written to a terminal: use -o FILE or a redirection")
    return tasks


def _named_task(file: str, sources: Sequence[Path | None]) -> Task:
    if len(sources) != 1:
        raise ValueError(f"-o is for one picture, not for {len(sources)}: use --out DIR")
    (source,) = sources
    if file == STREAM:
        return Task(source, None)
    target = Path(file)
    if target.is_dir():
        raise ValueError(f"{file} is a folder: use --out {file}")
    if source is not None and target.exists() and source.exists() and target.samefile(source):
        raise ValueError(f"{file} would overwrite the picture itself")
    return Task(source, target)


def _is_up_to_date(task: Task, arguments: argparse.Namespace) -> bool:
    """Tell whether a result need not be made; one that was named is made as asked."""
    return arguments.file is None and task.is_done()


def _prepare(
    arguments: argparse.Namespace, options: OffcutOptions, load_session: LoadSession
) -> _Job:
    """Load what all pictures need."""
    models = choose_models(read_registry(), options, lambda spec: weights_path(spec) is not None)
    picture = None
    if arguments.background_picture is not None:
        picture = _background_picture(Path(arguments.background_picture), options)
    elif options.background == "picture":
        raise ValueError("--background picture needs --background-picture FILE")
    strokes = () if arguments.strokes is None else _strokes(Path(arguments.strokes))
    _require_folder(arguments)
    sessions = {spec.id: load_session(spec) for spec in models}
    return _Job(sessions, models, options, picture, strokes)


def _background_picture(file: Path, options: OffcutOptions) -> SourceImage:
    try:
        return decode(file.read_bytes(), max_megapixels=options.max_megapixels)
    except DecodeError as error:
        raise ValueError(f"{file}: {error.message} ({error.code})") from error


def _strokes(file: Path) -> tuple[Stroke, ...]:
    try:
        return strokes_from_json(json.loads(file.read_text(encoding="utf-8")))
    except ValueError as error:  # of JSON, and of UTF-8
        raise ValueError(f"{file} is no JSON file: {error}") from error


def _require_folder(arguments: argparse.Namespace) -> None:
    """Make the results' folder, before time is spent on what could not be kept."""
    if arguments.folder is not None:
        folder = Path(arguments.folder)
        folder.mkdir(parents=True, exist_ok=True)
        if not os.access(folder, os.W_OK):
            raise ValueError(f"nothing can be written into {folder}")


def _work(
    arguments: argparse.Namespace, tasks: Sequence[Task], to_do: set[Task], job: _Job | None
) -> int:
    """Do all tasks, one after the other, and report on each."""
    bar = ProgressBar(sys.stderr, len(tasks), is_wanted=not arguments.quiet)
    outcomes = Counter[str]()
    for number, task in enumerate(tasks, start=1):
        report = new_report(task)
        if job is not None and task in to_do:
            bar.begin(number, task.name)
            _fill(report, task, job, bar)
        bar.clear()
        outcomes[report["status"]] += 1
        if arguments.json:
            print_json(report, sys.stderr if task.target is None else sys.stdout)
        else:
            print_line(report, sys.stderr, is_quiet=arguments.quiet)
    if not (arguments.json or arguments.quiet):
        print_sum(outcomes, sys.stderr)
    return SOME_FAILED if outcomes["failed"] else DONE


def _fill(report: Report, task: Task, job: _Job, bar: ProgressBar) -> None:
    """Make one result and complete its report."""
    stage = "read"
    try:
        data = sys.stdin.buffer.read() if task.source is None else task.source.read_bytes()
        stage = ""
        cutout = _cut_out(data, job, Progress(bar.show))
        stage = "write"
        _write(task.target, cutout.encoded)
    except (OffcutError, OSError, MemoryError) as error:
        report |= failed(error, stage)
    else:
        report |= done(cutout)


def _cut_out(data: bytes, job: _Job, progress: Progress) -> Cutout:
    return run_pipeline(
        data,
        job.sessions,
        job.models,
        job.options,
        progress,
        background_picture=job.background_picture,
        strokes=job.strokes,
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
