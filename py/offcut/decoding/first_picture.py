"""From an opened file to the one picture that is used of it: which frame, its pixels, upright.

Decides: FIRST_FRAME_ONLY, CONVERTED_CMYK and REDUCED_TO_8_BIT, a GIF's frame that is smaller than
its canvas, which metadata is kept.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PIL.ImageFile import ImageFile

from offcut.decoding import header_checks
from offcut.decoding.color_modes import split_alpha
from offcut.decoding.color_profile import keep_profile
from offcut.decoding.exif import read_orientation, upright_exif
from offcut.decoding.load_pixels import BITS, load_pixels, metadata, sample_format
from offcut.decoding.orient import turn_upright
from offcut.decoding.rgbx import rgb_view
from offcut.source_image import SourceImage


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
    bits, is_white_zero = sample_format(opened, data)
    if jpeg_pixels is None:
        loaded, orientation = load_pixels(opened, data)
    else:
        loaded, orientation = rgb_view(jpeg_pixels), read_orientation(metadata(opened, "exif"))
    if loaded.mode == "CMYK":
        notices.append("CONVERTED_CMYK")
    if bits > BITS:
        notices.append("REDUCED_TO_8_BIT")
    image, own_alpha = split_alpha(loaded, sample_bits=bits, is_white_zero=is_white_zero)
    if covered is not None:
        own_alpha = _clear_outside(own_alpha, covered, opened.size)
    upright = turn_upright(image, orientation)
    if upright is not image:
        jpeg_pixels = None
        own_alpha = own_alpha and turn_upright(own_alpha, orientation)
    profile, profile_notices = keep_profile(metadata(opened, "icc_profile"))
    return SourceImage(
        upright,
        own_alpha,
        opened.format or "",
        profile,
        upright_exif(metadata(opened, "exif")),
        (*notices, *profile_notices),
        jpeg_pixels,
    )


def _frame_notices(opened: ImageFile, data: bytes | memoryview) -> Iterator[str]:
    """Say so when the file holds more than the one picture that is used."""
    if opened.format == "TIFF":
        has_more = header_checks.has_more_pages(data)
    elif opened.format == "JPEG":
        has_more = header_checks.has_more_pictures(metadata(opened, "mp"), data)
    else:
        has_more = bool(getattr(opened, "is_animated", False))
    if has_more:
        yield "FIRST_FRAME_ONLY"


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
