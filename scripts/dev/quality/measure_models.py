"""Measures the exercised models: quality on pictures with true mattes, time, peak memory.

Natively and in the real extension in a headless browser. Prints a table, or writes it into
models/measurements.md.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any, Final

from dev.browser.driven_copy import driven_copy
from dev.builder.build import build
from dev.environment import BROWSER_PROGRAMS, ensure_programs, enter_venv
from dev.paths import MODEL_MEASUREMENTS, REGISTRY
from dev.quality.measured_docs import write_measured
from dev.quality.model_cost import Cost
from dev.terminal import SetupError, exit_with, run_quietly, say

COMMAND: Final = "scripts/measure-models DIR --write"
RUNS: Final = 3

Entry = dict[str, Any]


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="scripts/measure-models", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="DIR", help="NAME.jpg with NAME.alpha.png")
    parser.add_argument("--write", action="store_true", help="into models/measurements.md")
    options = parser.parse_args()
    enter_venv("dev.quality.measure_models", sys.argv[1:])
    ensure_programs(BROWSER_PROGRAMS)
    table = _table(options.folder)
    say(table)
    if options.write:
        write_measured(MODEL_MEASUREMENTS, COMMAND, table)
    return 0


def _table(folder: Path) -> str:
    # numpy, Pillow and Selenium are in .venv only.
    from dev.quality.cached_sessions import open_models  # noqa: PLC0415
    from dev.quality.measure_in_browser import measure_in_browser  # noqa: PLC0415

    entries = [entry for entry in _registry()["models"] if entry["exercised"]]
    helpers = [entry["id"] for entry in entries[1:]]
    models = open_models(helpers)
    scores = _scores(folder, models)
    native = {entry["id"]: _native_cost(entry) for entry in entries}
    browser = measure_in_browser(driven_copy(build()[0]), entries, RUNS)
    lines = [
        "| model | backend | one run | peak memory | mean error | IoU | bytes | licence |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for entry in entries:
        costs = {"native": native[entry["id"]], "WebAssembly": browser[entry["id"]]}
        lines += [_row(entry, backend, cost, scores) for backend, cost in costs.items()]
    lines += ["", "| models | quality | mean error | IoU |", "|---|---|---|---|"]
    for recipe in _registry()["recipes"]:
        score = scores["+".join([recipe["quality"], *recipe["models"]])]
        names = " + ".join(recipe["models"])
        lines.append(f"| {names} | {recipe['quality']} | {score['mae']:.4f} | {score['iou']:.3f} |")
    return "\n".join(lines)


def _row(entry: Entry, backend: str, cost: Cost, scores: dict[str, dict[str, float]]) -> str:
    score = scores[entry["id"]]
    return (
        f"| {entry['id']} | {backend} | {cost.seconds:.2f} s | {cost.megabytes:.0f} MB "
        f"| {score['mae']:.4f} | {score['iou']:.3f} | {entry['bytes']:,} | {entry['licence']} |"
    )


def _scores(folder: Path, models: list[Any]) -> dict[str, dict[str, float]]:
    """Mean scores of every model's plain matte, and of every recipe."""
    from PIL import Image  # noqa: PLC0415

    from dev.quality.cached_sessions import forget_answers  # noqa: PLC0415
    from dev.quality.methods import ours, plain  # noqa: PLC0415
    from dev.quality.scores import mean_scores, score  # noqa: PLC0415
    from dev.quality.truths import read_truths  # noqa: PLC0415

    by_id = {model.spec.id: model for model in models}
    methods = {model.spec.id: plain(model, Image.Resampling.BILINEAR) for model in models} | {
        "+".join([recipe["quality"], *recipe["models"]]): ours(
            [by_id[model] for model in recipe["models"]], recipe["quality"]
        )
        for recipe in _registry()["recipes"]
    }
    rows: dict[str, list[dict[str, float]]] = {name: [] for name in methods}
    for truth in read_truths(folder):
        forget_answers(models)
        for name, method in methods.items():
            rows[name].append(score(truth, *method(truth)))
    return {name: mean_scores(each) for name, each in rows.items()}


def _native_cost(entry: Entry) -> Cost:
    child = run_quietly(
        [sys.executable, "-m", "dev.quality.measure_natively", entry["id"], str(RUNS)]
    )
    if child.returncode != 0:
        raise SetupError(f"{entry['id']} failed natively:\n{child.stderr}")
    seconds, megabytes = map(float, child.stdout.split())
    return Cost(seconds, megabytes)


def _registry() -> dict[str, Any]:
    return json.loads(REGISTRY.read_text(encoding="utf-8"))


if __name__ == "__main__":
    exit_with(main)
