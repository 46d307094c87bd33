"""Looks into an animation that begins with nothing, for the first frame that shows something."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final, NamedTuple

from PIL import Image
from PIL.ImageFile import ImageFile

from offcut.decoding.animation import MOST_FRAMES, first_shown, is_blank
from offcut.decoding.color_modes import split_alpha
from offcut.decoding.gif_frames import gif_frames
from offcut.decoding.load_pixels import BITS, load_pixels, sample_format
from offcut.decoding.open_picture import open_picture
from offcut.decoding.picture_file import PictureFile

_OPAQUE: Final = 255


class ShownFrame(NamedTuple):
    """A frame as it is shown, of mode RGBA, its number from 0 on, and what was changed of it."""

    image: Image.Image
    number: int
    notices: tuple[str, ...]


def find_frame(opened: ImageFile, file: PictureFile) -> ShownFrame | None:
    """Find the first frame that shows something.

    Parameters
    ----------
    opened : PIL.ImageFile.ImageFile
        Of the file.
    file : PictureFile

    Returns
    -------
    ShownFrame or None
        None if no frame does, for what is no animation, and for one whose later frames are broken:
        what it begins with is whole nevertheless.
    """
    try:
        return _find_frame(opened, file)
    except Exception:  # whatever Pillow throws at hostile bytes; see `decode.py`
        return None


def _find_frame(opened: ImageFile, file: PictureFile) -> ShownFrame | None:
    if opened.format == "WEBP":
        shown = _seek_shown(open_picture(file))
    elif file.apng is not None:
        shown = first_shown(file.apng.play(), opened.size, _frame_opener(file))
    elif opened.format == "GIF":
        shown = first_shown(gif_frames(file.data), opened.size, _frame_opener(file))
    else:
        return None
    bits, _ = sample_format(opened, file.data)
    return shown and ShownFrame(*shown, ("REDUCED_TO_8_BIT",) if bits > BITS else ())


def _seek_shown(opened: ImageFile) -> tuple[Image.Image, int] | None:
    """Let Pillow play a WebP, which it does as browsers do."""
    for number in range(min(getattr(opened, "n_frames", 1), MOST_FRAMES)):
        opened.seek(number)
        opened.load()
        frame = opened.convert("RGBA")
        if not is_blank(frame.convert("RGB"), frame.getchannel("A")):
            return frame, number
    return None


def _frame_opener(file: PictureFile) -> Callable[[bytes], Image.Image]:
    def open_frame(data: bytes) -> Image.Image:
        frame = replace(file, data=data, facts=None, apng=None)
        opened = open_picture(frame)
        bits, _ = sample_format(opened, data)
        loaded, _ = load_pixels(opened, frame)
        image, own_alpha = split_alpha(loaded, sample_bits=bits)
        shown = image.copy()
        shown.putalpha(_OPAQUE if own_alpha is None else own_alpha)
        return shown

    return open_frame
