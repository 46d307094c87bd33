"""Plays the animation of a file: GIF and PNG frame by frame, WebP by Pillow.

Decides: which formats move; how many pixels in all are played; that colours and transparency of a
frame are those that a still picture of the same bytes has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from PIL import Image
from PIL.ImageFile import ImageFile

from offcut.decoding.animation import MOST_PIXELS, play
from offcut.decoding.color_modes import split_alpha
from offcut.decoding.gif_frames import gif_frames
from offcut.decoding.load_pixels import load_pixels, sample_format
from offcut.decoding.open_picture import open_picture
from offcut.decoding.picture_file import PictureFile

_OPAQUE: Final = 255


def play_file(opened: ImageFile, file: PictureFile) -> Iterator[Image.Image] | None:
    """Yield the canvas, of mode RGBA, with each frame; it may change with the next one.

    Parameters
    ----------
    opened : PIL.ImageFile.ImageFile
        Of the file.
    file : PictureFile

    Returns
    -------
    iterator or None
        None for a file of a format that does not move.

    Raises
    ------
    Exception
        Whatever Pillow makes of a broken frame, while it is played.
    """
    if opened.format == "WEBP":
        return _play_webp(open_picture(file))
    if file.apng is not None:
        return play(file.apng.play(), opened.size, _frame_opener(file))
    if opened.format == "GIF":
        return play(gif_frames(file.data), opened.size, _frame_opener(file))
    return None


def _play_webp(opened: ImageFile) -> Iterator[Image.Image]:
    """Let Pillow play a WebP, which it does as browsers do."""
    most = MOST_PIXELS // (opened.width * opened.height) + 1
    for number in range(min(getattr(opened, "n_frames", 1), most)):
        opened.seek(number)
        opened.load()
        yield opened.convert("RGBA")


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
