"""The registry, the bundled weights and the deltas of others as the packed extension has them.

Decides: which weights and deltas are inside of the package.
"""

import hashlib
import json
import os
from pathlib import Path, PurePosixPath
from typing import Any

from dev.environment import ensure_python
from dev.paths import MODELS, REGISTRY, SCRIPTS
from dev.terminal import SetupError, run_quietly, say

Entry = dict[str, Any]


def find_model(model: str) -> Entry:
    """Find a model's entry in the registry.

    Raises
    ------
    SetupError
        If there is none.
    """
    for entry in _registry()["models"]:
        if entry["id"] == model:
            return entry
    raise SetupError(f"No model is called {model}.")


def pack_models() -> dict[PurePosixPath, Path | bytes]:
    """Give the registry, the bundled weights and all deltas by their places in the package.

    Bundled weights are prepared where the registry says so. A machine on which other bytes come of
    that gets the weights as they are, and a registry that knows it.
    """
    registry = _registry()
    files: dict[PurePosixPath, Path | bytes] = {}
    is_as_written = True
    for entry in registry["models"]:
        if not entry["bundled"]:
            if "prepared" in entry:
                delta = entry["prepared"]["delta"]
                files[PurePosixPath(delta)] = MODELS.parent / delta
            continue
        weights = MODELS / "weights" / entry["file"]
        if "prepared" in entry:
            made = weights.with_suffix(".prepared.onnx")
            if _is_intact(made, entry) or _make(made, entry):
                weights = made
            else:
                del entry["prepared"]
                is_as_written = False
        files[PurePosixPath("models/weights") / entry["file"]] = weights
    described = REGISTRY if is_as_written else json.dumps(registry, indent=2).encode()
    return {PurePosixPath("models/registry.json"): described, **files}


def _make(output: Path, entry: Entry) -> bool:
    """Prepare a model's weights; say whether what came is what the registry names."""
    command = [ensure_python(), "-m", "dev.builder.prepare_model", entry["id"], "--output", output]
    done = run_quietly(command, env={**os.environ, "PYTHONPATH": str(SCRIPTS)})
    if done.returncode == 0 and _is_intact(output, entry):
        return True
    output.unlink(missing_ok=True)
    say(f"{entry['file']} can't be prepared on this machine, so it is packed as it is.")
    return False


def _is_intact(file: Path, entry: Entry) -> bool:
    if not file.is_file():
        return False
    return hashlib.sha256(file.read_bytes()).hexdigest() == entry["prepared"]["sha256"]


def _registry() -> dict[str, Any]:
    return json.loads(REGISTRY.read_text(encoding="utf-8"))
