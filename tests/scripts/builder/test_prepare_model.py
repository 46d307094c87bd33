"""Prepared weights: reproducible, and the networks that they shall be."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np
import pytest
from dev.builder import packed_models
from dev.builder.prepare_model import delta_of, describe, prepare
from native import REGISTRY, ROOT, WEIGHTS
from offcut.network.models import read_model_spec, spec_from_entry
from offcut.runtime.native import NativeSession
from offcut.weights.read_weights import read_weights

ENTRIES: list[dict[str, Any]] = json.loads(REGISTRY.read_text(encoding="utf-8"))["models"]
BY_DELTA = [entry for entry in ENTRIES if "delta" in entry.get("prepared", {})]
PACKED = PurePosixPath("models/weights/u2netp.onnx")
pytestmark = pytest.mark.weights


@pytest.fixture(scope="module")
def weights() -> Path:
    """The original weights of u2netp."""
    file = WEIGHTS / "u2netp.onnx"
    if not file.is_file():
        pytest.skip("needs u2netp.onnx: scripts/vendor fetches it")
    return file


def test_the_same_bytes_come_out_every_time(weights: Path, tmp_path: Path) -> None:
    outputs = [tmp_path / "one.onnx", tmp_path / "two.onnx"]
    for output in outputs:
        prepare(weights, output)
    first, second = (describe(output.read_bytes()) for output in outputs)
    assert first == second == packed_models.find_model("u2netp")["prepared"]


def test_the_network_answers_as_before(weights: Path, tmp_path: Path) -> None:
    prepare(weights, tmp_path / "prepared.onnx")
    spec = read_model_spec(REGISTRY.read_text(encoding="utf-8"), "u2netp")
    feeds = {
        spec.input.name: np.random.default_rng(0).standard_normal((1, 3, 320, 320), np.float32)
    }
    made = replace(spec, sha256=describe((tmp_path / "prepared.onnx").read_bytes())["sha256"])
    before = NativeSession(weights, spec).run(feeds, spec.output.name)
    after = NativeSession(tmp_path / "prepared.onnx", made).run(feeds, spec.output.name)
    assert np.array_equal(before, after)


def test_the_package_has_what_was_prepared_in_the_place_of_the_weights(weights: Path) -> None:
    files = packed_models.pack_models()
    packed = files[PACKED]
    assert isinstance(packed, Path)
    assert describe(packed.read_bytes()) == packed_models.find_model("u2netp")["prepared"]
    assert files[PurePosixPath("models/registry.json")] == REGISTRY


@pytest.mark.parametrize("entry", BY_DELTA, ids=lambda entry: entry["id"])
def test_the_package_has_the_deltas(entry: dict[str, Any]) -> None:
    place = entry["prepared"]["delta"]
    assert packed_models.pack_models()[PurePosixPath(place)] == ROOT / place


@pytest.mark.slow
@pytest.mark.parametrize("entry", BY_DELTA, ids=lambda entry: entry["id"])
def test_a_delta_comes_out_as_it_is_here_and_makes_what_the_registry_names(
    entry: dict[str, Any],
) -> None:
    published = WEIGHTS / entry["file"]
    if not published.is_file():
        pytest.skip(f"needs {published.name}")
    delta, made = delta_of(published.read_bytes(), entry["output"]["name"])
    assert delta == (ROOT / entry["prepared"]["delta"]).read_bytes()
    assert {**describe(made), "delta": entry["prepared"]["delta"]} == entry["prepared"]
    assert read_weights(published, spec_from_entry(entry)) == made


def test_where_other_bytes_come_out_the_weights_are_packed_as_they_are(
    weights: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    models = tmp_path / "models"
    (models / "weights").mkdir(parents=True)
    (models / "weights" / weights.name).write_bytes(weights.read_bytes())
    (entry,) = [entry for entry in ENTRIES if entry["bundled"]]
    other = {**entry, "prepared": {"bytes": 1, "sha256": "0" * 64}}
    (models / "registry.json").write_text(json.dumps({"models": [other], "recipes": []}))
    monkeypatch.setattr(packed_models, "MODELS", models)
    monkeypatch.setattr(packed_models, "REGISTRY", models / "registry.json")
    files = packed_models.pack_models()
    assert files[PACKED] == models / "weights" / weights.name
    described = files[PurePosixPath("models/registry.json")]
    assert isinstance(described, bytes)
    assert "prepared" not in json.loads(described)["models"][0]
    assert "packed as it is" in capsys.readouterr().out
