"""The alpha channel that the picture's file itself has, and the matte.

Decides: that what is transparent in the file stays transparent in the matte. Whether a file is
transparent at all: decoding/color_modes.py.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from PIL import Image, ImageChops

from offcut.arrays import AlphaMatte
from offcut.decoding.animation import is_blank
from offcut.source_image import SourceImage

_CLEAR: Final = 0.01
_FILLED: Final = 0.75
# Less is not to be seen.
_IS_SEEN: Final = [0] * 8 + [255] * 248


def is_cut_out(source: SourceImage) -> bool:
    """Tell whether a file is a cut-out already: clear all around, and no mere frame.

    A photo with rounded corners, or in a circle, is as opaque as its box allows, and is still to
    be cut: a circle fills 79 % of its box.
    """
    own = source.own_alpha
    if own is None:
        return False
    right, bottom = own.width - 1, own.height - 1
    edges = ((0, 0, right + 1, 1), (0, bottom, right + 1, bottom + 1))
    edges += ((0, 0, 1, bottom + 1), (right, 0, right + 1, bottom + 1))
    if any(_mean(own.crop(edge)) > _CLEAR for edge in edges):
        return False
    box = own.point(_IS_SEEN).getbbox()
    return box is not None and _mean(own.crop(box)) < _FILLED


def _mean(alpha: Image.Image) -> float:
    levels = alpha.histogram()
    return sum(level * count for level, count in enumerate(levels)) / (sum(levels) * 255)


def own_matte(source: SourceImage) -> AlphaMatte:
    """Take the file's own alpha: uint8, (H, W). In what is all of one colour there is nothing."""
    if is_blank(source.image, source.own_alpha):
        return np.zeros(source.size, np.uint8)
    if source.own_alpha is None:
        return np.full(source.size, 255, np.uint8)
    return np.array(source.own_alpha)


def share_of_shown(share: AlphaMatte, own: AlphaMatte | None) -> AlphaMatte:
    """Tell how much of a pixel's colour is the subject's, where the file shows only part of it.

    A file's colours are straight: what its own alpha takes away is not mixed into them. So of a
    pixel that the file shows by half, and the matte by half as well, the colour is all subject's.

    Parameters
    ----------
    share : uint8, any shape
        The matte, the file's own alpha multiplied in.
    own : uint8, same shape, or None
        The file's own alpha.

    Returns
    -------
    uint8, same shape
        `share` itself if the file has no alpha channel.
    """
    if own is None:
        return share
    # To the nearest; a matte may be wider than what the file shows, by an edge option.
    shown = np.maximum(own, 1).astype(np.uint16)
    parts = (share.astype(np.uint16) * 255 + shown // 2) // shown
    return np.minimum(parts, 255).astype(np.uint8)


def apply_own_alpha(alpha: AlphaMatte, source: SourceImage) -> AlphaMatte:
    """Multiply the matte by the file's own alpha channel.

    What is transparent in the file stays so, whatever the network finds there.

    Parameters
    ----------
    alpha : uint8, shape (H, W) of the source

    Returns
    -------
    uint8, shape (H, W)
        `alpha` itself if the file has no alpha channel.
    """
    if source.own_alpha is None:
        return alpha
    product = ImageChops.multiply(Image.fromarray(alpha), source.own_alpha)
    return np.asarray(product)
