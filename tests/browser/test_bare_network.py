"""The benches' bare network is the extension's own worker, and answers as the network does here."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import numpy as np
import onnxruntime  # pyright: ignore[reportMissingTypeStubs] (it has none)
import pytest
from dev.bench.browser_runs import browser_run
from dev.bench.imgly_mattes import PAGES, Bare
from dev.bench.site import serve
from dev.browser.driven_copy import driven_copy
from dev.builder.build import build
from dev.paths import MODELS, REGISTRY
from numpy.typing import NDArray
from offcut.decoding.decode import decode
from offcut.network.models import read_model_spec
from offcut.network.postprocess import postprocess
from offcut.network.preprocess import preprocess
from offcut.weights.read_weights import read_weights
from PIL import Image


@pytest.mark.weights
def test_the_bare_network_in_the_browser_is_the_one_here(
    photos: dict[str, Path], tmp_path: Path
) -> None:
    spec = read_model_spec(REGISTRY.read_text(encoding="utf-8"), "u2netp")
    weights = read_weights(MODELS / "weights" / spec.file, spec)
    (tmp_path / spec.file).write_bytes(weights)
    source = decode(photos["small"].read_bytes())
    extension = driven_copy(build()[0])
    folders = {"": PAGES, "scratch": tmp_path, "extension": extension}
    with serve(folders) as site, browser_run(extension, site) as browser:
        found = Bare(browser, spec, tmp_path).matte(source, "input")
    session = cast("Any", onnxruntime).InferenceSession(weights)
    feed = preprocess(source, spec.input)
    outputs: list[NDArray[np.float32]] = session.run([spec.output.name], {spec.input.name: feed})
    small = Image.fromarray(postprocess(outputs[0].reshape(feed.shape[2:]), spec.output))
    native = np.asarray(small.resize(source.image.size, Image.Resampling.BILINEAR))
    assert np.abs(found / 255 - native).max() < 0.02
