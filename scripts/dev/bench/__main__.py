"""Measures speed and memory beside the rivals, in one run: ratios, a table and a plot."""

import argparse
import sys
import tempfile
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

from dev.browser.driven_copy import driven_copy
from dev.builder.build import build
from dev.environment import BROWSER_PROGRAMS, ensure_node, ensure_programs, enter_venv
from dev.paths import EXTENSION, REGISTRY
from dev.terminal import exit_with, say

PAGES = Path(__file__).parent / "pages"
SUMMED_UP = 12
ISNET = "isnet-uint8"


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="12 megapixels and few rounds only")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the ratios by name")
    parser.add_argument("--docs", action="store_true", help="write extension/BENCH.md and its plot")
    parser.add_argument(
        "--many", type=int, metavar="N", help="N pictures by the command beside rembg, no browser"
    )
    parser.add_argument(
        "--cluster", type=int, metavar="N", help="N pictures on a Dask cluster, some of it killed"
    )
    options = parser.parse_args()
    enter_venv("dev.bench", sys.argv[1:])
    if options.many:
        from dev.bench.many_pictures import measure_many  # noqa: PLC0415 (needs .venv)

        say(measure_many(options.many))
        return 0
    if options.cluster:
        from dev.bench.cluster_pictures import measure_cluster  # noqa: PLC0415 (as above)

        say(measure_cluster(options.cluster))
        return 0
    ensure_node()
    ensure_programs(BROWSER_PROGRAMS)
    from dev.bench.browser_runs import BenchError  # noqa: PLC0415 (as above)

    try:
        _run(options)
    except BenchError as error:
        raise SystemExit(f"{error}") from error
    return 0


def _run(options: argparse.Namespace) -> None:
    # What these need is in .venv only, and this module also runs before that is made.
    from offcut.cli.signals import stop_on_termination  # noqa: PLC0415

    from dev.bench import measures, report  # noqa: PLC0415
    from dev.bench.browser_runs import browser_run  # noqa: PLC0415
    from dev.bench.pictures import make_pictures  # noqa: PLC0415
    from dev.bench.rivals import imgly_site  # noqa: PLC0415
    from dev.bench.site import serve  # noqa: PLC0415

    extension = driven_copy(build()[0])
    rival = imgly_site()
    samples = measures.Samples()
    quick: bool = options.quick
    with ExitStack() as stack:
        stack.enter_context(stop_on_termination())
        pictures_folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        pictures = make_pictures(pictures_folder)
        folders = {
            "": PAGES,
            "pictures": pictures_folder,
            "extension": extension,
            "published": EXTENSION / "vendor" / "onnxruntime",
            "data": rival / "data",
            "imgly.js": rival / "imgly.js",
        }
        site = stack.enter_context(serve(folders))
        start = partial(browser_run, extension, site)
        for turn in range(1 if quick else 3):
            say(f"First picture, turn {turn + 1} ...")
            measures.measure_cold(start, pictures[SUMMED_UP], samples)
        browser = stack.enter_context(start())
        machine = report.describe_machine(browser.version)
        try:
            _measure_warm(browser, pictures, samples, options)
        finally:
            # What was measured before something failed is not lost.
            machine["load_average"] = report.load_average()
            _write(samples, machine, options)


def _write(samples: Any, machine: dict[str, Any], options: argparse.Namespace) -> None:
    from dev.bench import report  # noqa: PLC0415 (as above)

    if options.json:
        options.json.write_text(report.as_json(samples, machine), encoding="utf-8")
    if options.docs:
        report.write_docs(samples, machine)
    say(report.as_markdown(samples, machine))


def _measure_warm(browser: Any, pictures: Any, samples: Any, options: argparse.Namespace) -> None:
    from offcut.network.models import read_model_spec  # noqa: PLC0415 (as above)

    from dev.bench import measures  # noqa: PLC0415
    from dev.bench.native_runs import native_run  # noqa: PLC0415
    from dev.builder.published_weights import weights_of  # noqa: PLC0415

    quick: bool = options.quick
    runs = {"fast": measures.FAST} | ({} if quick else {"best": measures.BEST})
    runs[ISNET] = {"model": ISNET}
    spec = read_model_spec(REGISTRY.read_text(encoding="utf-8"), ISNET)
    browser.add_model(ISNET, weights_of(spec))
    with native_run("ours") as ours, native_run("rembg") as rembg:
        for megapixels, picture in pictures.items():
            if quick and megapixels != SUMMED_UP:
                continue
            say(f"Warm, {megapixels:g} megapixels ...")
            # The first of each is not counted: it starts what is warm from then on.
            measures.measure_warm(browser, picture, 1, measures.Samples(), runs)
            for program in (ours, rembg):
                program.cut_out(picture.file)
            for _ in range(5):
                measures.measure_warm(browser, picture, 1, samples, runs)
                measures.measure_native(ours, "ours native", picture, samples)
                measures.measure_native(rembg, "rembg native", picture, samples)
                cutout = f"pictures/{picture.file.name}.ours.png"
                measures.measure_png(browser, cutout, f"{megapixels:g} MP", samples)
    say("Batch ...")
    counts = (6, 2) if quick else (30, 10)
    measures.measure_batch(browser, pictures[SUMMED_UP], counts, samples)


if __name__ == "__main__":
    exit_with(main)
