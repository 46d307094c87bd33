"""Prepares a model's weights, with the same bytes every time.

Bundled ones for a quicker start: what onnxruntime finds out anew at each start, the sizes that a
fixed input leads to and the steps that change nothing, is worked out once. The matte stays the
same bit by bit.

Others are fetched as their publisher has them. If their activations are quantized, that is
undone, and what is written is the difference, which is applied when they are read.
"""

import argparse
import hashlib
import importlib
import json
import sys
from pathlib import Path
from typing import Any

from dev.builder.packed_models import Entry, find_model
from dev.environment import enter_venv
from dev.paths import MODELS, ROOT
from dev.terminal import SetupError, exit_with, say


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="scripts/prepare-model", description=__doc__)
    parser.add_argument("model", metavar="MODEL", help="its id; the weights in models/weights")
    parser.add_argument("--output", type=Path, metavar="FILE", help="else where the build looks")
    options = parser.parse_args()
    enter_venv("dev.builder.prepare_model", sys.argv[1:])
    entry = find_model(options.model)
    weights = MODELS / "weights" / entry["file"]
    if not weights.is_file():
        raise SetupError(f"{weights.name} is not here: scripts/vendor brings what is bundled.")
    if describe(weights.read_bytes())["sha256"] != entry["sha256"]:
        raise SetupError(f"{weights.name} is not the file that the registry names.")
    work = _prepare_bundled if entry["bundled"] else _prepare_fetched
    made = work(entry, weights, options.output)
    say(f'"prepared": {json.dumps(made)}')
    if made != entry.get("prepared", made):
        raise SetupError("The registry has something else for it.")
    return 0


def _prepare_bundled(_: Entry, weights: Path, output: Path | None) -> dict[str, Any]:
    output = output or weights.with_suffix(".prepared.onnx")
    prepare(weights, output)
    return describe(output.read_bytes())


def _prepare_fetched(entry: Entry, weights: Path, output: Path | None) -> dict[str, Any]:
    place = f"models/prepared/{entry['id']}.delta"
    output = output or ROOT / place
    try:
        delta, made = delta_of(weights.read_bytes(), entry["output"]["name"])
    except ValueError as error:
        raise SetupError(f"{weights.name} can't be prepared: {error}") from error
    output.parent.mkdir(exist_ok=True)
    output.write_bytes(delta)
    return {**describe(made), "delta": place}


def delta_of(published: bytes, output: str) -> tuple[bytes, bytes]:
    """Undo a network's dynamic quantization, and cut off the outputs that nobody asks for.

    Parameters
    ----------
    published : bytes
        ONNX.
    output : str
        The one that is asked for.

    Returns
    -------
    tuple of bytes and bytes
        The delta, and the ONNX that it makes of the published one.

    Raises
    ------
    ValueError
        If there is nothing to undo, or it can't be done.
    """
    # What these import is in .venv only.
    from dev.builder.delta import make_delta  # noqa: PLC0415
    from dev.builder.dequantize import dequantize  # noqa: PLC0415

    made = dequantize(published, output)
    return make_delta(published, made), made


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


def describe(content: bytes) -> dict[str, Any]:
    """Give a file's size and SHA-256, as the registry has them."""
    return {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}


if __name__ == "__main__":
    exit_with(main)
