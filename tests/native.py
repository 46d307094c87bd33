"""The same pipeline under CPython with native onnxruntime, for tests that compare with it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from offcut.network.models import ModelSpec, read_model_spec
from offcut.pipeline import run_pipeline
from offcut.runtime.native import NativeSession
from PIL import Image

ROOT = Path(__file__).parents[1]
REGISTRY = ROOT / "models" / "registry.json"
WEIGHTS = ROOT / "models" / "weights"
SHARED_DATA = ROOT.parent / "shared" / "data"
"""Pictures for measuring, which are not part of the project."""


@cache
def native_session(model: str = "u2netp") -> tuple[NativeSession, ModelSpec]:
    """The real model; skips the test where its weights have not been fetched."""
    spec = read_model_spec(REGISTRY.read_text(encoding="utf-8"), model)
    weights = WEIGHTS / spec.file
    if not weights.is_file():
        pytest.skip(f"needs {weights.name}: scripts/vendor fetches it")
    return NativeSession(weights, spec), spec


def native_cutout(picture: bytes) -> Image.Image:
    """What CPython makes of a picture."""
    session, spec = native_session()
    return run_pipeline(picture, session, spec).to_image()
