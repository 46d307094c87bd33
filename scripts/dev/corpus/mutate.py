"""Mutations of a file: always the same for the same seed, name and number.

Decides: in which ways a file is damaged, and how often.
"""

import random
import struct
from collections.abc import Callable
from pathlib import Path

MOST_BYTES = 4_000_000
"""Larger originals are mutated in their first bytes only: their headers are what matters."""
NUMBERS = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)
HEAD = 512
"""Half of all places are among the first bytes, where formats have their headers."""


def files_of(folder: Path) -> list[Path]:
    """Give the odd files of a folder, in an order of their own; lists and readmes are none."""
    others = {".tsv", ".md", ".txt"}
    return sorted(path for path in folder.iterdir() if path.is_file() and path.suffix not in others)


def mutation(data: bytes, seed: str) -> bytes:
    """Damage a file in one to three ways, which the seed names."""
    chance = random.Random(seed)
    mutated = bytearray(data[:MOST_BYTES])
    for _ in range(chance.randint(1, 3)):
        chance.choice(WAYS)(mutated, chance)
    return bytes(mutated)


def _place(data: bytearray, chance: random.Random) -> int:
    end = min(HEAD, len(data)) if chance.random() < 0.5 else len(data)
    return chance.randrange(end) if end else 0


def _flip_bits(data: bytearray, chance: random.Random) -> None:
    for _ in range(chance.choice((1, 1, 4, 64)) if data else 0):
        data[_place(data, chance)] ^= 1 << chance.randrange(8)


def _overwrite(data: bytearray, chance: random.Random) -> None:
    at = _place(data, chance)
    piece = chance.randbytes(chance.choice((1, 4, 64)))
    data[at : at + len(piece)] = piece


def _put_number(data: bytearray, chance: random.Random) -> None:
    """Put a size, an offset or a count that lies."""
    at = _place(data, chance)
    form = chance.choice((">H", "<H", ">I", "<I"))
    most = 0xFFFF if form.endswith("H") else 0xFFFFFFFF
    piece = struct.pack(form, min(chance.choice(NUMBERS), most))
    data[at : at + len(piece)] = piece


def _cut(data: bytearray, chance: random.Random) -> None:
    del data[_place(data, chance) :]


def _drop(data: bytearray, chance: random.Random) -> None:
    at = _place(data, chance)
    del data[at : at + chance.choice((1, 2, 16, 1024))]


def _repeat(data: bytearray, chance: random.Random) -> None:
    """Repeat a chunk or a segment, once or very often."""
    at = _place(data, chance)
    piece = data[at : at + chance.choice((4, 64, 512))]
    data[at:at] = piece * chance.choice((1, 2, 200))


def _zero(data: bytearray, chance: random.Random) -> None:
    at = _place(data, chance)
    piece = min(chance.choice((4, 64, 4096)), len(data) - at)
    data[at : at + piece] = bytes(piece)


WAYS: tuple[Callable[[bytearray, random.Random], None], ...] = (
    _flip_bits, _flip_bits, _overwrite, _put_number, _put_number, _cut, _drop, _repeat, _zero,
)  # fmt: skip
