"""Sessions on native onnxruntime."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from native import native_session
from offcut.errors import InferenceError, ModelError
from offcut.runtime.native import NativeSession


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
