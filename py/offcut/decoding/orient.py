"""Turns a picture upright: what the EXIF orientation asks for.

Decides: nothing but the turn: whether there is one is read in exif.py, or by Pillow for TIFF
(load_pixels.py).
"""

from __future__ import annotations

from typing import Final

from PIL import Image

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


def turn_upright(image: Image.Image, orientation: int) -> Image.Image:
    """Turn or mirror an image as its orientation says.

    Parameters
    ----------
    image : PIL.Image.Image
    orientation : int
        Of EXIF: 1 is upright, 2 to 8 are turned or mirrored; anything else counts as 1.

    Returns
    -------
    PIL.Image.Image
        The very image where nothing is to be turned.
    """
    turn = _TURNS.get(orientation)
    return image if turn is None else image.transpose(turn)
