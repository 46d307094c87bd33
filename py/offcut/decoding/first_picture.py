"""From an opened file to the one picture that is used of it: which frame, its pixels, upright.

Decides: FIRST_FRAME_ONLY, CONVERTED_CMYK and REDUCED_TO_8_BIT, a GIF's frame that is smaller than
its canvas, which metadata is kept.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PIL.ImageFile import ImageFile

from offcut.decoding import header_checks
from offcut.decoding.animation import is_blank
from offcut.decoding.color_conversion import convert_to_srgb
from offcut.decoding.color_modes import split_alpha
from offcut.decoding.color_profile import keep_profile
from offcut.decoding.exif import upright_exif
from offcut.decoding.hidden_colors import erase_hidden_colors
from offcut.decoding.later_frame import find_frame
from offcut.decoding.load_pixels import (
    BITS,
    load_pixels,
    metadata,
    orientation,
    sample_format,
)
from offcut.decoding.orient import turn_upright
from offcut.decoding.picture_file import PictureFile
from offcut.decoding.rgbx import rgb_view
from offcut.decoding.tiff_pages import has_more_pages
from offcut.source_image import SourceImage


class _Pixels(NamedTuple):
    """RGB, alpha or None, the turn that is still to be made, and what was changed."""

    image: Image.Image
    own_alpha: Image.Image | None
    turn: int
    notices: tuple[str, ...]


def first_picture(
    opened: ImageFile, file: PictureFile, jpeg_pixels: NDArray[np.uint8] | None = None
) -> SourceImage:
    """Decode the pixels and bring them to the form that every stage expects.

    Parameters
    ----------
    opened : PIL.ImageFile.ImageFile
        Freshly opened, its size found acceptable; used up by this.
    file : PictureFile
        That it was opened from.
    jpeg_pixels : uint8, shape (H, W, 4), or None
        The pixels of a JPEG where another decoder has given them; kept, and the fourth byte unused.

    Raises
    ------
    Exception
        Whatever Pillow makes of broken pixels; DecodeError for a mode without a way to RGB.
    """
    has_more = _has_more(opened, file)
    pixels, frame_notices = _choose_frame(opened, file, jpeg_pixels, has_more=has_more)
    image, own_alpha, turn, notices = pixels
    image, color_notices = _convert_colors(image, file)
    image = erase_hidden_colors(image, own_alpha)
    upright = turn_upright(image, turn)
    if upright is not image:
        jpeg_pixels = None
        own_alpha = own_alpha and turn_upright(own_alpha, turn)
    profile, profile_notices = keep_profile(metadata(opened, file, "icc_profile"))
    return SourceImage(
        upright,
        own_alpha,
        opened.format or "",
        profile,
        upright_exif(metadata(opened, file, "exif")),
        (*file.notices, *frame_notices, *notices, *color_notices, *profile_notices),
        jpeg_pixels,
    )


def _choose_frame(
    opened: ImageFile,
    file: PictureFile,
    jpeg_pixels: NDArray[np.uint8] | None,
    *,
    has_more: bool,
) -> tuple[_Pixels, tuple[str, ...]]:
    """Take the first frame that shows something, and say so where it is not the only one."""
    is_still_hidden = file.apng is not None and not file.apng.shows_still
    frame = find_frame(opened, file) if is_still_hidden else None
    if frame is None:
        pixels = _read_pixels(opened, file, jpeg_pixels)
        if has_more and is_blank(pixels.image, pixels.own_alpha):
            frame = find_frame(opened, file)
        if frame is None:
            return pixels, (_only_one(opened),) if has_more else ()
    image, own_alpha = split_alpha(frame.image)
    pixels = _Pixels(image, own_alpha, orientation(opened, file), frame.notices)
    if frame.number > 0:
        return pixels, ("LATER_FRAME_TAKEN",)
    return pixels, ("FIRST_FRAME_ONLY",) if has_more else ()


def _read_pixels(
    opened: ImageFile, file: PictureFile, jpeg_pixels: NDArray[np.uint8] | None
) -> _Pixels:
    covered = opened.tile[0][1] if opened.format == "GIF" and opened.tile else None
    bits, is_white_zero = sample_format(opened, file.data)
    if jpeg_pixels is None:
        loaded, turn = load_pixels(opened, file)
    else:
        loaded, turn = rgb_view(jpeg_pixels), orientation(opened, file)
    notices: list[str] = []
    if opened.mode == "CMYK":
        notices.append("CONVERTED_CMYK")
    if bits > BITS:
        notices.append("REDUCED_TO_8_BIT")
    image, own_alpha = split_alpha(loaded, sample_bits=bits, is_white_zero=is_white_zero)
    if covered is not None:
        own_alpha = _clear_outside(own_alpha, covered, opened.size)
    return _Pixels(image, own_alpha, turn, tuple(notices))


def _has_more(opened: ImageFile, file: PictureFile) -> bool:
    """Tell whether the file holds more than the one picture that is used."""
    if opened.format == "TIFF":
        return has_more_pages(file.data)
    if opened.format == "JPEG":
        return header_checks.has_more_pictures(metadata(opened, file, "mp"), file.data)
    if opened.format == "PNG":
        return file.apng is not None and len(file.apng.frames) > 1
    return bool(getattr(opened, "is_animated", False))


def _only_one(opened: ImageFile) -> str:
    """Say that the first of several was taken: of frames, or of pages and pictures."""
    return "FIRST_PICTURE_ONLY" if opened.format in ("TIFF", "JPEG") else "FIRST_FRAME_ONLY"


def _convert_colors(image: Image.Image, file: PictureFile) -> tuple[Image.Image, tuple[str, ...]]:
    """Bring colours to sRGB whose meaning could not be carried to the result."""
    space = file.color_space
    if space is None:
        return image, ()
    is_reduced = space.matrix is not None or space.is_hdr
    return convert_to_srgb(image, space), ("COLORS_CONVERTED",) if is_reduced else ()


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
