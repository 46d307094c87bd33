"""What takes the room in a package, as a table.

Decides: which files are counted together, and how large a package may be.
"""

import zlib
from dataclasses import dataclass
from fnmatch import fnmatch

from dev.packaging.archives import LEVEL, Entries

MOST_BYTES = 40_000_000
"""Of a package for browsers without further models."""
GROUPS = (
    ("Python's recorded memory", ("py/memory.*",)),
    ("Python itself (Pyodide)", ("vendor/pyodide/*",)),
    ("numpy, Pillow and our Python sources", ("py/*",)),
    ("onnxruntime-web for WebAssembly", ("vendor/onnxruntime/ort*threaded.*", "*/ort.wasm*")),
    ("onnxruntime-web for WebGPU", ("vendor/onnxruntime/*",)),
    ("models", ("models/*",)),
    ("texts in six languages", ("_locales/*",)),
    ("third-party notices, small libraries", ("vendor/*",)),
    ("pages, workers, icons", ("*",)),
)
JSPI = ("ort.jspi", ".jspi.")


@dataclass(slots=True)
class Room:
    """What one kind of file takes: how many, their bytes, and about as many when packed."""

    name: str
    files: int = 0
    size: int = 0
    packed: int = 0

    def add(self, files: int, size: int, packed: int) -> None:
        """Count more of them."""
        self.files += files
        self.size += size
        self.packed += packed


def count_room(entries: Entries) -> list[Room]:
    """Count what each kind of file takes, the largest first."""
    rooms = {name: Room(name) for name, _ in GROUPS}
    for path, entry in entries.items():
        packed = len(zlib.compress(entry.content, LEVEL))
        rooms[_group_of(path)].add(1, len(entry.content), packed)
    used = [room for room in rooms.values() if room.files]
    return sorted(used, key=lambda room: -room.packed)


def room_table(entries: Entries) -> str:
    """Write the table in Markdown."""
    rooms = count_room(entries)
    total = Room("all")
    for room in rooms:
        total.add(room.files, room.size, room.packed)
    lines = ["| what | files | MB | MB packed |", "|---|---:|---:|---:|"]
    lines += [
        f"| {room.name} | {room.files} | {room.size / 1e6:.2f} | {room.packed / 1e6:.2f} |"
        for room in (*rooms, total)
    ]
    return "\n".join(lines)


def _group_of(path: str) -> str:
    is_webgpu = any(part in path for part in JSPI)
    for name, patterns in GROUPS:
        if any(fnmatch(path, pattern) for pattern in patterns):
            if is_webgpu and "for WebAssembly" in name:
                continue
            return name
    raise AssertionError("the last group takes everything")
