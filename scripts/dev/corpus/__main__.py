"""Sends odd picture files, and mutations of them, through the Python core or the extension.

Each file gives a cut-out or an error with a code, within bounds of time and memory; all else is a
bug, and its file is kept beside the journal. A run that is broken off goes on where it ended.
A long run may be done in pieces (`--first 20000 --mutations 20000`), each with a journal of its
own, which `--sum` counts together. With `--browser` the files go through the real extension, and
a plain picture after each that is refused. The exit status is 1 if there was a bug.
"""

import argparse
import sys
from collections import Counter
from operator import attrgetter
from pathlib import Path

from dev.browser.driven_copy import driven_copy
from dev.builder.build import build
from dev.corpus.run import Answer, Terms, read, run
from dev.environment import enter_venv
from dev.terminal import SetupError, exit_with, say


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="scripts/corpus", description=__doc__)
    parser.add_argument(
        "folder", type=Path, nargs="?", metavar="DIR", help="picture files, as odd as can be"
    )
    parser.add_argument(
        "--first", type=int, default=0, metavar="N", help="number of the first mutation; default: 0"
    )
    parser.add_argument("--browser", action="store_true", help="through the real extension")
    parser.add_argument(
        "--sum", type=Path, nargs="+", metavar="FILE", help="count these journals together"
    )
    parser.add_argument("--mutations", type=int, default=1000, metavar="N", help="default: 1000")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="other mutations")
    parser.add_argument("--workers", type=int, default=1, metavar="N", help="processes at once")
    parser.add_argument(
        "--seconds", type=float, default=60, metavar="S", help="for one file; default: 60"
    )
    parser.add_argument(
        "--megabytes", type=int, default=3000, metavar="MB",
        help="of address space for one process; default: 3000",
    )  # fmt: skip
    parser.add_argument(
        "--journal", type=Path, default=Path("corpus.jsonl"), metavar="FILE",
        help="where each answer is noted; default: corpus.jsonl",
    )  # fmt: skip
    options = parser.parse_args()
    if options.sum:
        enter_venv("dev.corpus", sys.argv[1:])
        return report([answer for journal in options.sum for answer in _read(journal)])
    if not options.folder or not options.folder.is_dir():
        raise SetupError(f"{options.folder or 'Nothing'} is no folder.")
    enter_venv("dev.corpus", sys.argv[1:])
    terms = Terms(
        options.folder, options.mutations, options.seed,
        options.workers, options.seconds, options.megabytes,
        options.first, driven_copy(build()[0]) if options.browser else None,
    )  # fmt: skip
    run(terms, options.journal)
    return report(read(options.journal))


def _read(journal: Path) -> list[Answer]:
    if not journal.is_file():
        raise SetupError(f"{journal} is no file.")
    return read(journal)


def report(answers: list[Answer]) -> int:
    """Print what came of all files; gives the exit status."""
    bugs = [answer for answer in answers if answer.is_bug]
    mutated = sum(answer.number >= 0 for answer in answers)
    say(f"files: {len(answers) - mutated}, mutations: {mutated}")
    came = Counter("bug" if answer.is_bug else answer.came for answer in answers)
    for outcome, count in came.most_common():
        say(f"{outcome:24} {count}")
    for measure in ("ms", "mb"):
        worst = max(answers, key=attrgetter(measure), default=None)
        if worst:
            most = attrgetter(measure)(worst)
            say(f"worst: {most} {measure.replace('mb', 'MB')}, {worst.name} #{worst.number}")
    for bug in bugs:
        say(f"{bug.name} #{bug.number}: {bug.came}")
    return 1 if bugs else 0


exit_with(main)
