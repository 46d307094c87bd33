"""Gives a JPEG its end mark where it lacks nothing else.

Cameras, messengers and caches write such files, and browsers show them, some with the last rows
missing. Decoders disagree about them: Pillow refuses what Chromium half draws. So the mark is put
there before any decoder sees the bytes, and a file that lacks pixels is refused in every runtime.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from typing import Final

from PIL import Image

from offcut.arrays import row_bands
from offcut.decoding.decode_errors import corrupt_image
from offcut.decoding.jpeg_segments import (
    END,
    END_MARKER,
    SCAN_MARKER,
    Segment,
    read_frame,
    segments,
)

_COEFFICIENTS: Final = 64
# They begin with different bits and go on without any order, so that missing pixels come out
# otherwise with one of them at least.
_FILLERS: Final = tuple(
    bytes((first, *((step * n + first) % 251 + 1 for n in range(250))))
    for first, step in ((0xEE, 37), (0x55, 59), (0xAA, 83), (0x0F, 101))
)
_RESTART: Final = re.compile(rb"\xff[\xd0-\xd7]")

Open = Callable[[bytes], Image.Image]


def end_jpeg(data: bytes | memoryview, open_jpeg: Open) -> bytes | memoryview:
    """Put an end mark behind a JPEG's pixels if there is none.

    Parameters
    ----------
    data : bytes
        A JPEG of acceptable size.
    open_jpeg : callable
        Opens a file as Pillow does.

    Returns
    -------
    bytes
        The very `data` where nothing is missing, and where no pixels are found at all.

    Raises
    ------
    DecodeError
        ``CORRUPT_IMAGE`` if some pixels are missing, too.
    Exception
        Whatever Pillow makes of broken pixels.
    """
    content = bytes(data)
    found = list(segments(content))
    if found and found[-1].marker == END_MARKER:
        return data
    scans = [segment for segment in found if segment.marker == SCAN_MARKER]
    if not scans:
        return data
    body = _without_zeros(content[: scans[-1].end])
    restarts = len(_RESTART.findall(body, scans[-1].pixels))
    if not (_has_all_scans(content, scans) and _has_all_pixels(body, restarts, open_jpeg)):
        raise corrupt_image("jpeg", "the pixels end before the last one")
    return body + END


def _without_zeros(body: bytes) -> bytes:
    """Leave out what disks and networks fill a file's end with.

    Coded pixels end with a zero only behind an FF, where it says that this is no marker.
    """
    body = body.rstrip(b"\0")
    return body + b"\0" if body.endswith(b"\xff") else body


def _has_all_scans(data: bytes, scans: list[Segment]) -> bool:
    """Tell whether every coefficient of every component has been sent to its last bit."""
    frame = read_frame(data)
    if frame is None:
        return False
    missing = {(component, k) for component in frame.components for k in range(_COEFFICIENTS)}
    for scan in scans:
        header = data[scan.start + 4 : scan.pixels]
        count = header[0]
        first, last, bits = header[1 + 2 * count : 4 + 2 * count]
        if bits & 15 == 0:
            sent = {header[1 + 2 * place] for place in range(count)}
            missing -= {(component, k) for component in sent for k in range(first, last + 1)}
    return not missing


def _has_all_pixels(body: bytes, restarts: int, open_jpeg: Open) -> bool:
    """Tell whether the coded pixels reach to the last one.

    What follows the last pixel is never read: if other bytes there make another picture, then
    pixels are missing. Where `restarts` marks have gone before, the next one may be what would be
    read. This costs some decodes, of files without an end only.
    """
    whole = _checksum(open_jpeg(body + END))
    restart = bytes((0xFF, 0xD0 + restarts % 8))
    others = (*_FILLERS, restart + _FILLERS[0])
    return all(_checksum(open_jpeg(body + other + END)) == whole for other in others)


def _checksum(image: Image.Image) -> int:
    checksum = 0
    for rows in row_bands(image.height, image.width):
        band = image.crop((0, rows.start, image.width, rows.stop))
        checksum = zlib.crc32(band.tobytes(), checksum)
    return checksum
