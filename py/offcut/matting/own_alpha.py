"""The alpha channel that the picture's file itself has, and the matte.

Decides: that what is transparent in the file stays transparent in the matte. Whether a file is
transparent at all: decoding/color_modes.py.
"""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageChops

from offcut.arrays import AlphaMatte
from offcut.source_image import SourceImage


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
