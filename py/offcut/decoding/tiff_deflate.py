"""TIFF whose pixels are deflated, read without libtiff's help.

Decides: which compressions and layouts of TIFF are read and which are refused.

Pyodide's libtiff is built without zlib, and without JPEG, LZMA and Zstandard too. Deflate
is common enough to be inflated here, in both runtimes; the others are refused in both, so
that one file has one outcome everywhere.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from PIL import Image
from PIL.TiffImagePlugin import ImageFileDirectory_v2, TiffImageFile

from offcut.arrays import row_bands
from offcut.decoding.decode_errors import unsupported_format

_DEFLATED: Final = frozenset({"tiff_deflate", "tiff_adobe_deflate"})
_READ_BY_PILLOW: Final = frozenset(
    {"raw", "tiff_lzw", "packbits", "tiff_ccitt", "group3", "group4"}
)

_WIDTH, _HEIGHT, _BITS, _PHOTOMETRIC, _FILL_ORDER = 256, 257, 258, 262, 266
_STRIP_STARTS, _SAMPLES, _ROWS_PER_STRIP, _STRIP_SIZES = 273, 277, 278, 279
_PLANAR, _PREDICTOR = 284, 317
_TILE_WIDTH, _TILE_HEIGHT, _TILE_STARTS, _TILE_SIZES = 322, 323, 324, 325
_YCBCR: Final = 6
_DIFFERENCES: Final = 2


def is_deflated(opened: TiffImageFile) -> bool:
    """Tell whether the file's pixels are to be read by `load_deflated`.

    Raises
    ------
    DecodeError
        ``UNSUPPORTED_FORMAT`` for a compression that is not read in every runtime.
    """
    compression = str(opened.info.get("compression"))
    if compression in _DEFLATED:
        return True
    if compression not in _READ_BY_PILLOW:
        raise unsupported_format("tiff", compression=compression)
    return False


def load_deflated(opened: TiffImageFile, data: bytes | memoryview) -> Image.Image:
    """Inflate a TIFF's strips or tiles.

    Parameters
    ----------
    opened : PIL.TiffImagePlugin.TiffImageFile
        Freshly opened, of an acceptable size.
    data : bytes
        The file that it was opened from.

    Returns
    -------
    PIL.Image.Image
        Of the mode of `opened`, as stored: not yet turned upright.

    Raises
    ------
    DecodeError
        ``UNSUPPORTED_FORMAT`` for separate planes and other rare layouts.
    OSError, ValueError, zlib.error
        If strips or tiles are missing, cut short or broken.
    """
    _refuse_rare_layouts(opened.tag_v2)
    cells = _Cells.of(opened.tag_v2)
    arguments = opened.tile[0][3]
    rawmode = arguments[0] if isinstance(arguments, tuple) else arguments
    image = Image.new(opened.mode, (int(opened.tag_v2[_WIDTH]), int(opened.tag_v2[_HEIGHT])))
    for left, top, start, size in cells.places(image.height, image.width):
        # The last strip ends with the picture; a tile's rows below it are left packed.
        rows = min(cells.height, image.height - top)
        for band, pixels in cells.bands(data[start : start + size], rows):
            band_size = (cells.width, band.stop - band.start)
            piece = Image.frombytes(opened.mode, band_size, pixels, "raw", rawmode)
            image.paste(piece, (left, top + band.start))
    if opened.palette is not None:
        image.putpalette(opened.palette)
    return image


@dataclass(frozen=True, slots=True)
class _Cells:
    """The strips or tiles of a picture: their size, where they are, how to unpack them."""

    height: int
    width: int
    starts: tuple[int, ...]
    sizes: tuple[int, ...]
    samples: int
    bits: int
    is_big_endian: bool
    has_differences: bool

    @classmethod
    def of(cls, tags: ImageFileDirectory_v2) -> _Cells:
        is_tiled = _TILE_WIDTH in tags
        strip_rows = min(tags.get(_ROWS_PER_STRIP, tags[_HEIGHT]), tags[_HEIGHT])
        return cls(
            height=tags[_TILE_HEIGHT] if is_tiled else strip_rows,
            width=tags[_TILE_WIDTH] if is_tiled else tags[_WIDTH],
            starts=tags[_TILE_STARTS if is_tiled else _STRIP_STARTS],
            sizes=tags[_TILE_SIZES if is_tiled else _STRIP_SIZES],
            samples=tags.get(_SAMPLES, 1),
            bits=tags.get(_BITS, (1,))[0],
            is_big_endian=tags.prefix == b"MM",
            has_differences=tags.get(_PREDICTOR, 1) == _DIFFERENCES,
        )

    def places(self, height: int, width: int) -> Iterator[tuple[int, int, int, int]]:
        """Yield left, top, first byte and bytes of each cell of the picture."""
        corners = [
            (left, top)
            for top in range(0, height, self.height)
            for left in range(0, width, self.width)
        ]
        for (left, top), start, size in zip(corners, self.starts, self.sizes, strict=True):
            yield left, top, start, size

    def bands(self, packed: bytes | memoryview, rows: int) -> Iterator[tuple[slice, bytes]]:
        """Yield a cell's pixels by bands of rows, in native byte order."""
        row_bytes = (self.width * self.samples * self.bits + 7) // 8
        stored = np.dtype("u1" if self.bits <= 8 else ">u2" if self.is_big_endian else "<u2")
        bands = row_bands(rows, self.width)
        pieces = _inflate(packed, [(band.stop - band.start) * row_bytes for band in bands])
        for band, raw in zip(bands, pieces, strict=True):
            values = np.frombuffer(raw, stored).astype(stored.newbyteorder("="))
            if self.has_differences:
                shaped = values.reshape(-1, self.width, self.samples)
                values = np.cumsum(shaped, axis=1, dtype=values.dtype)
            yield band, values.tobytes()


def _inflate(packed: bytes | memoryview, sizes: list[int]) -> Iterator[bytes]:
    """Inflate in pieces of exactly these many bytes."""
    inflater = zlib.decompressobj()
    for size in sizes:
        raw = bytearray()
        while len(raw) < size:
            more = inflater.decompress(packed, size - len(raw))
            packed = inflater.unconsumed_tail
            if not more:
                raise OSError("a strip or tile ends before its last row")
            raw += more
        yield bytes(raw)


def _refuse_rare_layouts(tags: ImageFileDirectory_v2) -> None:
    bits: tuple[int, ...] = tags.get(_BITS, (1,))
    predictor = tags.get(_PREDICTOR, 1)
    is_common = (
        set(bits) in ({1}, {2}, {4}, {8}, {16})
        and tags.get(_PLANAR, 1) == 1
        and tags.get(_FILL_ORDER, 1) == 1
        and tags.get(_PHOTOMETRIC) != _YCBCR
        and (predictor == 1 or (predictor == _DIFFERENCES and bits[0] >= 8))
    )
    if not is_common:
        raise unsupported_format("tiff", compression="deflate in a rare layout")
