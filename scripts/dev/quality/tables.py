"""Tables of measured quality: all our settings beside the plain networks, and the ablation."""

import contextlib
import importlib.util
import time
from collections.abc import Callable, Generator, Mapping
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray
from offcut import pipeline
from offcut.matting import refine
from offcut.network import ensemble, passes
from offcut.network.views import whole_view
from PIL import Image

from dev.quality.cached_sessions import OpenModel, forget_answers
from dev.quality.methods import Bytes, Method, ours, plain
from dev.quality.scores import COLUMNS, Scores, Truth, mean_scores, score
from dev.terminal import SetupError, say

Scorer = Callable[[Truth, Bytes, Bytes | None], Scores]
WELL_FOUND: Final = 0.85
"""IoU of the plain base model from which a picture's subject counts as found: what is left
there are edges."""


def print_table(
    truths: list[Truth],
    models: list[OpenModel],
    rivals: Mapping[str, Method],
    eval_path: Path | None,
    *,
    is_each: bool,
) -> None:
    """Print the means of every method over all pictures, and over those that are found."""
    scorer = _scorer(eval_path) if eval_path else score
    base, *helpers = models
    methods: dict[str, Method] = {
        "plain u2netp, bilinear": plain(base, Image.Resampling.BILINEAR),
        "plain u2netp, Lanczos": plain(base, Image.Resampling.LANCZOS),
        **rivals,
    }
    for helper in helpers:
        methods[f"plain {helper.spec.id}"] = plain(helper, Image.Resampling.BILINEAR)
    methods["fast"] = ours([base], "fast")
    methods["best"] = ours([base], "best")
    for helper in helpers:
        methods[f"best + {helper.spec.id}"] = ours([base, helper], "best")
    _print_means(truths, models, methods, scorer, is_each=is_each)


def print_ablation(truths: list[Truth], models: list[OpenModel]) -> None:
    """Print what the result is without each stage, and how long a picture takes then."""
    base, *helpers = models
    fast, best = ours([base], "fast"), ours([base], "best")
    methods: dict[str, Method] = {
        "plain": plain(base, Image.Resampling.BILINEAR),
        "fast": fast,
        "- color evidence": _without(fast, pipeline, weigh_colors=_as_it_is),
        "- color fit": _without(fast, refine, FIT_RADIUS=0.0),
        "- steeper edges": _without(fast, refine, FADE_SLOPE=0.0),
        "- lifted middle": _without(fast, refine, GAMMA=1.0),
        "- cleared ghosts": _without(fast, refine, FAINT=0),
        "- foreground colors": lambda truth: (fast(truth)[0], None),
        "best": best,
        "- mirrored pass": _without(best, passes, mirrored_view=whole_view),
        "- pass on the crop": _without(best, passes, subject_view=_no_crop),
    }
    for helper in helpers:
        joined = ours([base, helper], "best")
        methods[f"best + {helper.spec.id}"] = joined
        methods["- certainty, " + helper.spec.id] = _without(
            joined, ensemble, _mean_variance=_equal_variance
        )
    _print_means(truths, models, methods, score, is_each=False)


def _as_it_is(_proxy: object, coarse: NDArray[np.float32]) -> NDArray[np.float32]:
    return coarse


def _equal_variance(_pass: object, _size: object) -> float:
    return 1.0


def _no_crop(_size: object, _looks: object) -> None:
    """Find no crop that is worth an inference pass of its own."""


def _without(method: Method, module: Any, **replaced: Any) -> Method:
    def run(truth: Truth) -> tuple[Bytes, Bytes | None]:
        with patch.multiple(module, **replaced):
            return method(truth)

    return run


def _scorer(path: Path) -> Scorer:
    """Use the `score` of another file, which takes floats in 0..1."""
    description = importlib.util.spec_from_file_location("other_scorer", path)
    if description is None or description.loader is None:
        raise SetupError(f"{path} is no Python file.")
    module = importlib.util.module_from_spec(description)
    description.loader.exec_module(module)

    def scorer(truth: Truth, alpha: Bytes, colors: Bytes | None) -> Scores:
        photo, own, true = (
            None if part is None else part / 255 for part in (truth.image, colors, truth.foreground)
        )
        scores, _ = module.score(alpha / 255, truth.alpha.astype(float), photo, own, False, true)
        return {column: scores[column] for column in COLUMNS if column in scores}

    return scorer


def _print_means(
    truths: list[Truth],
    models: list[OpenModel],
    methods: dict[str, Method],
    scorer: Scorer,
    *,
    is_each: bool,
) -> None:
    rows: dict[str, list[Scores]] = {name: [] for name in methods}
    spent = dict.fromkeys(methods, 0.0)
    for truth in truths:
        forget_answers(models)
        for name, method in methods.items():
            method(truth)  # so that the network's time is not in the one measured
            with _timed(spent, name):
                alpha, colors = method(truth)
            rows[name].append(scorer(truth, alpha, colors))
            if is_each:
                say(_line(f"{truth.name}: {name}", rows[name][-1], None))
    first = next(iter(rows))
    found = [at for at, scores in enumerate(rows[first]) if scores["iou"] >= WELL_FOUND]
    groups = {"all": list(range(len(truths))), f"found, iou >= {WELL_FOUND}": found}
    for group, members in groups.items():
        say(f"\n{group}: {len(members)} pictures")
        say(f"{'':26}" + "".join(column.rjust(8) for column in COLUMNS) + "      ms")
        for name in methods:
            if members:
                means = mean_scores([rows[name][at] for at in members])
                say(_line(name, means, 1000 * spent[name] / len(truths)))


@contextlib.contextmanager
def _timed(spent: dict[str, float], name: str) -> Generator[None]:
    start = time.process_time()
    yield
    spent[name] += time.process_time() - start


def _line(name: str, scores: Scores, milliseconds: float | None) -> str:
    cells = (f"{scores[column]:8.4f}" if column in scores else " " * 8 for column in COLUMNS)
    end = "" if milliseconds is None else f"{milliseconds:8.0f}"
    return f"{name:26}" + "".join(cells) + end
