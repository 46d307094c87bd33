"""What the made pictures score today, picture by picture: the floor that tests hold.

`scripts/quality --write-floors` writes it anew, which is to be done when it has risen, or for a
loss that is meant.
"""

import json
from collections.abc import Mapping
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from dev.paths import ROOT
from dev.quality.cached_sessions import OpenModel, forget_answers
from dev.quality.made_pictures.pictures import make_pictures
from dev.quality.methods import Method, ours, plain
from dev.quality.scores import COLUMNS, HIGH_IS_GOOD, Scores, Truth, score

FLOORS: Final = ROOT / "tests" / "offcut" / "quality_floors.json"
DIGITS: Final = 6
"""Behind the point."""

MethodName = Literal["plain", "fast", "best"]
Cut = tuple[NDArray[np.uint8], NDArray[np.uint8] | None]
"""Matte and colours, as a `Method` gives them."""

Cuts = dict[str, list[tuple[Truth, dict[str, Cut]]]]
"""By group of pictures: every picture with its results by method."""

Table = Mapping[str, Mapping[str, Mapping[str, Scores]]]
"""Scores by group, method and name of the picture."""


def cut_made_pictures(model: OpenModel) -> Cuts:
    """Cut all made pictures by the plain network and by our two qualities.

    "best" is left out of "graphics", in which the network has no say.
    """
    methods: dict[MethodName, Method] = {
        "plain": plain(model, Image.Resampling.BILINEAR),
        "fast": ours([model], "fast"),
        "best": ours([model], "best"),
    }
    cuts: Cuts = {}
    for group, truths in make_pictures().items():
        cuts[group] = []
        for truth in truths:
            forget_answers([model])
            results = {
                name: method(truth)
                for name, method in methods.items()
                if (group, name) != ("graphics", "best")
            }
            cuts[group].append((truth, results))
    return cuts


def score_cuts(cuts: Cuts) -> dict[str, dict[str, dict[str, Scores]]]:
    """Score every picture and method."""
    table: dict[str, dict[str, dict[str, Scores]]] = {}
    for group, pictures in cuts.items():
        table[group] = {}
        for truth, results in pictures:
            for method, (alpha, colors) in results.items():
                table[group].setdefault(method, {})[truth.name] = score(truth, alpha, colors)
    return table


def error(column: str, value: float) -> float:
    """Turn a score into one of which less is better, and 0 is best."""
    return 1 - value if column in HIGH_IS_GOOD else value


def write_floors(table: Table) -> None:
    """Write `FLOORS`, a line for each picture, method by method."""
    groups: list[str] = []
    for group, methods in table.items():
        rows: list[str] = []
        for method, pictures in methods.items():
            lines = [f"      {json.dumps(name)}: {_row(row)}" for name, row in pictures.items()]
            rows.append(f'    "{method}": {{\n' + ",\n".join(lines) + "\n    }")
        groups.append(f'  "{group}": {{\n' + ",\n".join(rows) + "\n  }")
    FLOORS.write_text("{\n" + ",\n".join(groups) + "\n}\n", encoding="utf-8")


def read_floors() -> Table:
    """Read `FLOORS`."""
    return json.loads(FLOORS.read_text(encoding="utf-8"))


def _row(scores: Scores) -> str:
    return json.dumps({key: round(scores[key], DIGITS) for key in COLUMNS if key in scores})
