"""Lets one process at a time bring something up to date that several ask for.

Decides: which processes wait for each other. Test runs on several workers each ask for the build.
"""

import fcntl
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def one_at_a_time(lock: Path) -> Generator[None]:
    """Wait until no other process is in a block with the same lock.

    Parameters
    ----------
    lock : Path
        A file, made where it is missing and left there. The lock ends with the process, however
        that ends.
    """
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
