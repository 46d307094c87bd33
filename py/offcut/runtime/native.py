"""Sessions on native onnxruntime, for the command line and the tests.

Decides: number of threads, CPU only, SESSION_FAILED.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, cast

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from offcut.errors import InferenceError
from offcut.network.inference import Feeds
from offcut.network.models import ModelSpec
from offcut.weights.read_weights import read_weights


class NativeSession:
    """One model, loaded by onnxruntime on the CPU.

    Parameters
    ----------
    weights : Path
        The .onnx file; its size and sha256 must be those of `spec`.
    spec : ModelSpec
    threads : int, optional
        That compute one run together; by default as many as the machine has cores. Their number
        changes no bit of what comes out.

    Raises
    ------
    ModelError
        WEIGHTS_MISMATCH if the file is missing, is another one or cannot be prepared.
    InferenceError
        SESSION_FAILED if onnxruntime cannot load it.
    """

    def __init__(self, weights: Path, spec: ModelSpec, threads: int | None = None) -> None:
        data = read_weights(weights, spec)
        settings = onnxruntime.SessionOptions()
        settings.log_severity_level = 3
        settings.intra_op_num_threads = threads or os.cpu_count() or 1
        try:
            self._session = onnxruntime.InferenceSession(
                data, settings, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # onnxruntime raises classes of its own, without a base
            raise InferenceError("SESSION_FAILED", f"Cannot load {spec.id}: {error}") from error

    def run(self, feeds: Feeds, fetch: str) -> NDArray[np.float32]:
        """Run the network once; see `offcut.network.inference.Session`."""
        try:
            outputs = cast("list[Any]", self._session.run([fetch], dict(feeds)))
        except Exception as error:  # as above
            raise InferenceError("SESSION_FAILED", f"The model failed: {error}") from error
        return np.asarray(outputs[0], dtype=np.float32)
