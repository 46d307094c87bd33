"""Memory of a browser: what all its processes take, sampled while something runs.

Linux only: the proportional set size counts a page that several processes share once.
"""

import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field

from dev.processes import KILOBYTE, PROC, descendants, read_number

INTERVAL_S = 0.05
"""Between samples, unless told: reading takes time of the kernel and of what is watched."""


@dataclass(slots=True)
class Peak:
    """Megabytes: just before, and the most that was seen since."""

    before: float
    most: float = field(default=0.0)

    @property
    def added(self) -> float:
        """What came on top of it."""
        return self.most - self.before


@contextmanager
def watch_memory(root: int, interval_s: float = INTERVAL_S) -> Generator[Peak]:
    """Watch a process and all its descendants until the block ends."""
    peak = Peak(before=tree_megabytes(root))
    over = threading.Event()

    def sample() -> None:
        while not over.wait(interval_s):
            peak.most = max(peak.most, tree_megabytes(root))

    thread = threading.Thread(target=sample, daemon=True)
    thread.start()
    try:
        yield peak
    finally:
        over.set()
        thread.join()


def tree_megabytes(root: int) -> float:
    """Sum the proportional set sizes of a process and its descendants."""
    rollups = (PROC / str(pid) / "smaps_rollup" for pid in descendants(root))
    return sum(read_number(rollup, "Pss") * KILOBYTE // 1000 for rollup in rollups) / 1000
