"""What Linux says of running processes: who started whom, and the memory that each takes.

Decides: how what a process has started is ended with it.
"""

import os
import resource
import signal
import sys
from contextlib import suppress
from pathlib import Path

PROC = Path("/proc")
KILOBYTE = 1024
"""Bytes: `kB` in /proc is this."""


def descendants(root: int) -> set[int]:
    """Give the ids of a process and of all that it has started, directly or not."""
    children: dict[int, list[int]] = {}
    for folder in PROC.glob("[0-9]*"):
        pid = int(folder.name)
        children.setdefault(status_number(pid, "PPid"), []).append(pid)
    found = {root}
    ahead = [root]
    while ahead:
        started = children.get(ahead.pop(), [])
        found.update(started)
        ahead += started
    return found


def end_processes(pids: set[int]) -> None:
    """End those of some processes that still run, at once and whatever they are at."""
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def status_number(pid: int | str, name: str) -> int:
    """Read a number of a process's status, such as "VmRSS" in kB; 0 if the process has ended."""
    return read_number(PROC / str(pid) / "status", name)


def read_number(file: Path, name: str) -> int:
    """Read the number of a line `name: number`; 0 if there is no such file or line."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0  # the process has just ended
    return next((int(line.split()[1]) for line in lines if line.startswith(f"{name}:")), 0)


def own_peak_bytes() -> float:
    """Give the most memory that this process has ever had.

    Not by getrusage on Linux, where a child inherits its parent's number.
    """
    if (PROC / "self" / "status").is_file():
        return status_number("self", "VmHWM") * KILOBYTE
    unit = 1 if sys.platform == "darwin" else KILOBYTE
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
