"""Prepares a model's weights for a quicker start, with the same bytes every time.

What onnxruntime finds out anew at each start, the sizes that a fixed input leads to and the
steps that change nothing, is worked out once. The matte stays the same bit by bit.
"""

import argparse
import hashlib
import importlib
import sys
from pathlib import Path
from typing import Any

from dev.environment import enter_venv
from dev.paths import MODELS
from dev.prepared import find_model
from dev.terminal import SetupError, exit_with, say


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="scripts/prepare_model", description=__doc__)
    parser.add_argument("model", metavar="MODEL", help="its id; the weights in models/weights")
    parser.add_argument("--output", type=Path, metavar="FILE", help="else beside the weights")
    options = parser.parse_args()
    enter_venv("dev.prepare_model", sys.argv[1:])
    entry = find_model(options.model)
    weights = MODELS / "weights" / entry["file"]
    if not weights.is_file():
        raise SetupError(f"{weights.name} is not here: scripts/vendor brings what is bundled.")
    output: Path = options.output or weights.with_suffix(".prepared.onnx")
    prepare(weights, output)
    made = describe(output)
    say(f'{output}: "prepared": {{ "bytes": {made["bytes"]}, "sha256": "{made["sha256"]}" }}')
    if made != entry.get("prepared", made):
        raise SetupError("The registry has another SHA-256 for it.")
    return 0


def prepare(weights: Path, output: Path) -> None:
    """Optimize a network for no machine in particular.

    Parameters
    ----------
    weights : Path
        ONNX.
    output : Path
        ONNX as well. onnxruntime's own format would load a little faster, but its bytes
        are others every time.
    """
    runtime = importlib.import_module("onnxruntime")  # in .venv only, and without types
    options = runtime.SessionOptions()
    # Higher levels put in steps that only some of onnxruntime's backends have.
    options.graph_optimization_level = runtime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    options.optimized_model_filepath = str(output)
    runtime.InferenceSession(str(weights), options, providers=["CPUExecutionProvider"])


def describe(file: Path) -> dict[str, Any]:
    """Give a file's size and SHA-256, as the registry has them."""
    content = file.read_bytes()
    return {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}


if __name__ == "__main__":
    exit_with(main)
