"""Follows the markers of a JPEG: where its segments and its coded pixels lie.

Segments have lengths, coded pixels end at the next marker (ITU-T T.81, annex B). Thumbnails lie
inside of segments, so that their own marks are never met here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

START: Final = b"\xff\xd8"
END: Final = b"\xff\xd9"

START_MARKER: Final = 0xD8
END_MARKER: Final = 0xD9
SCAN_MARKER: Final = 0xDA
_FRAME_MARKERS: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC} | {0xF7}
_NO_MARKERS: Final = (0x00, 0xFF)
# Inside of coded pixels FF 00 is a plain FF, and restart marks belong to them.
_AFTER_SCAN: Final = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")


class Segment(NamedTuple):
    """Bytes `start` to `end` of the file; those of a scan's pixels are from `pixels` on."""

    marker: int
    start: int
    end: int
    pixels: int = 0


class FrameHeader(NamedTuple):
    """What a JPEG says of itself: how it is coded, and its size in pixels."""

    marker: int
    bits: int
    height: int
    width: int
    components: tuple[int, ...]


def segments(data: bytes) -> Iterator[Segment]:
    """Yield the segments of the first picture in the file, while they are whole.

    The last one is the end mark, or the start mark of a second picture, if either is there.
    """
    at = data.find(START) + len(START)
    while at + 2 <= len(data):
        marker = data[at + 1]
        if data[at] != 0xFF or marker in _NO_MARKERS:
            at += 1  # junk between markers, which libjpeg passes over as well
            continue
        if marker in (START_MARKER, END_MARKER):
            yield Segment(marker, at, at + 2)
            return
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if at + 4 > len(data) or end > len(data):
            return
        pixels = end
        if marker == SCAN_MARKER:
            found = _AFTER_SCAN.search(data, end)
            end = found.start() if found else len(data)
        yield Segment(marker, at, end, pixels)
        at = end


def read_frame(data: bytes) -> FrameHeader | None:
    """Read the header of the picture itself; None if there is none."""
    for segment in segments(data):
        if segment.marker in _FRAME_MARKERS and segment.end - segment.start >= 10:
            body = data[segment.start + 4 : segment.end]
            return FrameHeader(
                marker=segment.marker,
                bits=body[0],
                height=int.from_bytes(body[1:3], "big"),
                width=int.from_bytes(body[3:5], "big"),
                components=tuple(body[6 + 3 * place] for place in range(len(body[6:]) // 3)),
            )
        if segment.marker == SCAN_MARKER:
            return None
    return None
