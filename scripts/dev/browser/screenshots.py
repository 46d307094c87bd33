"""Takes a picture of every page and state in both themes, to be looked at and for the README."""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from dev.browser.driven_copy import driven_copy
from dev.builder.build import build
from dev.environment import BROWSER_PROGRAMS, ensure_programs, enter_venv
from dev.paths import BUILD, EXTENSION
from dev.terminal import exit_with

SHOWN = EXTENSION / "screenshots"
"""What the README shows: these few are in git."""


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="scripts/screenshots", description=__doc__)
    parser.add_argument("--out", type=Path, default=BUILD / "screenshots")
    parser.add_argument("--readme", action="store_true", help="renew those that the README shows")
    options = parser.parse_args()
    out: Path = options.out
    enter_venv("dev.browser.screenshots", sys.argv[1:])
    ensure_programs(BROWSER_PROGRAMS)
    # Selenium and Pillow are in .venv only; this module also runs before that is made.
    from dev.browser.screenshot_tour import ScreenshotTour  # noqa: PLC0415

    out.mkdir(parents=True, exist_ok=True)
    folder = driven_copy(build()[0])
    with tempfile.TemporaryDirectory(prefix="offcut-screenshots-") as scratch:
        ScreenshotTour(folder, Path(scratch), out).take_all()
    if options.readme:
        for shown in SHOWN.glob("*.png"):
            shutil.copyfile(out / shown.name, shown)
    return 0


if __name__ == "__main__":
    exit_with(main)
