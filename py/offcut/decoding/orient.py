"""From an opened file to the one upright picture that is used of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PIL.ImageFile import ImageFile
from PIL.TiffImagePlugin import TiffImageFile

from offcut.decoding import header_checks, png_repair
from offcut.decoding.color_modes import split_alpha
from offcut.decoding.exif import read_orientation, upright_exif
from offcut.decoding.rgbx import rgb_view
from offcut.decoding.tiff_deflate import is_deflated, load_deflated
from offcut.source_image import SourceImage

_BITS: Final = 8
_BITS_PER_SAMPLE: Final = 258
_PHOTOMETRIC: Final = 262
_ORIENTATION: Final = 274
_ICC_HEADER_BYTES: Final = 128

# EXIF orientation -> the turn that makes the picture upright.
_TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def first_picture(
    opened: ImageFile, data: bytes | memoryview, jpeg_pixels: NDArray[np.uint8] | None = None
) -> SourceImage:
    """Decode the pixels and bring them to the form that every stage expects.

    Parameters
    ----------
    opened : PIL.ImageFile.ImageFile
        Freshly opened, its size found acceptable; used up by this.
    data : bytes
        The file that it was opened from.
    jpeg_pixels : uint8, shape (H, W, 4), or None
        The pixels of a JPEG where another decoder has given them; kept, and the fourth byte unused.

    Raises
    ------
    Exception
        Whatever Pillow makes of broken pixels; DecodeError for a mode without a way to RGB.
    """
    notices = list(_frame_notices(opened, data))
    covered = opened.tile[0][1] if opened.format == "GIF" and opened.tile else None
    bits, is_white_zero = _sample_format(opened, data)
    if jpeg_pixels is None:
        loaded, orientation = _load(opened, data)
    else:
        loaded, orientation = rgb_view(jpeg_pixels), read_orientation(_metadata(opened, "exif"))
    if loaded.mode == "CMYK":
        notices.append("CONVERTED_CMYK")
    if bits > _BITS:
        notices.append("REDUCED_TO_8_BIT")
    image, own_alpha = split_alpha(loaded, sample_bits=bits, is_white_zero=is_white_zero)
    if covered is not None:
        own_alpha = _clear_outside(own_alpha, covered, opened.size)
    turn = _TURNS.get(orientation)
    if turn is not None:
        image, jpeg_pixels = image.transpose(turn), None
        own_alpha = own_alpha and own_alpha.transpose(turn)
    profile, profile_notices = keep_profile(_metadata(opened, "icc_profile"))
    return SourceImage(
        image,
        own_alpha,
        opened.format or "",
        profile,
        upright_exif(_metadata(opened, "exif")),
        (*notices, *profile_notices),
        jpeg_pixels,
    )


def _load(opened: ImageFile, data: bytes | memoryview) -> tuple[Image.Image, int]:
    """Decode the pixels; tell the orientation that is still to be put right."""
    if isinstance(opened, TiffImageFile):
        if is_deflated(opened):
            return load_deflated(opened, data), opened.tag_v2.get(_ORIENTATION, 1)
        # Pillow turns these itself.
        opened.load()
        return opened, 1
    opened.load()
    if opened.format == "PNG" and _may_lack_rows(opened) and not png_repair.has_all_rows(data):
        raise OSError("the pixels end before the last row")
    return opened, read_orientation(_metadata(opened, "exif"))


def _metadata(opened: ImageFile, name: str) -> bytes | None:
    """Bytes that Pillow keeps beside the pixels; a PNG's text may go by the same name."""
    value = opened.info.get(name)
    return value if isinstance(value, bytes) else None


def _frame_notices(opened: ImageFile, data: bytes | memoryview) -> Iterator[str]:
    """Say so when the file holds more than the one picture that is used."""
    if opened.format == "TIFF":
        has_more = header_checks.has_more_pages(data)
    elif opened.format == "JPEG":
        has_more = header_checks.has_more_pictures(_metadata(opened, "mp"), data)
    else:
        has_more = bool(getattr(opened, "is_animated", False))
    if has_more:
        yield "FIRST_FRAME_ONLY"


def _sample_format(opened: ImageFile, data: bytes | memoryview) -> tuple[int, bool]:
    """Bits of a sample in the file, and whether 0 is white."""
    if opened.format == "PNG":
        return png_repair.bit_depth(data), False
    if isinstance(opened, TiffImageFile):
        bits = opened.tag_v2.get(_BITS_PER_SAMPLE, (1,))
        return max(bits), opened.tag_v2.get(_PHOTOMETRIC) == 0
    return _BITS, False


def _may_lack_rows(opened: Image.Image) -> bool:
    """Tell whether one of the last two rows is as blank as one that was never written.

    Of two neighbouring rows one is in the last pass of an interlaced picture.
    """
    top = max(0, opened.height - 2)
    rows = np.asarray(opened.crop((0, top, opened.width, opened.height)))
    return not all(row.any() for row in rows)


def _clear_outside(
    own_alpha: Image.Image | None, covered: tuple[int, int, int, int], size: tuple[int, int]
) -> Image.Image | None:
    """Make the canvas transparent where a GIF's first frame does not reach."""
    if covered == (0, 0, *size):
        return own_alpha
    canvas = Image.new("L", size, 0)
    frame = Image.new("L", size, 255) if own_alpha is None else own_alpha
    canvas.paste(frame.crop(covered), covered)
    return canvas


def keep_profile(profile: bytes | None) -> tuple[bytes | None, tuple[str, ...]]:
    """Keep a profile that speaks of RGB; say so when another one is dropped.

    What is no ICC profile at all is dropped without a notice: it is of no use to anyone.
    """
    if not profile or len(profile) < _ICC_HEADER_BYTES or profile[36:40] != b"acsp":
        return None, ()
    if int.from_bytes(profile[:4], "big") > len(profile):
        return None, ()
    if profile[16:20] != b"RGB ":
        return None, ("PROFILE_DROPPED",)
    return profile, ()
