"""The PNG writer: bands of rows in, a file out, without a full-size copy on the way.

Decides: the chunks of a PNG: header, profile (iCCP), EXIF (eXIf); the resolution (pHYs) of photos
for offices only, no text. How pixels are packed is in png_packing.py.

Measured on five photographic cutouts of 12 megapixels under WebAssembly, by Python alone:
0.45 to 0.6 s, 17 to 29 % of the time of Pillow's level 6 and 64 to 81 % of level 1's, for files
0 to 4 % larger than level 6's (one with a clipped sky: 16 %). The workers of `extension/png/`
are several times as quick, for files 3 % smaller. How, is told in `png_packing.py`,
`png_filters.py` and `png_stream.py`; here is the file around the rows.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Final

import numpy as np
from numpy.typing import NDArray

from offcut.encoding.png_stream import STREAM_HEADER, BandPacker, PackedRows

Checkpoint = Callable[[float], None]
"""Called with the share of the work that is done, in [0, 1]; stops the work by raising."""

# Colour types of the PNG standard by number of channels: greyscale, RGB, RGBA.
_COLOUR_TYPES: Final = {1: 0, 3: 2, 4: 6}
_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_EXIF_PREFIX: Final = b"Exif\0\0"
_IDAT_BYTES: Final = 1 << 17


def never_stop(_fraction: float) -> None:
    """Let the work go on: the checkpoint of a caller who does not follow it."""


def encode_png(  # noqa: PLR0913 (by keyword but for two)
    bands: Iterable[NDArray[np.uint8]],
    size: tuple[int, int],
    *,
    channels: int,
    band_packer: BandPacker | None,
    icc_profile: bytes | None = None,
    exif: bytes | None = None,
    dpi: float | None = None,
    checkpoint: Checkpoint = never_stop,
) -> bytes:
    """Write a picture as PNG, eight bits a channel, not interlaced.

    Parameters
    ----------
    bands : iterable of uint8, shape (rows, W, channels), or (rows, W) for one channel
        The picture's rows from the top; about a megapixel each is best. RGBA is straight,
        and whatever colour stands under alpha 0 is written as it is.
    size : (int, int)
        The picture's (height, width) in pixels.
    channels : int
        1 for greyscale, such as a matte, 3 for RGB, 4 for RGBA.
    band_packer : BandPacker or None
        Other threads that help.
    icc_profile, exif : bytes or None
        Written untouched; without them the file holds nothing but pixels.
    dpi : float or None
        Pixels an inch; written as the nearest whole number of pixels a metre.
    checkpoint : callable
        Called after each band.

    Returns
    -------
    bytes
        The file.

    Raises
    ------
    ValueError
        If the bands do not make up a picture of that size.

    Notes
    -----
    The pixels are the same in every runtime; the bytes may differ with zlib's version.
    Memory: the file, and a few megabytes.
    """
    height, width = size
    file = BytesIO()
    file.write(_SIGNATURE)
    header = struct.pack(">IIBBBBB", width, height, 8, _COLOUR_TYPES[channels], 0, 0, 0)
    _write_chunk(file, b"IHDR", header)
    if icc_profile:
        _write_chunk(file, b"iCCP", b"ICC profile\0\0" + zlib.compress(icc_profile))
    if dpi is not None:
        per_metre = round(dpi / 0.0254)
        _write_chunk(file, b"pHYs", struct.pack(">IIB", per_metre, per_metre, 1))
    if exif:
        _write_chunk(file, b"eXIf", exif.removeprefix(_EXIF_PREFIX))
    stream = PackedRows(width * channels, channels, band_packer)
    _write_rows(file, check_bands(bands, size, channels), height, stream, checkpoint)
    _write_chunk(file, b"IEND", b"")
    return file.getvalue()


def check_bands(
    bands: Iterable[NDArray[np.uint8]], size: tuple[int, int], channels: int
) -> Iterable[NDArray[np.uint8]]:
    """Hand the bands on as (rows, W, channels), and see that they make up the picture."""
    height, width = size
    done = 0
    for band in bands:
        rows = band.reshape(len(band), -1, channels)
        done += len(rows)
        if rows.dtype != np.uint8 or rows.shape[1] != width or done > height:
            raise ValueError(f"band {band.dtype} {band.shape} does not fit into {size}")
        yield rows
    if done != height:
        raise ValueError(f"{done} rows instead of {height}")


def _write_rows(
    file: BytesIO,
    bands: Iterable[NDArray[np.uint8]],
    height: int,
    stream: PackedRows,
    checkpoint: Checkpoint,
) -> None:
    """Write the IDAT chunks."""
    waiting = bytearray(STREAM_HEADER)
    done = 0
    for band in bands:
        for packed in stream.pack(np.ascontiguousarray(band).reshape(len(band), -1)):
            waiting += packed
            if len(waiting) >= _IDAT_BYTES:
                _write_chunk(file, b"IDAT", waiting)
                waiting.clear()
        done += len(band)
        checkpoint(done / height)
    for packed in stream.finish():
        waiting += packed
    _write_chunk(file, b"IDAT", waiting)


def _write_chunk(file: BytesIO, kind: bytes, payload: bytes | bytearray) -> None:
    file.write(len(payload).to_bytes(4, "big"))
    file.write(kind)
    file.write(payload)
    file.write(zlib.crc32(payload, zlib.crc32(kind)).to_bytes(4, "big"))
