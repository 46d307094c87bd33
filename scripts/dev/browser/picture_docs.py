"""Writes extension/PICTURES.md: what the browser tests show of every kind of picture on a page.

The table is made of the cases of tests/browser, so that it cannot say what no test shows.
"""

import argparse
import sys

from dev.environment import enter_venv
from dev.paths import ROOT
from dev.terminal import exit_with, say

# As pytest has them: the cases import each other by their bare names.
TEST_FOLDERS = (ROOT / "tests", ROOT / "tests" / "browser", ROOT / "py")


def main() -> int:
    """Run the command."""
    argparse.ArgumentParser(prog="scripts/pictures", description=__doc__).parse_args()
    enter_venv("dev.browser.picture_docs", sys.argv[1:])
    sys.path[:0] = map(str, TEST_FOLDERS)
    # The cases need Pillow, which is in .venv only.
    from picture_table import TABLE, table  # noqa: PLC0415

    TABLE.write_text(table(), encoding="utf-8")
    say(f"{TABLE.relative_to(ROOT)} is written.")
    return 0


if __name__ == "__main__":
    exit_with(main)
