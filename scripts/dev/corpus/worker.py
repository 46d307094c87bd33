"""Cuts out files on request, within a limit of memory; run by `run.py` in a process of its own.

A line in is JSON: the path of an original, and the seed of its mutation, or null for the original
itself. A line out is JSON: what came of it, the milliseconds, and the most memory in megabytes.
The network is a made one: what matters here is what comes before and after it.
"""

import json
import os
import resource
import sys
import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from offcut.errors import OffcutError
from offcut.network.inference import Feeds
from offcut.network.models import read_model_spec
from offcut.pipeline import run_pipeline

from dev.corpus.mutate import mutation
from dev.paths import REGISTRY
from dev.processes import own_peak_bytes

MEGABYTE = 1_000_000


class Bright:
    """Sees a subject where the picture is bright."""

    def run(self, feeds: Feeds, fetch: str) -> NDArray[np.float32]:
        """Answer as `offcut.network.inference.Session` says."""
        (tensor,) = feeds.values()
        mean = tensor.mean(axis=1, keepdims=True)
        return (mean > np.median(mean)).astype(np.float32)


def outcome(data: bytes) -> str:
    """Say what becomes of a file: "done", a failure's code, or the name of a bug."""
    try:
        run_pipeline(data, Bright(), SPEC)
    except OffcutError as error:
        return error.code
    except MemoryError:
        return "BUG MemoryError"
    except Exception as error:
        return f"BUG {type(error).__name__}: {error}"[:200]
    return "done"


def main() -> None:
    """Answer until the input ends."""
    limit = int(os.environ["OFFCUT_CORPUS_MEMORY"]) * MEGABYTE
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    answers, sys.stdout = sys.stdout, sys.stderr
    for line in sys.stdin:
        path, seed = json.loads(line)
        data = Path(path).read_bytes()
        data = data if seed is None else mutation(data, seed)
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the peak begins anew
        start = time.perf_counter()
        came = outcome(data)
        spent = (time.perf_counter() - start) * 1000
        answer = json.dumps([came, round(spent), round(own_peak_bytes() / MEGABYTE)])
        print(answer, file=answers, flush=True)


SPEC = read_model_spec(REGISTRY.read_text(encoding="utf-8"), "u2netp")
if __name__ == "__main__":
    main()
