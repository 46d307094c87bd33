"""Sends hundreds of jobs through one browser, and tells whether memory and handles stay flat.

Good and broken pictures of all sizes, cancelled jobs, closed pages, right-clicks and batches are
mixed in a real Chromium. Every five jobs are measured: `soak.csv` has the numbers, `soak.png` the
curves. It ends with 1 if a job ended otherwise than it must, if something was left behind, or if
the lowest memory or the fewest handles of the last quarter are more than a tenth above those of the
second. The tests run the same with twenty jobs.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

from dev.environment import BROWSER_PROGRAMS, ensure_programs, enter_venv
from dev.paths import ROOT
from dev.terminal import exit_with, say

TEST = "tests/browser/test_soak.py"


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="scripts/soak", description=__doc__)
    parser.add_argument("--jobs", type=int, default=1000, help="how many (default: 1000)")
    parser.add_argument("--minutes", type=float, default=0, help="after which no job is begun")
    parser.add_argument("--seed", type=int, default=1, help="of their order and sizes")
    parser.add_argument("--kind", default="", help="jobs of this kind only, such as cancelled")
    parser.add_argument("--out", type=Path, default=Path("soak"), help="folder (default: soak)")
    options = parser.parse_args()
    enter_venv("dev.browser.soak", sys.argv[1:])
    ensure_programs(BROWSER_PROGRAMS)
    # Pillow is in .venv only; this module also runs before that is made.
    from dev.browser.soak_curve import draw, read_table, rises  # noqa: PLC0415

    options.out.mkdir(parents=True, exist_ok=True)
    table = options.out.resolve() / "soak.csv"
    table.unlink(missing_ok=True)
    environment = {
        **os.environ,
        "OFFCUT_SOAK_JOBS": str(options.jobs),
        "OFFCUT_SOAK_MINUTES": str(options.minutes),
        "OFFCUT_SOAK_SEED": str(options.seed),
        "OFFCUT_SOAK_KIND": options.kind,
        "OFFCUT_SOAK_TABLE": str(table),
    }
    command = [sys.executable, "-m", "pytest", "-q", "-s", TEST]
    failed = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
    rows = read_table(table) if table.exists() else []
    if not rows:
        say("nothing was measured")
        return 1
    draw(rows, options.out / "soak.png")
    say(f"{rows[-1]['jobs']:.0f} jobs in {rows[-1]['minutes']:.1f} minutes")
    grown = rises(rows)
    for rise in grown:
        say(rise.line())
    return 1 if failed or any(rise.is_too_much for rise in grown) else 0


if __name__ == "__main__":
    exit_with(main)
