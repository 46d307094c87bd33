"""The command `offcut`: pictures in, files out, one report each.

Decides: the order of work and the exit codes; `-o` (one picture, its ending chooses the format,
never over the picture itself), what excludes what, that nothing binary goes to a terminal.
"""

from __future__ import annotations

import argparse
import sys
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from offcut.cli import models_command
from offcut.cli.addresses import Place, place_of
from offcut.cli.alpha_files import add_alpha_files
from offcut.cli.arguments import given_options, parse_arguments
from offcut.cli.batch import count_left_out, find_sources
from offcut.cli.job import Job, prepare_job
from offcut.cli.manifest import Manifest
from offcut.cli.picture_names import KINDS
from offcut.cli.report import describe_os_error, print_left_out
from offcut.cli.result_names import plan_tasks
from offcut.cli.signals import stop_on_termination
from offcut.cli.task import STREAM, Task
from offcut.cli.worker_plan import WorkerPlan, plan_workers
from offcut.cli.write_cutouts import do_tasks
from offcut.encoding.file_formats import FILE_SUFFIXES
from offcut.errors import OffcutError
from offcut.options.id_photos import id_photo_options
from offcut.options.markets import market_options
from offcut.options.options import OffcutOptions
from offcut.remover import LoadSession

DONE: Final = 0
SOME_FAILED: Final = 1
WRONG_USAGE: Final = 2
INTERRUPTED: Final = 130

_FORMATS: Final = {suffix: name for name, suffix in FILE_SUFFIXES.items()} | {
    ".jpeg": "jpeg",
    ".jpe": "jpeg",
}


def main(argv: Sequence[str] | None = None, *, load_session: LoadSession | None = None) -> int:
    """Run the command.

    Parameters
    ----------
    argv : sequence of str, optional
        Arguments without the program's name; those of the process by default.
    load_session : callable, optional
        Loads a model; native onnxruntime by default.

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
    with warnings.catch_warnings():
        # Warnings are for developers, who can ask for them by `python -W`.
        if not sys.warnoptions:
            warnings.simplefilter("ignore")
        if given[:1] == ["models"]:
            return models_command.main(given[1:])
        return _cut_out(given, load_session)


def _cut_out(given: list[str], load_session: LoadSession | None) -> int:
    arguments = parse_arguments(given)
    try:
        options = _read_options(arguments)
        tasks = _plan_tasks(arguments, options)
        job = prepare_job(arguments, options, load_session)
        manifest, tasks = _read_manifest(arguments, tasks, job)
        to_do = [
            number
            for number, task in enumerate(tasks)
            if arguments.force or not _is_up_to_date(task, arguments, manifest)
        ]
        plan = plan_workers(arguments, [tasks[number] for number in to_do])
        _require_same_everywhere(options, plan)
        if not (arguments.quiet or arguments.json):
            print_left_out(count_left_out(arguments.inputs), sys.stderr)
            if plan.workers and to_do:
                print(plan, file=sys.stderr)
        with stop_on_termination():
            outcomes = do_tasks(arguments, tasks, to_do, job, plan=plan, manifest=manifest)
    except (ValueError, OffcutError, OSError) as error:
        words = describe_os_error(error) if isinstance(error, OSError) else str(error)
        print(f"offcut: {words}", file=sys.stderr)
        return WRONG_USAGE
    except KeyboardInterrupt:
        print("offcut: stopped; what is finished is there", file=sys.stderr)
        return INTERRUPTED
    return SOME_FAILED if outcomes["failed"] else DONE


def _read_manifest(
    arguments: argparse.Namespace, tasks: list[Task], job: Job
) -> tuple[Manifest | None, list[Task]]:
    """Read what former calls have made, if a manifest was named."""
    if arguments.manifest is None:
        return None, tasks
    manifest = Manifest(Path(arguments.manifest), job.fingerprint)
    return manifest, tasks if arguments.force else [manifest.known(task) for task in tasks]


def _require_same_everywhere(options: OffcutOptions, plan: WorkerPlan) -> None:
    if plan.scheduler and options.quality == "auto":
        raise ValueError(
            "--scheduler needs --quality fast or best: "
            "what auto makes depends on the speed of each machine"
        )


def _read_options(arguments: argparse.Namespace) -> OffcutOptions:
    values = given_options(arguments)
    has_picture = arguments.background_picture is not None
    if has_picture and values.setdefault("background", "picture") != "picture":
        raise ValueError("--background and --background-picture exclude each other")
    file = arguments.file
    if file is not None and file != STREAM:
        suffix = Path(file).suffix.lower()
        if suffix == ".pdf" and values.get("sheet") is not None:
            values["sheet_pdf"] = True
        named = "jpeg" if values.get("sheet_pdf") and suffix == ".pdf" else _FORMATS.get(suffix)
        if named is None and "format" not in values:
            raise ValueError(
                f"the ending of {file} names no format: .png, .webp, .gif, .jpg, .psd or .ora"
            )
        if named is not None and values.setdefault("format", named) != named:
            raise ValueError(f"{file} is no name for a {values['format']} file")
    if values.get("sheet") is not None:
        _check_sheet_file(values, "" if file in (None, STREAM) else Path(file).suffix.lower())
    if values.get("id_photo"):
        values = id_photo_options(values["id_photo"], values)
    if values.get("market"):
        values = market_options(values["market"], values)
    return OffcutOptions.from_json(values)


def _check_sheet_file(values: dict[str, Any], suffix: str) -> None:
    """Refuse a sheet that would be called or asked for as what it is not."""
    is_pdf = bool(values.get("sheet_pdf"))
    endings = {".pdf"} if is_pdf else {".jpg", ".jpeg"}
    if values.get("format", "jpeg") != "jpeg" or suffix not in endings | {""}:
        raise ValueError("a sheet is a JPEG or a PDF: -o NAME.jpg or -o NAME.pdf")


def _plan_tasks(arguments: argparse.Namespace, options: OffcutOptions) -> list[Task]:
    """Find the pictures and name their results."""
    folder = None if arguments.folder is None else place_of(arguments.folder)
    sources = find_sources(arguments.inputs, folder)
    if arguments.file is None:
        suffix = FILE_SUFFIXES[options.format]
        if options.sheet is not None:
            suffix = ".pdf" if options.sheet_pdf else FILE_SUFFIXES["jpeg"]
        tasks = plan_tasks(sources, folder, KINDS[options.output], suffix)
    else:
        tasks = [_name_result(arguments.file, [source.place for source in sources])]
    if arguments.alpha_file:
        tasks = add_alpha_files(tasks)
    if arguments.strokes is not None and len(tasks) != 1:
        raise ValueError(f"--strokes is for one picture, not for {len(tasks)}")
    if any(task.target is None for task in tasks) and sys.stdout.isatty():
        raise ValueError("a picture is not written to a terminal: use -o FILE or a redirection")
    return tasks


def _name_result(file: str, sources: Sequence[Place | None]) -> Task:
    if len(sources) != 1:
        raise ValueError(f"-o is for one picture, not for {len(sources)}: use --out DIR")
    (source,) = sources
    if file == STREAM:
        return Task(source, None)
    target = place_of(file)
    if isinstance(target, str):
        return Task(source, target)
    if target.is_dir():
        raise ValueError(f"{file} is a folder: use --out {file}")
    if isinstance(source, Path) and target.exists() and source.exists() and target.samefile(source):
        raise ValueError(f"{file} would overwrite the picture itself")
    return Task(source, target)


def _is_up_to_date(task: Task, arguments: argparse.Namespace, manifest: Manifest | None) -> bool:
    """Tell whether a result need not be made; one that was named is made as asked."""
    if manifest is not None:
        return manifest.is_done(task)
    return arguments.file is None and task.is_newer()
