"""Sessions on native onnxruntime, for the command line and the tests."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any, cast

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from offcut.errors import InferenceError, ModelError
from offcut.inference import Feeds
from offcut.models import ModelSpec


class NativeSession:
    """One model, loaded by onnxruntime on the CPU.

    Parameters
    ----------
    weights : Path
        The .onnx file; its size and sha256 must be those of `spec`.
    spec : ModelSpec

    Raises
    ------
    ModelError
        WEIGHTS_MISMATCH if the file is missing or is another one.
    InferenceError
        SESSION_FAILED if onnxruntime cannot load it.
    """

    def __init__(self, weights: Path, spec: ModelSpec) -> None:
        data = _read_verified(weights, spec)
        settings = onnxruntime.SessionOptions()
        settings.log_severity_level = 3
        settings.intra_op_num_threads = os.cpu_count() or 1
        try:
            self._session = onnxruntime.InferenceSession(
                data, settings, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # onnxruntime raises classes of its own, without a base
            raise InferenceError("SESSION_FAILED", f"Cannot load {spec.id}: {error}") from error

    def run(self, feeds: Feeds, fetch: str) -> NDArray[np.float32]:
        """Run the network once; see `offcut.inference.Session`."""
        try:
            outputs = cast("list[Any]", self._session.run([fetch], dict(feeds)))
        except Exception as error:  # as above
            raise InferenceError("SESSION_FAILED", f"The model failed: {error}") from error
        return np.asarray(outputs[0], dtype=np.float32)


def _read_verified(weights: Path, spec: ModelSpec) -> bytes:
    if not weights.is_file():
        raise ModelError(
            "WEIGHTS_MISMATCH",
            f"The weights of {spec.id} are not at {weights}.",
            detail={"model": spec.id},
        )
    data = weights.read_bytes()
    if hashlib.sha256(data).hexdigest() != spec.sha256:
        raise ModelError(
            "WEIGHTS_MISMATCH",
            f"{weights} is not the file that the registry names for {spec.id}.",
            detail={"model": spec.id, "bytes": len(data)},
        )
    return data
