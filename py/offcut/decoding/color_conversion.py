"""Brings a picture's colours to sRGB where its file says that they are others.

A profile is carried to the result instead (`color_profile.py`); what is said by numbers alone
could not be carried in every format, so it is converted.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from offcut.arrays import row_bands
from offcut.decoding.color_space import BT2020_TO_SRGB, ColorSpace, Matrix
from offcut.decoding.tone_mapping import tone_map

_BAND: Final = 1 << 18
# So fine that even in the darks, where sRGB is steepest, a step is a fifth of a level.
_STEPS: Final = 1 << 14


def convert_to_srgb(image: Image.Image, space: ColorSpace) -> Image.Image:
    """Convert the colours of a picture.

    Parameters
    ----------
    image : PIL.Image.Image
        Mode RGB; may be written into.
    space : ColorSpace

    Returns
    -------
    PIL.Image.Image
        Mode RGB. Colours that sRGB does not have become the nearest of each channel; what is
        brighter than white is made darker, as browsers do on a plain screen.
    """
    light = space.linear(np.arange(256) / 255)
    if space.matrix is None and not space.is_hdr:
        return image.point([int(value) for value in _encode(light)] * 3)
    table = light.astype(np.float32)
    for rows in row_bands(image.height, image.width, _BAND):
        box = (0, rows.start, image.width, rows.stop)
        linear = table[np.asarray(image.crop(box))]
        linear = _change_primaries(linear, space.matrix)
        if space.is_hdr:
            linear = _change_primaries(tone_map(linear, space.transfer), BT2020_TO_SRGB)
        image.paste(Image.fromarray(_encode(linear)), box)
    return image


def _change_primaries(linear: NDArray[np.float32], matrix: Matrix | None) -> NDArray[np.float32]:
    """Multiply every pixel by the matrix, in a fixed order of sums."""
    if matrix is None:
        return linear
    red, green, blue = (linear[..., channel] for channel in range(3))
    mixed = np.empty_like(linear)
    for channel, (a, b, c) in enumerate(matrix):
        mixed[..., channel] = np.float32(a) * red + np.float32(b) * green + np.float32(c) * blue
    return mixed


def _encode(linear: NDArray[np.floating]) -> NDArray[np.uint8]:
    """Give the eight-bit sRGB values of light."""
    return _LEVELS[(np.clip(linear, 0, 1) * (_STEPS - 1) + 0.5).astype(np.intp)]


def _make_levels() -> NDArray[np.uint8]:
    light = np.arange(_STEPS) / (_STEPS - 1)
    curved = 1.055 * np.power(light, 1 / 2.4) - 0.055
    return np.rint(np.where(light <= 0.0031308, 12.92 * light, curved) * 255).astype(np.uint8)


_LEVELS: Final = _make_levels()
