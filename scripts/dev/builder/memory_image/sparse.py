"""The form in which a memory image is kept: what is zero is left out.

See `extension/python/memory_image.js`, which puts it back.
"""

import hashlib
import itertools
from typing import Any

PAGE = 4096


def sparse(snapshot: bytes, table: int) -> tuple[bytes, dict[str, Any]]:
    """Split one of Pyodide's snapshots.

    Parameters
    ----------
    snapshot : bytes
        A header, whose second number (uint32) is its length, and memory from address 0 on.
    table : int
        Length of the function table that it was recorded with.

    Returns
    -------
    tuple of bytes and dict
        The parts of memory that are not zero, one after the other; and for JSON: ``bytes``
        of memory in all, ``table``, ``header`` as a list of bytes, ``runs`` of [address,
        length], and ``sha256`` of the parts.
    """
    start = int.from_bytes(snapshot[4:8], "little")
    memory = memoryview(snapshot)[start:]
    empty = memoryview(bytes(PAGE))
    pages = range(0, len(memory), PAGE)
    runs: list[tuple[int, int]] = []
    for is_used, group in itertools.groupby(pages, lambda at: memory[at : at + PAGE] != empty):
        addresses = list(group)
        if is_used:
            end = min(addresses[-1] + PAGE, len(memory))
            runs.append((addresses[0], end - addresses[0]))
    parts = b"".join(memory[at : at + length] for at, length in runs)
    return parts, {
        "bytes": len(memory),
        "table": table,
        "sha256": hashlib.sha256(parts).hexdigest(),
        "header": list(snapshot[:start]),
        "runs": runs,
    }
