"""Writes extension/messages/facts.js: what the extension must know of the Python package.

Every fact has its place in py/offcut; the extension has this one copy. A test compares the two.
"""

import argparse
import sys

from dev.environment import enter_venv
from dev.terminal import exit_with, say


def main() -> int:
    """Run the command."""
    argparse.ArgumentParser(prog="scripts/facts", description=__doc__).parse_args()
    enter_venv("dev.facts", sys.argv[1:])
    # The facts are read out of py/offcut, which needs numpy: it is in .venv only.
    from dev.builder.facts import fact_modules  # noqa: PLC0415

    for file, new in fact_modules().items():
        if file.exists() and file.read_text(encoding="utf-8") == new:
            say(f"{file.name} was up to date.")
        else:
            file.write_text(new, encoding="utf-8")
            say(f"{file.name} is written.")
    return 0


if __name__ == "__main__":
    exit_with(main)
