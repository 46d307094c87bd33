"""Stage times of one job; run by `stage_times.mjs` inside Pyodide."""

import sys
import time
from pathlib import Path

JOB = Path("/job")
sys.path.insert(0, str(JOB))

import numpy as np  # noqa: E402
from numpy.typing import NDArray  # noqa: E402
from offcut import OffcutOptions, run_pipeline  # noqa: E402
from offcut.composing.compose import compose  # noqa: E402
from offcut.network.inference import Feeds  # noqa: E402
from offcut.network.models import read_model_spec  # noqa: E402
from offcut.progress import Progress  # noqa: E402

ROUNDS = 5
SIDE = 320


class Seeing:
    """Sees the disc of `job_costs.write_picture` as the network would: blurred."""

    def run(self, feeds: Feeds, fetch: str) -> NDArray[np.float32]:
        """Answer as `offcut.network.inference.Session` says."""
        assert feeds
        assert fetch
        y, x = np.mgrid[:SIDE, :SIDE].astype(np.float32) / SIDE - 0.5
        distance = np.hypot(y, x * 4 / 3)
        return np.clip((0.32 - distance) / 0.05 + 0.5, 0, 1).astype(np.float32)[None, None]


def main() -> None:
    """Print the times of the fastest round."""
    spec = read_model_spec((JOB / "registry.json").read_text(encoding="utf-8"), "u2netp")
    picture = (JOB / "picture.jpg").read_bytes()
    best: dict[str, float] = {}
    soft = 0.0
    for _ in range(ROUNDS):
        progress = Progress()
        cutout = run_pipeline(picture, Seeing(), spec, OffcutOptions(), progress)
        times = {
            name: spent
            for name, spent in progress.timings.items()
            if name not in {"inference", "encode"}
        }
        start = time.perf_counter()
        for _band in compose(cutout.subject, OffcutOptions()).bands():
            pass
        times["compose"] = (time.perf_counter() - start) * 1000
        soft = float(((cutout.alpha > 0) & (cutout.alpha < 255)).mean())
        if not best or sum(times.values()) < sum(best.values()):
            best = times
    parts = ", ".join(f"{name} {spent:.0f}" for name, spent in best.items())
    print(
        f"12 megapixels, {soft:.0%} of them soft, all but inference "
        f"and PNG: {sum(best.values()):.0f} ms ({parts})"
    )


main()
