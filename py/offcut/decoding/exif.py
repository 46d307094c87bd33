"""The two things that matter in an EXIF block: which way is up, and what must not leak.

Decides: which orientation counts, that the thumbnail with the old background is erased, that the
rest (GPS, camera, resolution) is left as it is.

The block is patched, not parsed and written anew: a camera's maker notes hold offsets
that no rewriting survives, and a hostile block could make a full parser copy gigabytes.
"""

from __future__ import annotations

import struct
from typing import Final

from offcut.decoding.tiff_directory import Entry, TiffBlock

_PREFIX: Final = b"Exif\0\0"
_ORIENTATION: Final = 0x0112
_SHORT: Final = 3
# Where a thumbnail starts and how many bytes it has: as a JPEG, as plain pixels.
_THUMBNAIL: Final = ((0x0201, 0x0202), (0x0111, 0x0117))


def read_orientation(exif: bytes | None) -> int:
    """Tell the orientation, 1 to 8, that an EXIF block asks for.

    Parameters
    ----------
    exif : bytes or None
        With or without its prefix.

    Returns
    -------
    int
        As the EXIF standard numbers them; 1, upright, for anything broken or missing.
    """
    block = TiffBlock.parse(_strip_prefix(exif or b""))
    entry = _orientation_entry(block) if block else None
    value = block.number(entry) if block and entry else None
    return value if value is not None and 1 <= value <= 8 else 1


def upright_exif(exif: bytes | None) -> bytes | None:
    """Make an EXIF block fit the upright, cut-out picture.

    The orientation becomes 1, and the thumbnail, a small copy of the whole picture with
    the background that was to be removed, is overwritten with zeros.

    Parameters
    ----------
    exif : bytes or None
        With or without its prefix.

    Returns
    -------
    bytes or None
        With the prefix; None if the block can't be read.
    """
    patched = bytearray(_strip_prefix(exif or b""))
    block = TiffBlock.parse(memoryview(patched))
    if block is None or block.is_big:
        return None
    orientation = _orientation_entry(block)
    if orientation is not None:
        struct.pack_into(block.order + "H", patched, orientation.start, 1)
    _erase_thumbnail(patched, block)
    return _PREFIX + bytes(patched)


def _strip_prefix(exif: bytes) -> bytes:
    return exif[len(_PREFIX) :] if exif.startswith(_PREFIX) else exif


def _orientation_entry(block: TiffBlock) -> Entry | None:
    for entry in block.entries(block.first):
        if entry.tag == _ORIENTATION and (entry.kind, entry.size) == (_SHORT, 2):
            return entry
    return None


def _erase_thumbnail(patched: bytearray, block: TiffBlock) -> None:
    """Overwrite the thumbnail, and end the list of directories before its own."""
    directory = block.next_directory(block.first)
    if directory == 0:
        return
    numbers = {entry.tag: block.number(entry) for entry in block.entries(directory)}
    for start_tag, size_tag in _THUMBNAIL:
        start, size = numbers.get(start_tag), numbers.get(size_tag)
        if start and size and start < len(patched):
            end = min(start + size, len(patched))
            patched[start:end] = bytes(end - start)
    (count,) = struct.unpack_from(block.order + "H", patched, block.first)
    struct.pack_into(block.order + "I", patched, block.first + 2 + 12 * count, 0)
