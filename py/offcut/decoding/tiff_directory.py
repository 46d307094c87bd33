"""Reader of TIFF directories (IFD), which EXIF blocks and multi-picture indexes are, too.

It copies nothing and believes no count, so that a lying directory costs no memory.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

# Bytes of one value, by the type's number.
_TYPE_BYTES: Final = {
    1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8,
}  # fmt: skip
_UNSIGNED: Final = {1: "B", 3: "H", 4: "I", 13: "I", 16: "Q"}


class Entry(NamedTuple):
    """One tag of a directory: its values are `size` bytes of the block from `start` on."""

    tag: int
    kind: int
    start: int
    size: int


@dataclass(frozen=True, slots=True)
class TiffBlock:
    """Bytes that begin with a TIFF header, and how to read the numbers in them."""

    data: bytes | memoryview
    order: str
    is_big: bool
    first: int

    @classmethod
    def parse(cls, data: bytes | memoryview) -> TiffBlock | None:
        """Read the header; None if there is none."""
        order = {b"II": "<", b"MM": ">"}.get(bytes(data[:2]))
        if order is None or len(data) < 16:
            return None
        (version,) = struct.unpack_from(order + "H", data, 2)
        if version == 42:
            return cls(data, order, False, *struct.unpack_from(order + "I", data, 4))
        if version == 43:
            return cls(data, order, True, *struct.unpack_from(order + "Q", data, 8))
        return None

    def _unpack(self, code: str, at: int) -> int | None:
        if not 0 <= at <= len(self.data) - struct.calcsize(code):
            return None
        value: int = struct.unpack_from(self.order + code, self.data, at)[0]
        return value

    def entries(self, at: int) -> Iterator[Entry]:
        """Yield the entries of the directory at `at` that the block holds in full."""
        count_code, field_code = ("Q", "Q") if self.is_big else ("H", "I")
        count = self._unpack(count_code, at)
        field_bytes = struct.calcsize(field_code)
        entry_bytes = 4 + 2 * field_bytes
        first = at + struct.calcsize(count_code)
        whole = max(0, len(self.data) - first) // entry_bytes
        for entry_at in range(first, first + min(count or 0, whole) * entry_bytes, entry_bytes):
            tag, kind, count_of_values = struct.unpack_from(
                f"{self.order}HH{field_code}", self.data, entry_at
            )
            size = _TYPE_BYTES.get(kind, 0) * count_of_values
            start = entry_at + 4 + field_bytes
            if size > field_bytes:
                start = self._unpack(field_code, start) or 0
            if size and start + size <= len(self.data):
                yield Entry(tag, kind, start, size)

    def next_directory(self, at: int) -> int:
        """Offset of the directory after the one at `at`; 0 if there is none."""
        count_code, field_code = ("Q", "Q") if self.is_big else ("H", "I")
        count = self._unpack(count_code, at)
        if count is None:
            return 0
        entry_bytes = 4 + 2 * struct.calcsize(field_code)
        after = at + struct.calcsize(count_code) + count * entry_bytes
        return self._unpack(field_code, after) or 0

    def number(self, entry: Entry) -> int | None:
        """First value of an entry of whole numbers; None for any other type."""
        code = _UNSIGNED.get(entry.kind)
        return None if code is None else self._unpack(code, entry.start)

    def numbers(self, entry: Entry, most: int) -> Iterator[int]:
        """Yield the values of an entry of whole numbers, `most` of them at the most."""
        size = _TYPE_BYTES.get(entry.kind, 1)
        for place in range(min(entry.size // size, most)):
            value = self.number(entry._replace(start=entry.start + place * size))
            if value is not None:
                yield value
