"""Runs one model natively in a process of its own; prints seconds and peak megabytes."""

import sys
import time

import numpy as np
from offcut.network.models import read_model_spec
from offcut.runtime.native import NativeSession

from dev.paths import MODELS, REGISTRY
from dev.processes import own_peak_bytes


def main() -> None:
    """Run the model of the first argument as often as the second says."""
    spec = read_model_spec(REGISTRY.read_text(encoding="utf-8"), sys.argv[1])
    session = NativeSession(MODELS / "weights" / spec.file, spec)
    tensor = np.zeros((1, 3, spec.input.height, spec.input.width), np.float32)
    seconds: list[float] = []
    for _ in range(int(sys.argv[2])):
        start = time.perf_counter()
        session.run({spec.input.name: tensor}, spec.output.name)
        seconds.append(time.perf_counter() - start)
    print(min(seconds), own_peak_bytes() / 1e6)


if __name__ == "__main__":
    main()
