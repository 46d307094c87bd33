"""Runs one job in a process of its own and prints the process's peak memory in megabytes.

The network is a stand-in: in the extension the real one lives in another worker, and
natively onnxruntime alone takes some 400 megabytes, whatever the picture's size.
"""

import json
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from offcut import OffcutOptions
from offcut.network.inference import Feeds
from offcut.network.models import read_model_spec
from offcut.pipeline import run_pipeline

from dev.paths import REGISTRY
from dev.processes import own_peak_bytes
from dev.quality.job_costs import furry_disc


class Seeing:
    """Sees the disc that `job_costs.write_picture` draws."""

    def run(self, feeds: Feeds, fetch: str) -> NDArray[np.float32]:
        """Answer as `offcut.network.inference.Session` says."""
        assert fetch
        (tensor,) = feeds.values()
        disc = furry_disc(tensor.shape[2] * 3 // 4, tensor.shape[3])
        size = (tensor.shape[3], tensor.shape[2])
        alpha = np.asarray(disc.resize(size), np.float32) / np.float32(255)
        return alpha[np.newaxis, np.newaxis].astype(np.float32, copy=False)


def main() -> None:
    """Cut out the picture that the first argument names, by the options in the second."""
    spec = read_model_spec(REGISTRY.read_text(encoding="utf-8"), "u2netp")
    options = OffcutOptions.from_json({"quality": "best"} | json.loads(sys.argv[2]))
    cutout = run_pipeline(Path(sys.argv[1]).read_bytes(), Seeing(), spec, options)
    if not cutout.alpha.any():
        sys.exit("nothing was found, so nothing was measured")
    print(f"{own_peak_bytes() / 1e6:.0f}")


if __name__ == "__main__":
    main()
