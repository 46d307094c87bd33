"""Takes the largest picture out of an icon file, which holds one picture in several sizes."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final, NamedTuple

from offcut.decoding.png_chunks import is_png

_HEAD_BYTES: Final = 6
_ENTRY_BYTES: Final = 16
_BITMAP_BYTES: Final = 40
_MOST_ENTRIES: Final = 256


class IconPicture(NamedTuple):
    """One of an icon's pictures, by what its own header says."""

    height: int
    width: int
    bits: int
    data: bytes
    is_png: bool


def largest_picture(data: bytes | memoryview) -> IconPicture | None:
    """Find the picture with the most pixels, and of several the one with the most colours."""
    return max(_pictures(memoryview(data)), key=_worth, default=None)


def icon_of(picture: IconPicture) -> bytes:
    """Write an icon file of this picture alone."""
    sides = [side if side < 256 else 0 for side in (picture.width, picture.height)]
    at = _HEAD_BYTES + _ENTRY_BYTES
    entry = struct.pack("<BBBBHHII", *sides, 0, 0, 1, picture.bits, len(picture.data), at)
    return struct.pack("<HHH", 0, 1, 1) + entry + picture.data


def _worth(picture: IconPicture) -> tuple[int, int]:
    return picture.height * picture.width, picture.bits


def _pictures(view: memoryview) -> Iterator[IconPicture]:
    count = min(int.from_bytes(view[4:6], "little"), _MOST_ENTRIES)
    for at in range(_HEAD_BYTES, _HEAD_BYTES + count * _ENTRY_BYTES, _ENTRY_BYTES):
        size, start = (int.from_bytes(view[at + n : at + n + 4], "little") for n in (8, 12))
        part = view[start : start + size]
        if is_png(part) and len(part) >= 25:
            width, height = struct.unpack(">II", part[16:24])
            yield IconPicture(height, width, 32, bytes(part), is_png=True)
        elif len(part) >= _BITMAP_BYTES and int.from_bytes(part[:4], "little") == _BITMAP_BYTES:
            width, height, _, bits = struct.unpack("<iiHH", part[4:16])
            # The height counts the mask below the picture, too.
            if width > 0 and height > 1:
                yield IconPicture(height // 2, width, bits, bytes(part), is_png=False)
