"""Writes tests/FAULTS.md: what is ended or broken, at which stage, and what comes of it.

Each row is a mark of the browser test that does it, `@pytest.mark.fault("the engine", "a batch",
"goes on by itself")`: the fault, the stage and the outcome. A test compares.
"""

import argparse
import ast
from pathlib import Path
from typing import NamedTuple

from dev.paths import ROOT
from dev.terminal import exit_with, say

TABLE = ROOT / "tests" / "FAULTS.md"
TESTS = ROOT / "tests" / "browser"
HEAD = """<!-- Written by scripts/faults out of the marks of the tests. -->
# Faults

What is ended or broken, at which stage, what comes of it, and the test that does it. Nothing made
is lost, no badge, rule or note is left, and the next job works.
"""
COLUMNS = """
| fault | stage | outcome | test |
|---|---|---|---|
"""
ENDED = "What is ended"
OTHERS = "What is broken, full or late"
FIRST = (
    *("the model's worker", "Python's worker", "both workers", "a PNG worker", "the fetcher"),
    *("the model store", "the engine", "the engine, twice", "every engine", "the service worker"),
    *("engine and service worker", "the page", "the clicked page", "the browser"),
)
"""What can be ended, in this order; every other fault is of the second table."""
REST = """
## Not tried

A damaged byte in a stored original, the end of the whole browser in the middle of an edit.
"""


class Fault(NamedTuple):
    """A row of the table."""

    fault: str
    stage: str
    outcome: str
    test: str
    file: str

    @property
    def place(self) -> tuple[int, str, str]:
        """Where it stands in its table."""
        order = FIRST.index(self.fault) if self.fault in FIRST else len(FIRST)
        return order, self.fault, self.stage

    def row(self) -> str:
        """Write it."""
        link = f"[{self.test}]({self.file})"
        return f"| {self.fault} | {self.stage} | {self.outcome} | {link} |"


def main() -> int:
    """Run the command."""
    argparse.ArgumentParser(prog="scripts/faults", description=__doc__).parse_args()
    TABLE.write_text(table_text(), encoding="utf-8")
    say(f"{TABLE.relative_to(ROOT)} is written.")
    return 0


def table_text() -> str:
    """Make the whole of the document."""
    faults = sorted(read_faults(), key=lambda each: each.place)
    parts = [HEAD]
    for title, is_end in ((ENDED, True), (OTHERS, False)):
        rows = [each.row() for each in faults if (each.fault in FIRST) == is_end]
        parts.append(f"\n## {title}\n{COLUMNS}" + "\n".join(rows) + "\n")
    return "".join(parts) + REST


def read_faults() -> list[Fault]:
    """Read the marks of all browser tests."""
    return [fault for path in sorted(TESTS.rglob("test_*.py")) for fault in _faults_of(path)]


def _faults_of(path: Path) -> list[Fault]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    file = path.relative_to(TABLE.parent).as_posix()
    found: list[Fault] = []
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef):
            continue
        calls = [each for each in node.decorator_list if isinstance(each, ast.Call)]
        for call in calls:
            if ast.unparse(call.func) == "pytest.mark.fault":
                fault, stage, outcome = (ast.literal_eval(each) for each in call.args)
                found.append(Fault(fault, stage, outcome, node.name, file))
    return found


if __name__ == "__main__":
    exit_with(main)
