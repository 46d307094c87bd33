"""What has to be known of a file before Pillow may touch it.

Decides: sizes that lie, camera raw files, a TIFF with more pages, a JPEG with more pictures (gain
maps of phones do not count).

Pillow reads only headers when it opens a file, with two exceptions: the WebP decoder asks
for two canvases at once, and a TIFF's tags are all copied, however often they name the
same bytes. These two are looked at here first. A JPEG of a rare kind would look broken to it.
"""

from __future__ import annotations

from typing import Final

from offcut.decoding.jpeg_segments import read_frame
from offcut.decoding.tiff_directory import TiffBlock

_TAG_SLACK_BYTES: Final = 1 << 16
_SUB_DIRECTORIES: Final = frozenset({0x8769, 0x8825, 0xA005})
_DNG_VERSION: Final = 0xC612
_MP_ENTRIES: Final = 0xB002
_MP_THUMBNAIL: Final = 1
_JPEG_BITS: Final = 8
_COMPONENTS: Final = (1, 3, 4)
# The markers of frames that some decoder does not know: T.81, table B.1, and JPEG-LS.
_JPEG_PROCESSES: Final = {
    0xC3: "lossless",
    **dict.fromkeys((0xC5, 0xC6, 0xC7, 0xCD, 0xCE, 0xCF), "hierarchical"),
    0xCB: "lossless arithmetic",
    0xF7: "JPEG-LS",
}


def webp_size(data: bytes | memoryview) -> tuple[int, int] | None:
    """Read a WebP file's (height, width) from its first chunk; None if it is broken."""
    head = bytes(data[12:30])
    kind, payload = head[:4], head[8:]
    if len(payload) < 10:
        return None
    if kind == b"VP8X":
        width, height = payload[4:7], payload[7:10]
        return int.from_bytes(height, "little") + 1, int.from_bytes(width, "little") + 1
    if kind == b"VP8 " and payload[3:6] == b"\x9d\x01\x2a":
        width, height = payload[6:8], payload[8:10]
        # The upper two bits of each are a hint for scaling.
        return int.from_bytes(height, "little") & 0x3FFF, int.from_bytes(width, "little") & 0x3FFF
    if kind == b"VP8L" and payload[0] == 0x2F:
        bits = int.from_bytes(payload[1:5], "little")
        return ((bits >> 14) & 0x3FFF) + 1, (bits & 0x3FFF) + 1
    return None


def rare_jpeg(data: bytes | memoryview) -> str | None:
    """Name the kind of a sound JPEG that not every runtime can decode; None for all others."""
    frame = read_frame(bytes(data))
    if frame is None:
        return None
    if frame.marker in _JPEG_PROCESSES:
        return _JPEG_PROCESSES[frame.marker]
    if frame.bits != _JPEG_BITS:
        return f"{frame.bits} bits"
    if len(frame.components) not in _COMPONENTS:
        return f"{len(frame.components)} components"
    return None if frame.height else "height after the pixels"


def is_tiff_honest(data: bytes | memoryview) -> bool:
    """Tell whether a TIFF's tags claim no more bytes than the file has."""
    block = TiffBlock.parse(data)
    if block is None:
        return False
    claimed = 0
    pointers: list[int] = []
    for entry in block.entries(block.first):
        claimed += entry.size
        if entry.tag in _SUB_DIRECTORIES:
            pointers.append(block.number(entry) or 0)
    claimed += sum(entry.size for at in pointers[:8] for entry in block.entries(at))
    return claimed <= len(data) + _TAG_SLACK_BYTES


def is_camera_raw(data: bytes | memoryview) -> bool:
    """Tell whether a TIFF is a camera's raw file, whose first picture is a thumbnail."""
    if bytes(data[8:10]) == b"CR":
        return True
    block = TiffBlock.parse(data)
    return block is not None and any(
        entry.tag == _DNG_VERSION for entry in block.entries(block.first)
    )


def has_more_pictures(index: bytes | None, data: bytes | memoryview) -> bool:
    """Tell whether a JPEG's multi-picture index names more than thumbnails and gain maps.

    Parameters
    ----------
    index : bytes or None
        The MPF segment, a TIFF directory (CIPA DC-007).
    data : bytes
        The whole file. Phones list the gain map of a HDR photo as a second picture.
    """
    block = TiffBlock.parse(index or b"")
    if block is None:
        return False
    content = bytes(data)
    if b"hdrgm:" in content or b"HDRGainMap" in content:
        return False
    order = "little" if block.order == "<" else "big"
    for entry in block.entries(block.first):
        if entry.tag == _MP_ENTRIES:
            starts = range(entry.start + 16, entry.start + entry.size - 15, 16)
            kinds = [int.from_bytes(block.data[at : at + 4], order) >> 16 & 0xFF for at in starts]
            return any(kind != _MP_THUMBNAIL for kind in kinds)
    return False
