"""Makers of picture files, byte by byte where no encoder would write such a file.

The pictures are blocks of plain colours, so that what must come out is known exactly.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PIL.TiffImagePlugin import AppendingTiffWriter

RED, GREEN, BLUE, YELLOW = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 0)
SHORT, LONG, UNDEFINED = 3, 4, 7


def four_blocks(height: int = 32, width: int = 48) -> NDArray[np.uint8]:
    """Make a picture whose every turn and mirroring differs: uint8, (height, width, 3)."""
    pixels = np.empty((height, width, 3), np.uint8)
    pixels[: height // 2, : width // 2] = RED
    pixels[: height // 2, width // 2 :] = GREEN
    pixels[height // 2 :, : width // 2] = BLUE
    pixels[height // 2 :, width // 2 :] = YELLOW
    return pixels


def saved(image: Image.Image | NDArray[np.uint8], pillow_format: str, **options: object) -> bytes:
    """Encode with Pillow."""
    picture = Image.fromarray(image) if isinstance(image, np.ndarray) else image
    buffer = io.BytesIO()
    picture.save(buffer, pillow_format, **options)
    return buffer.getvalue()


def png_chunk(kind: bytes, payload: bytes) -> bytes:
    """Frame one chunk, with its true checksum."""
    checksum = zlib.crc32(kind + payload)
    return struct.pack(">I", len(payload)) + kind + payload + struct.pack(">I", checksum)


def png_file(
    size: tuple[int, int],
    rows: Sequence[bytes],
    *,
    bits: int = 8,
    colour_type: int = 2,
    chunks: bytes = b"",
) -> bytes:
    """Write a PNG of (height, width) and raw rows, which may be fewer than it says.

    `chunks` are put before the pixels.
    """
    height, width = size
    header = struct.pack(">IIBBBBB", width, height, bits, colour_type, 0, 0, 0)
    stream = zlib.compress(b"".join(b"\0" + row for row in rows))
    return (
        b"\x89PNG\r\n\x1a\n"
        + png_chunk(b"IHDR", header)
        + chunks
        + png_chunk(b"IDAT", stream)
        + png_chunk(b"IEND", b"")
    )


def tiff_directory(entries: Sequence[tuple[int, int, int, int]], following: int = 0) -> bytes:
    """Write a little-endian directory of (tag, type, count, value or offset)."""
    body = b"".join(struct.pack("<HHII", *entry) for entry in entries)
    return struct.pack("<H", len(entries)) + body + struct.pack("<I", following)


def tiff_block(
    entries: Sequence[tuple[int, int, int, int]], *, following: int = 0, tail: bytes = b""
) -> bytes:
    """Write a little-endian TIFF header, one directory, and bytes that it may point to."""
    return b"II*\0" + struct.pack("<I", 8) + tiff_directory(entries, following) + tail


def tiff_of_pages(images: Sequence[Image.Image], tags: Sequence[dict[int, int]]) -> bytes:
    """Write a TIFF of several pages, each with tags of its own."""
    buffer = io.BytesIO()
    with AppendingTiffWriter(buffer, True) as writer:
        for image, own in zip(images, tags, strict=True):
            image.save(writer, "TIFF", tiffinfo=own)
            writer.newFrame()
    return buffer.getvalue()


def exif_block(orientation: int) -> bytes:
    """Write an EXIF block of the orientation alone."""
    return b"Exif\0\0" + tiff_block([(0x0112, SHORT, 1, orientation)])


def exif_with_thumbnail(orientation: int, thumbnail: bytes) -> bytes:
    """Write an EXIF block whose second directory holds a JPEG thumbnail."""
    second_at = 8 + 2 + 12 + 4
    thumbnail_at = second_at + 2 + 2 * 12 + 4
    second = tiff_directory([(0x0201, LONG, 1, thumbnail_at), (0x0202, LONG, 1, len(thumbnail))])
    first = [(0x0112, SHORT, 1, orientation)]
    return b"Exif\0\0" + tiff_block(first, following=second_at, tail=second + thumbnail)


def jpeg_with_segments(jpeg: bytes, *segments: tuple[int, bytes]) -> bytes:
    """Put (marker, payload) segments right after a JPEG's start."""
    added = b"".join(
        bytes((0xFF, marker)) + struct.pack(">H", len(payload) + 2) + payload
        for marker, payload in segments
    )
    return jpeg[:2] + added + jpeg[2:]


def icc_profile(colour_space: bytes = b"RGB ") -> bytes:
    """Write an ICC profile with a header and no tags."""
    header = bytearray(132)
    struct.pack_into(">I", header, 0, len(header))
    header[12:16] = b"mntr"
    header[16:20] = colour_space
    header[36:40] = b"acsp"
    return bytes(header)


def gif_with_small_frame(canvas: tuple[int, int], left: int, top: int) -> bytes:
    """Write a GIF of one red 2 x 2 frame on a (height, width) canvas, without transparency."""
    height, width = canvas
    screen = b"GIF89a" + struct.pack("<HHBBB", width, height, 0x80, 0, 0)
    palette = bytes(RED) + bytes(GREEN)
    frame = b"," + struct.pack("<HHHHB", left, top, 2, 2, 0)
    # LZW of four times index 0, at three bits a code: clear 4, then 0 0 0 0, end 5.
    return screen + palette + frame + b"\2" + _gif_codes((4, 0, 0, 0, 0, 5)) + b";"


def _gif_codes(codes: Sequence[int]) -> bytes:
    packed = sum(code << (3 * place) for place, code in enumerate(codes))
    stream = packed.to_bytes((3 * len(codes) + 7) // 8, "little")
    return bytes((len(stream),)) + stream + b"\0"
