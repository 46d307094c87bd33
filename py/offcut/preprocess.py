"""Source image -> model input, by the model's contract."""

from __future__ import annotations

import numpy as np
from PIL import Image

from offcut.arrays import ModelTensor
from offcut.models import InputContract
from offcut.source_image import SourceImage

# Transparent pixels of the source are shown to the network as this grey: their stored
# colours are arbitrary (often black), and a hard edge to white would look like a subject.
UNDER_TRANSPARENCY = (128, 128, 128)

# Pillow may first shrink by whole factors as long as this much resolution is left over;
# at 2 a 12-megapixel picture takes a quarter of the time and differs by rounding only.
REDUCING_GAP = 2.0


def preprocess(source: SourceImage, contract: InputContract) -> ModelTensor:
    """Stretch the picture to the model's size and normalise it.

    Parameters
    ----------
    source : SourceImage
        Any size; the aspect ratio is not kept, as the model was trained that way.
    contract : InputContract
        The model's.

    Returns
    -------
    float32, shape (1, 3, height, width)
        RGB, ``(value * scale - mean) / std``. The scale is a constant: dividing by the
        picture's own maximum, as rembg does, brightens dark pictures before the network
        sees them.
    """
    size = (contract.width, contract.height)
    small = source.image.resize(size, Image.Resampling.LANCZOS, reducing_gap=REDUCING_GAP)
    if source.own_alpha is not None:
        opacity = source.own_alpha.resize(
            size, Image.Resampling.LANCZOS, reducing_gap=REDUCING_GAP
        )
        small = Image.composite(small, Image.new("RGB", size, UNDER_TRANSPARENCY), opacity)
    pixels = np.asarray(small, dtype=np.float32)  # (height, width, 3)
    factor = np.float32(contract.scale) / np.asarray(contract.std, dtype=np.float32)
    offset = np.asarray(contract.mean, dtype=np.float32) / np.asarray(
        contract.std, dtype=np.float32
    )
    planes = (pixels * factor - offset).transpose(2, 0, 1)[np.newaxis]
    return np.ascontiguousarray(planes, dtype=np.float32)
