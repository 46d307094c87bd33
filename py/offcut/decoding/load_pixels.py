"""Loads the pixels of an opened file, and tells when some of them are missing.

Decides: when a PNG counts as cut off, how many bits a sample has, whether Pillow turns the picture.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from PIL import Image
from PIL.ImageFile import ImageFile
from PIL.TiffImagePlugin import TiffImageFile

from offcut.decoding import png_repair
from offcut.decoding.exif import read_orientation
from offcut.decoding.picture_file import PictureFile
from offcut.decoding.tiff_deflate import is_deflated, load_deflated

BITS: Final = 8
"""Of a sample in most files, and of all that is worked on."""

_BITS_PER_SAMPLE: Final = 258
_PHOTOMETRIC: Final = 262
_ORIENTATION: Final = 274
# Not WebP: what it stores is what browsers show.
_HEEDED: Final = frozenset({"JPEG", "MPO", "PNG", "AVIF"})


def load_pixels(opened: ImageFile, file: PictureFile) -> tuple[Image.Image, int]:
    """Decode the pixels; tell the orientation that is still to be put right."""
    if isinstance(opened, TiffImageFile):
        if is_deflated(opened):
            return load_deflated(opened, file.data), opened.tag_v2.get(_ORIENTATION, 1)
        # Pillow turns these itself.
        opened.load()
        return opened, 1
    opened.load()
    if opened.format == "PNG" and _may_lack_rows(opened) and not png_repair.has_all_rows(file.data):
        raise OSError("the pixels end before the last row")
    return opened, orientation(opened, file)


def orientation(opened: ImageFile, file: PictureFile) -> int:
    """Tell the orientation that a file asks for by its EXIF block, where browsers heed it."""
    if opened.format in _HEEDED:
        return read_orientation(metadata(opened, file, "exif"))
    return 1


def metadata(opened: ImageFile, file: PictureFile, name: str) -> bytes | None:
    """Bytes that the file keeps beside the pixels: ``exif``, ``icc_profile``, ``mp``."""
    if file.facts is not None:
        return {"exif": file.facts.exif, "icc_profile": file.facts.icc_profile}.get(name)
    value = opened.info.get(name)
    return value if isinstance(value, bytes) else None


def sample_format(opened: ImageFile, data: bytes | memoryview) -> tuple[int, bool]:
    """Bits of a sample in the file, and whether 0 is white."""
    if opened.format == "PNG":
        return png_repair.bit_depth(data), False
    if isinstance(opened, TiffImageFile):
        bits = opened.tag_v2.get(_BITS_PER_SAMPLE, (1,))
        return max(bits), opened.tag_v2.get(_PHOTOMETRIC) == 0
    return BITS, False


def _may_lack_rows(opened: Image.Image) -> bool:
    """Tell whether one of the last two rows is as blank as one that was never written.

    Of two neighbouring rows one is in the last pass of an interlaced picture.
    """
    top = max(0, opened.height - 2)
    rows = np.asarray(opened.crop((0, top, opened.width, opened.height)))
    return not all(row.any() for row in rows)
