"""Looks into an animation that begins with nothing, for the first frame that shows something."""

from __future__ import annotations

from typing import NamedTuple

from PIL import Image
from PIL.ImageFile import ImageFile

from offcut.decoding.animation import first_shown
from offcut.decoding.load_pixels import BITS, sample_format
from offcut.decoding.picture_file import PictureFile
from offcut.decoding.play_file import play_file


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
    canvases = play_file(opened, file)
    shown = None if canvases is None else first_shown(canvases)
    bits, _ = sample_format(opened, file.data)
    return shown and ShownFrame(*shown, ("REDUCED_TO_8_BIT",) if bits > BITS else ())
