"""Verifies weights against the registry: whole files, and the pieces of a download.

Decides: which bytes are kept of a download that went wrong.
"""

from __future__ import annotations

import hashlib
from io import BufferedRandom
from pathlib import Path
from typing import Any

from offcut.weights.sources import WrongBytesError, file_size

Entry = dict[str, Any]
"""Of a model in `models/registry.json`."""


def is_intact(path: Path, entry: Entry) -> bool:
    """Say whether a file is there and is, byte by byte, the one that the registry names."""
    if not path.is_file() or path.stat().st_size != entry["bytes"]:
        return False
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == entry["sha256"]


def is_whole(file: BufferedRandom, entry: Entry) -> bool:
    """Check the file once it is as long as it has to be; empty it if it is another."""
    if file_size(file) < entry["bytes"]:
        return False
    if keep_right(file, entry) < entry["bytes"]:
        raise WrongBytesError("a piece of it is wrong")
    file.seek(0)
    if hashlib.file_digest(file, "sha256").hexdigest() == entry["sha256"]:
        return True
    file.truncate(0)
    raise WrongBytesError("the file there is another")


def keep_right(file: BufferedRandom, entry: Entry) -> int:
    """Cut off everything from the first piece on that is wrong; give what is left."""
    if file_size(file) > entry["bytes"]:
        file.truncate(0)
    blocks = entry.get("blocks", {"size": entry["bytes"], "sha256": []})
    file.seek(0)
    for number, expected in enumerate(blocks["sha256"]):
        piece = file.read(blocks["size"])
        end = min(entry["bytes"], (number + 1) * blocks["size"])
        if file.tell() < end:
            break  # not here yet
        if hashlib.sha256(piece).hexdigest() != expected:
            file.truncate(number * blocks["size"])
            break
    return file_size(file)
