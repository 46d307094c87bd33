"""Memory of a browser: what all its processes take, sampled while something runs.

Linux only: the proportional set size counts a page that several processes share once.
"""

import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

INTERVAL_S = 0.05


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
def watched(root: int) -> Generator[Peak]:
    """Watch a process and all its descendants until the block ends."""
    peak = Peak(before=tree_megabytes(root))
    over = threading.Event()

    def sample() -> None:
        while not over.wait(INTERVAL_S):
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
    return sum(_pss(pid) for pid in _tree(root)) / 1000


def _tree(root: int) -> list[int]:
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it has just ended
        children.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    found: list[int] = []
    ahead = [root]
    while ahead:
        pid = ahead.pop()
        found.append(pid)
        ahead += children.get(pid, [])
    return found


def _pss(pid: int) -> int:
    """Kilobytes (of 1000 bytes) of one process."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024 // 1000
    except OSError:
        pass  # it has just ended
    return 0
