"""Measures the cutouts of pictures whose true mattes are known.

A folder holds NAME.jpg or NAME.png, NAME.alpha.png (the true matte, grey) and perhaps
NAME.fg.png (the subject's own colours). Without a folder, the pictures are made by code, so that
anyone gets the same figures. Every table compares our results with the plain
matte of the same network, enlarged and laid on the picture's own colours.
"""

import argparse
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from dev.environment import enter_venv
from dev.terminal import SetupError, exit_with, say

if TYPE_CHECKING:
    from dev.quality.cached_sessions import OpenModel
    from dev.quality.scores import Truth


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
    parser.add_argument(
        "--taps", action="store_true", help="how many taps the poor first results need"
    )
    parser.add_argument(
        "--learn-taps",
        action="store_true",
        help="learn the order of guesses anew, from half of the poor first results",
    )
    parser.add_argument(
        "--strokes", action="store_true", help="what scribbles bring back, and what they cost"
    )
    parser.add_argument(
        "--doubt", action="store_true", help="how often poor and good results are told to be unsure"
    )
    parser.add_argument(
        "--flicker", action="store_true", help="how steady the matte is where nothing moves"
    )
    parser.add_argument("--memory", action="store_true", help="peak at 24 and 100 megapixels")
    parser.add_argument("--time", action="store_true", help="stage times in Pyodide, 12 megapixels")
    parser.add_argument(
        "--write-floors",
        action="store_true",
        help="take what the made pictures score now as what tests ask for",
    )
    options = parser.parse_args()
    for folder in options.folders:
        if not folder.is_dir():
            raise SetupError(f"{folder} is no folder.")
    enter_venv("dev.quality", sys.argv[1:])
    _measure(options)
    return 0


def _measure(options: argparse.Namespace) -> None:
    # numpy and Pillow are in .venv only; this module also runs before that is made.
    from dev.quality.cached_sessions import open_models  # noqa: PLC0415
    from dev.quality.contact_sheet import write_sheet  # noqa: PLC0415
    from dev.quality.flicker import print_flicker  # noqa: PLC0415
    from dev.quality.floors import cut_made_pictures, score_cuts, write_floors  # noqa: PLC0415
    from dev.quality.job_costs import report_memory, report_time  # noqa: PLC0415
    from dev.quality.made_pictures.pictures import make_pictures  # noqa: PLC0415
    from dev.quality.tap_order import learn_order  # noqa: PLC0415
    from dev.quality.taps import print_taps  # noqa: PLC0415
    from dev.quality.truths import read_truths  # noqa: PLC0415

    if options.memory:
        report_memory()
    if options.time:
        report_time()
    if not options.folders and (options.memory or options.time):
        return
    models = open_models(options.models)
    if options.write_floors:
        write_floors(score_cuts(cut_made_pictures(models[0])))
        return
    groups = {str(folder): read_truths(folder) for folder in options.folders}
    groups = groups or {f"made {name}": truths for name, truths in make_pictures().items()}
    if options.sheet is not None:
        pictures = [truth for truths in groups.values() for truth in truths]
        write_sheet(options.sheet, pictures, models, options.sheet_quality)
        return
    if options.learn_taps:
        learn_order(list(groups.values()), models[0])
        return
    for name, truths in groups.items():
        say(f"\n{name}: {len(truths)} pictures")
        if options.flicker:
            print_flicker(truths, models[0])
            continue
        if options.taps:
            print_taps(truths, models[0])
            continue
        _print_tables(name, truths, models, options)


def _print_tables(
    name: str, truths: "list[Truth]", models: "list[OpenModel]", options: argparse.Namespace
) -> None:
    from dev.quality.alterations import ALTERATIONS  # noqa: PLC0415
    from dev.quality.doubts import print_doubts  # noqa: PLC0415
    from dev.quality.rembg import Cut, rembg_methods  # noqa: PLC0415
    from dev.quality.strokes import print_strokes  # noqa: PLC0415
    from dev.quality.tables import print_ablation, print_table  # noqa: PLC0415

    if options.strokes:
        print_strokes(truths, models, is_each=options.each)
        return
    if options.doubt:
        print_doubts(truths, models, is_each=options.each)
        return
    if options.ablation:
        print_ablation(truths, models)
        return
    nothing: dict[str, Cut] = {}
    with rembg_methods() if options.rembg else nullcontext(nothing) as rivals:
        print_table(truths, models, rivals, options.eval, is_each=options.each)
        for alteration, alter in ALTERATIONS.items() if options.altered else ():
            say(f"\n{name}, {alteration}:")
            copies = [alter(truth) for truth in truths]
            print_table(copies, models, rivals, options.eval, is_each=options.each)


if __name__ == "__main__":
    exit_with(main)
