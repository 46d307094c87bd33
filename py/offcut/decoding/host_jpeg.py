"""Asking for a JPEG's pixels where Pillow would not give the usual ones.

Decides: what of a JPEG is left out before the browser decodes it. Which JPEGs are asked for:
decode.py.

Pyodide's Pillow is built with the IJG's libjpeg 9, which enlarges subsampled colours by another
method than libjpeg-turbo does, that is in every other build of Pillow and in every browser:
colours beside an edge differ by up to 50 of 255, and the matte with them. The browser's own
decoder gives the very pixels of CPython's Pillow, so inside Pyodide the pipeline asks for it,
also for print colours (YCCK) that are subsampled. Everything else about the file is read by
Pillow in both runtimes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from offcut.decoding.jpeg_segments import SCAN_MARKER, START, segments

# JFIF and Adobe say how the colours are coded; the others only speak about the picture.
_KEPT_APPLICATION_MARKERS: Final = (0xE0, 0xEE)
_APPLICATION_MARKERS: Final = range(0xE0, 0xF0)
_COMMENT: Final = 0xFE


@dataclass(frozen=True, slots=True)
class DecodeRequest:
    """A sound-looking coloured JPEG, to be answered with its pixels or with None.

    Attributes
    ----------
    data : bytes
        The file without orientation, profile and comments, which would be heeded.
    height, width : int
        As the header says, in pixels.
    """

    data: bytes
    height: int
    width: int


def strip_metadata(data: bytes | memoryview) -> bytes | None:
    """Leave out of a JPEG what decoders do not need but some of them heed.

    Returns
    -------
    bytes or None
        None if the markers before the pixels cannot be followed.
    """
    data = bytes(data)
    kept = [START]
    for segment in segments(data):
        marker = segment.marker
        if marker == SCAN_MARKER:
            return b"".join([*kept, data[segment.start :]])
        is_application = marker in _APPLICATION_MARKERS
        if marker in _KEPT_APPLICATION_MARKERS or not (is_application or marker == _COMMENT):
            kept.append(data[segment.start : segment.end])
    return None
