"""Measures what the pages cost: the popup's first paint, the editor's answers, a batch's memory.

The editor's time is from a slider's or pointer's event to the drawing of the preview that shows
it. The batch runs through the real workbench and engine. Memory is compared between the 20th
picture and the last one: it must not depend on how many there were.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from dev.browser.driven_copy import driven_copy
from dev.builder.build import build
from dev.environment import BROWSER_PROGRAMS, ensure_programs, enter_venv
from dev.terminal import exit_with


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="scripts/page-costs", description=__doc__)
    parser.add_argument("--pictures", type=int, default=200, help="of the batch; 0 leaves it out")
    parser.add_argument(
        "--opens", type=int, default=20, help="how often the popup is opened; 0: not"
    )
    parser.add_argument("--edits", type=int, default=30, help="of each kind in the editor; 0: none")
    parser.add_argument("--taps", type=int, default=20, help="in the editor; 0: none")
    parser.add_argument(
        "--into-folder", action="store_true", help="save each result at once into a folder"
    )
    options = parser.parse_args()
    enter_venv("dev.browser.page_costs", sys.argv[1:])
    ensure_programs(BROWSER_PROGRAMS)
    # Selenium and Pillow are in .venv only; this module also runs before that is made.
    from dev.browser.measure_editor import EditorMeasurement  # noqa: PLC0415
    from dev.browser.measure_pages import PageMeasurement  # noqa: PLC0415
    from dev.browser.measure_taps import TapMeasurement  # noqa: PLC0415

    folder = driven_copy(build()[0])
    with tempfile.TemporaryDirectory(prefix="offcut-costs-") as scratch:
        pages = PageMeasurement(folder, Path(scratch))
        try:
            if options.opens:
                pages.first_paint(options.opens)
            if options.edits:
                EditorMeasurement(pages).measure(options.edits)
            if options.taps:
                TapMeasurement(pages).measure(options.taps)
            if options.pictures:
                pages.batch(options.pictures, into_folder=options.into_folder)
        finally:
            pages.driver.quit()
    return 0


if __name__ == "__main__":
    exit_with(main)
