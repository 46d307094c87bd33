"""Reads the weights of a model: verified, and prepared where the registry says how.

Decides: WEIGHTS_MISMATCH for the command and the library.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from offcut.errors import ModelError
from offcut.network.models import ModelSpec
from offcut.weights.delta import apply_delta
from offcut.weights.model_files import find_delta


def read_weights(weights: Path, spec: ModelSpec) -> bytes:
    """Read what onnxruntime shall load.

    Parameters
    ----------
    weights : Path
        The .onnx file as it is published.
    spec : ModelSpec

    Raises
    ------
    ModelError
        WEIGHTS_MISMATCH if the file is missing or is another one, or if what it is prepared
        with is missing or does not fit.
    """
    if not weights.is_file():
        raise ModelError(
            "WEIGHTS_MISMATCH",
            f"The weights of {spec.id} are not at {weights}.",
            detail={"model": spec.id},
        )
    data = weights.read_bytes()
    if _sha256(data) != spec.sha256:
        raise ModelError(
            "WEIGHTS_MISMATCH",
            f"{weights} is not the file that the registry names for {spec.id}.",
            detail={"model": spec.id, "bytes": len(data)},
        )
    return _prepare(data, spec)


def _prepare(data: bytes, spec: ModelSpec) -> bytes:
    if spec.prepared is None:
        return data
    delta = find_delta(spec.prepared.delta)
    detail = {"model": spec.id}
    try:
        made = apply_delta(data, delta.read_bytes())
    except ValueError as error:
        message = f"{delta} can't be applied: {error}."
        raise ModelError("WEIGHTS_MISMATCH", message, detail=detail) from error
    if _sha256(made) != spec.prepared.sha256:
        message = f"{delta} is not the file that the registry names for {spec.id}."
        raise ModelError("WEIGHTS_MISMATCH", message, detail=detail)
    return made


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
