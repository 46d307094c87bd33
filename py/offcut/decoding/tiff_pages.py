"""Finds the page of a TIFF that a person means: not the preview that some files begin with."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

from offcut.decoding.tiff_directory import TiffBlock

_NEW_SUBFILE_TYPE: Final = 254
_OLD_SUBFILE_TYPE: Final = 255
_SUB_DIRECTORIES: Final = 330
_REDUCED: Final = 1
_MASK: Final = 4
_OLD_REDUCED: Final = 2
_MOST_PAGES: Final = 64


def begin_with_main_page(data: bytes | memoryview) -> bytes | memoryview:
    """Make a TIFF begin with its first page that is neither a preview nor a mask.

    Returns
    -------
    bytes
        The very `data` if it does so, and if it has no other pages.
    """
    block = TiffBlock.parse(data)
    if block is None or not _is_secondary(block, block.first):
        return data
    for page in _pages(block):
        if not _is_secondary(block, page):
            code, place = ("Q", 8) if block.is_big else ("I", 4)
            changed = bytearray(data)
            struct.pack_into(block.order + code, changed, place, page)
            return bytes(changed)
    return data


def has_more_pages(data: bytes | memoryview) -> bool:
    """Tell whether there is another page than the first that is neither a preview nor a mask."""
    block = TiffBlock.parse(data)
    return block is not None and any(
        page != block.first and not _is_secondary(block, page) for page in _pages(block)
    )


def _pages(block: TiffBlock) -> Iterator[int]:
    """Yield the directories of the chain and, after each, those that belong to it."""
    page = block.first
    for _ in range(_MOST_PAGES):
        if page == 0:
            return
        yield page
        for entry in block.entries(page):
            if entry.tag == _SUB_DIRECTORIES:
                yield from block.numbers(entry, _MOST_PAGES)
        page = block.next_directory(page)


def _is_secondary(block: TiffBlock, page: int) -> bool:
    """Tell whether a directory says of itself that it is a preview or a mask."""
    kinds = {
        entry.tag: block.number(entry) or 0
        for entry in block.entries(page)
        if entry.tag in (_NEW_SUBFILE_TYPE, _OLD_SUBFILE_TYPE)
    }
    is_new = bool(kinds.get(_NEW_SUBFILE_TYPE, 0) & (_REDUCED | _MASK))
    return is_new or kinds.get(_OLD_SUBFILE_TYPE) == _OLD_REDUCED
