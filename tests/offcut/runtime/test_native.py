"""Sessions on native onnxruntime."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from native import native_session
from offcut.errors import InferenceError, ModelError
from offcut.network.models import ModelSpec, Preparation
from offcut.runtime.native import NativeSession
from offcut.weights.delta import HEADER, MAGIC, PART
from offcut.weights.read_weights import read_weights
from subjects import SPEC


def test_missing_weights_are_named(tmp_path: Path) -> None:
    _, spec = native_session()
    with pytest.raises(ModelError) as raised:
        NativeSession(tmp_path / "nothing.onnx", spec)
    assert raised.value.code == "WEIGHTS_MISMATCH"


def test_weights_that_are_not_the_registrys_are_refused(tmp_path: Path) -> None:
    _, spec = native_session()
    path = tmp_path / spec.file
    path.write_bytes(b"not the model")
    with pytest.raises(ModelError) as raised:
        NativeSession(path, spec)
    assert raised.value.code == "WEIGHTS_MISMATCH"


@pytest.fixture
def prepared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, ModelSpec]:
    """A file of two words, and a delta that turns them round."""
    monkeypatch.setenv("OFFCUT_MODELS", str(tmp_path))
    weights, delta = tmp_path / "words.onnx", tmp_path / "prepared" / "words.delta"
    weights.write_bytes(b"first second")
    delta.parent.mkdir()
    parts = [(6, 6, b" "), (0, 5, b"")]
    made = [PART.pack(start, length, len(new)) + new for start, length, new in parts]
    delta.write_bytes(HEADER.pack(MAGIC, 12, 12) + b"".join(made))
    preparation = Preparation("models/prepared/words.delta", sha256(b"second first").hexdigest())
    spec = replace(SPEC, sha256=sha256(b"first second").hexdigest(), prepared=preparation)
    return weights, spec


def test_weights_are_prepared_when_they_are_read(prepared: tuple[Path, ModelSpec]) -> None:
    assert read_weights(*prepared) == b"second first"


def test_weights_without_a_delta_are_read_as_they_came(prepared: tuple[Path, ModelSpec]) -> None:
    weights, spec = prepared
    assert read_weights(weights, replace(spec, prepared=None)) == b"first second"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (HEADER.pack(MAGIC, 11, 11), "for a file of 11 bytes"),
        (HEADER.pack(MAGIC, 12, 12) + PART.pack(0, 12, 0), "is not the file"),
        (None, "is in none of"),
    ],
)
def test_a_delta_that_is_missing_or_does_not_fit_is_an_error(
    prepared: tuple[Path, ModelSpec], content: bytes | None, reason: str
) -> None:
    weights, spec = prepared
    delta = weights.parent / "prepared" / "words.delta"
    if content is None:
        delta.unlink()
    else:
        delta.write_bytes(content)
    with pytest.raises(ModelError, match=reason) as raised:
        read_weights(weights, spec)
    assert raised.value.code == "WEIGHTS_MISMATCH"


@pytest.mark.weights
def test_a_wrong_input_is_an_inference_error() -> None:
    session, spec = native_session()
    tensor = np.zeros((1, 3, 8, 8), dtype=np.float32)
    with pytest.raises(InferenceError) as raised:
        session.run({"no such input": tensor}, spec.output.name)
    assert raised.value.code == "SESSION_FAILED"


@pytest.mark.weights
def test_the_model_gives_what_its_contract_says() -> None:
    session, spec = native_session()
    shape = (1, 3, spec.input.height, spec.input.width)
    output = session.run({spec.input.name: np.zeros(shape, np.float32)}, spec.output.name)
    assert output.shape == (1, 1, spec.input.height, spec.input.width)
