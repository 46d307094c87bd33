"""Measures the cutouts of pictures whose true mattes are known.

A folder holds NAME.jpg or NAME.png, NAME.alpha.png (the true matte, grey) and perhaps
NAME.fg.png (the subject's own colours). Every table compares our results with the plain
matte of the same network, enlarged and laid on the picture's own colours.
"""

import argparse
import sys
from contextlib import nullcontext
from pathlib import Path

from dev.environment import enter_venv
from dev.terminal import SetupError, exit_with, say


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="scripts/quality", description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, metavar="DIR")
    parser.add_argument(
        "--models",
        nargs="*",
        default=[],
        metavar="ID",
        help="models to add to the base model for the best quality; they are fetched if need be",
    )
    parser.add_argument(
        "--rembg", action="store_true", help="rembg's own results as well; installs it if need be"
    )
    parser.add_argument("--eval", type=Path, metavar="PATH", help="another scorer: an eval.py")
    parser.add_argument("--each", action="store_true", help="a line for every picture as well")
    parser.add_argument(
        "--ablation", action="store_true", help="what every stage brings, and what it costs"
    )
    parser.add_argument(
        "--altered", action="store_true", help="the tables of four altered copies as well"
    )
    parser.add_argument("--sheet", type=Path, metavar="FILE", help="write a contact sheet")
    parser.add_argument(
        "--sheet-quality", choices=["fast", "best"], default="fast", help="for the sheet"
    )
    parser.add_argument("--memory", action="store_true", help="peak at 24 and 100 megapixels")
    parser.add_argument("--time", action="store_true", help="stage times in Pyodide, 12 megapixels")
    options = parser.parse_args()
    for folder in options.folders:
        if not folder.is_dir():
            raise SetupError(f"{folder} is no folder.")
    if not (options.folders or options.memory or options.time):
        parser.error("name a folder, or give --memory or --time")
    enter_venv("dev.quality", sys.argv[1:])
    _measure(options)
    return 0


def _measure(options: argparse.Namespace) -> None:
    # numpy and Pillow are in .venv only; this module also runs before that is made.
    from dev.quality.alterations import ALTERATIONS  # noqa: PLC0415
    from dev.quality.cached_sessions import open_models  # noqa: PLC0415
    from dev.quality.contact_sheet import write_sheet  # noqa: PLC0415
    from dev.quality.job_costs import report_memory, report_time  # noqa: PLC0415
    from dev.quality.rembg import Cut, rembg_methods  # noqa: PLC0415
    from dev.quality.tables import print_ablation, print_table  # noqa: PLC0415
    from dev.quality.truths import read_truths  # noqa: PLC0415

    if options.memory:
        report_memory()
    if options.time:
        report_time()
    if not options.folders:
        return
    models = open_models(options.models)
    nothing: dict[str, Cut] = {}
    for folder in options.folders:
        truths = read_truths(folder)
        say(f"\n{folder}: {len(truths)} pictures")
        if options.ablation:
            print_ablation(truths, models)
        elif options.sheet is None:
            with rembg_methods() if options.rembg else nullcontext(nothing) as rivals:
                print_table(truths, models, rivals, options.eval, is_each=options.each)
                for name, alter in ALTERATIONS.items() if options.altered else ():
                    say(f"\n{folder}, {name}:")
                    copies = [alter(truth) for truth in truths]
                    print_table(copies, models, rivals, options.eval, is_each=options.each)
    if options.sheet is not None:
        pictures = [truth for folder in options.folders for truth in read_truths(folder)]
        write_sheet(options.sheet, pictures, models, options.sheet_quality)


if __name__ == "__main__":
    exit_with(main)
