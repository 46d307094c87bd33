"""The cutouts of real pictures do not get worse than the docs say."""

from __future__ import annotations

from functools import cache
from typing import Literal

import numpy as np
import pytest
from dev.quality.cached_sessions import CachedSession, OpenModel
from dev.quality.methods import ours, plain
from dev.quality.scores import HIGH_IS_GOOD, Scores, mean_scores, score
from dev.quality.tables import WELL_FOUND
from dev.quality.truths import read_truths
from native import SHARED_DATA, native_session
from offcut.matting.foreground import estimate_layers
from offcut.matting.unmixing import remove_background_colors
from PIL import Image
from subjects import KERNELS, source_of

pytestmark = [pytest.mark.weights, pytest.mark.slow]

NATURAL, SYNTHETIC = SHARED_DATA / "matting" / "dev", SHARED_DATA / "synthetic" / "dev"
METHODS = ("bilinear", "lanczos", "fast", "best")
Method = Literal["bilinear", "lanczos", "fast", "best"]


@cache
def measured(folder: str) -> dict[str, list[Scores]]:
    """Scores of every method, picture by picture."""
    pictures = NATURAL if folder == "natural" else SYNTHETIC
    if not pictures.is_dir():
        pytest.skip("needs the shared pictures with true mattes")
    session, spec = native_session()
    model = OpenModel(spec, CachedSession(session))
    methods = {
        "bilinear": plain(model, Image.Resampling.BILINEAR),
        "lanczos": plain(model, Image.Resampling.LANCZOS),
        "fast": ours([model], "fast"),
        "best": ours([model], "best"),
    }
    truths = read_truths(pictures)
    return {name: [score(truth, *run(truth)) for truth in truths] for name, run in methods.items()}


def means(folder: str, method: Method, *, only_found: bool = False) -> Scores:
    rows = measured(folder)
    chosen = [
        row
        for row, before in zip(rows[method], rows["bilinear"], strict=True)
        if not only_found or before["iou"] >= WELL_FOUND
    ]
    return mean_scores(chosen)


@pytest.mark.parametrize("column", ["mae", "mse", "maeU", "iou", "bF", "bF2", "comp"])
@pytest.mark.parametrize("folder", ["natural", "synthetic"])
@pytest.mark.parametrize("before", ["bilinear", "lanczos"])
def test_fast_beats_the_plain_matte_in_every_column(
    folder: str, before: Method, column: str
) -> None:
    gain = means(folder, "fast")[column] - means(folder, before)[column]
    assert gain > 0 if column in HIGH_IS_GOOD else gain < 0


@pytest.mark.parametrize("before", ["bilinear", "lanczos"])
def test_edges_of_what_was_found_are_much_better(before: Method) -> None:
    fast = means("natural", "fast", only_found=True)
    plain_ = means("natural", before, only_found=True)
    assert fast["maeU"] <= 0.88 * plain_["maeU"]
    assert fast["bF2"] >= 1.04 * plain_["bF2"]
    assert fast["mse"] <= plain_["mse"]


def test_several_looks_of_the_small_network_match_one_of_a_large_one() -> None:
    """Plain ISNet at 1024 pixels has mae .0664, iou .828 and comp .0204 on the same pictures.

    A squared error rewards veils, so comp may be a little above.
    """
    best = means("natural", "best")
    assert best["mae"] <= 0.061
    assert best["iou"] >= 0.836
    assert best["comp"] <= 0.0214


def test_best_leaves_no_veils() -> None:
    best = means("natural", "best")
    assert best["veil"] <= 0.012
    assert best["smear"] <= 0.022
    assert best["lost"] <= 0.065


def test_colours_are_twice_as_near_to_the_truth_given_the_true_matte() -> None:
    if not SYNTHETIC.is_dir():
        pytest.skip("needs the shared pictures with true mattes")
    before: list[float] = []
    after: list[float] = []
    for truth in read_truths(SYNTHETIC):
        alpha = np.rint(truth.alpha * 255).astype(np.uint8)
        source = source_of(truth.image)
        layers = estimate_layers(source, alpha, KERNELS)
        rows = slice(0, len(alpha))
        band = source.rgba_band(rows, alpha)
        remove_background_colors(band, alpha, layers, rows, len(alpha), KERNELS)
        before.append(score(truth, alpha)["fgE"])
        after.append(score(truth, alpha, band[..., :3])["fgE"])
    assert np.mean(after) <= 0.5 * np.mean(before)
