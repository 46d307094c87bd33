"""Source image -> model input, by the model's contract.

Decides: what the network sees: size, normalisation, grey in the place of transparent parts, no
brightening of dark pictures.
"""

from __future__ import annotations

import numpy as np
from PIL import Image

from offcut.arrays import ModelTensor
from offcut.network.letterbox import content_box
from offcut.network.models import InputContract
from offcut.network.views import View, whole_view
from offcut.source_image import SourceImage

# Transparent pixels of the source are shown to the network as this grey: their stored
# colours are arbitrary (often black), and a hard edge to white would look like a subject.
UNDER_TRANSPARENCY = (128, 128, 128)

# Pillow may first shrink by whole factors as long as this much resolution is left over;
# at 2 a 12-megapixel picture takes a quarter of the time and differs by rounding only.
REDUCING_GAP = 2.0


def preprocess(
    source: SourceImage, contract: InputContract, view: View | None = None
) -> ModelTensor:
    """Bring the picture, or a view of it, to the model's size and normalise it.

    Parameters
    ----------
    source : SourceImage
        Any size; whether its proportions are kept is the contract's.
    contract : InputContract
        The model's.
    view : View, optional
        The whole picture if not given.

    Returns
    -------
    float32, shape (1, 3, height, width)
        RGB, ``(value * scale - mean) / std``. The scale is a constant: dividing by the
        picture's own maximum, as rembg does, brightens dark pictures before the network
        sees them.
    """
    pixels = _place_view(source, view or whole_view(source.size), contract)
    factor = np.float32(contract.scale) / np.asarray(contract.std, dtype=np.float32)
    offset = np.asarray(contract.mean, dtype=np.float32) / np.asarray(
        contract.std, dtype=np.float32
    )
    planes = (pixels * factor - offset).transpose(2, 0, 1)[np.newaxis]
    return np.ascontiguousarray(planes, dtype=np.float32)


def _place_view(source: SourceImage, view: View, contract: InputContract) -> ModelTensor:
    """Place a view in the model's input: float32, shape (height, width, 3), range [0, 255]."""
    left, top, right, bottom = content_box(contract, view.size)
    shown = _draw_view(source, view, (right - left, bottom - top))
    if shown.shape[:2] == (contract.height, contract.width):
        return shown
    pixels = np.full((contract.height, contract.width, 3), contract.fill, np.float32)
    pixels[top:bottom, left:right] = shown
    return pixels


def _draw_view(source: SourceImage, view: View, size: tuple[int, int]) -> ModelTensor:
    """Resize a view to (width, height): float32, shape (height, width, 3), range [0, 255]."""
    small = _resize_box(source.image, view, size)
    if source.own_alpha is not None:
        opacity = _resize_box(source.own_alpha, view, size)
        small = Image.composite(small, Image.new("RGB", size, UNDER_TRANSPARENCY), opacity)
    pixels = np.asarray(small, dtype=np.float32)
    return pixels[:, ::-1] if view.is_mirrored else pixels


def _resize_box(image: Image.Image, view: View, size: tuple[int, int]) -> Image.Image:
    # The box is read in place: a copy of a large crop would cost its size again.
    return image.resize(size, view.resample, view.box, reducing_gap=REDUCING_GAP)
