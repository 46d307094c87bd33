"""Asks the engine again and again while its document ends, begins or falls asleep.

Each kind of request is tried in a real Chromium: with the engine gone, closing in the same moment,
and with the workers let go at once; some also in a browser that has just started. It prints how
many failed of each kind and ends with 1 if any did. The tests run the same with ten tries.
"""

import argparse
import os
import subprocess
import sys

from dev.environment import BROWSER_PROGRAMS, ensure_programs, enter_venv
from dev.paths import ROOT
from dev.terminal import exit_with

LOOP = "tests/browser/models/test_engine_loop.py"


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="scripts/engine-loop", description=__doc__)
    parser.add_argument("--tries", type=int, default=500, help="of each kind (default: 500)")
    parser.add_argument("--only", default="", help="kinds whose name has this, as pytest's -k")
    options = parser.parse_args()
    enter_venv("dev.browser.engine_loop", sys.argv[1:])
    ensure_programs(BROWSER_PROGRAMS)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-s",
        "--durations=0",
        LOOP,
        "-k",
        options.only,
    ]
    environment = {**os.environ, "OFFCUT_TRIES": str(options.tries)}
    return min(1, subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode)


if __name__ == "__main__":
    exit_with(main)
