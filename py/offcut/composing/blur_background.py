"""The source's background out of focus, without the subject, for use as a backdrop.

Decides: how strong the blur is, what fills the place of the subject so that no ghost or halo of it
is seen.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from offcut.arrays import AlphaMatte
from offcut.kernels.interface import Kernels
from offcut.source_image import SourceImage

FloatImage = NDArray[np.float32]

# Three box blurs of this radius are nearly a Gaussian, whose deviation follows from it; the
# proxy is as small as makes that the deviation asked for.
_BOX_RADIUS: Final = 4
_BOX_PASSES: Final = 3
_PROXY_SIGMA: Final = math.sqrt(_BOX_PASSES * ((2 * _BOX_RADIUS + 1) ** 2 - 1) / 12)
# Behind the subject, what is found further away decides: each step looks three times as far
# and counts this much.
_FURTHER: Final = 3
_WEIGHT_OF_FURTHER: Final = np.float32(0.02)
_NOISE: Final = 1e-6
_BOX: Final = Image.Resampling.BOX
_IS_SHOWN: Final = [0, *([255] * 255)]
_PURE: Final = 0.9


def blur_background(
    source: SourceImage, alpha: AlphaMatte, percent: float, kernels: Kernels
) -> Image.Image:
    """Blur the source's background as if the subject had never been there.

    Parameters
    ----------
    source : SourceImage
    alpha : uint8, shape (H, W)
    percent : float, 1 to 20
        Twice the Gaussian's standard deviation, of the picture's diagonal.
    kernels : Kernels

    Returns
    -------
    PIL.Image.Image
        Mode RGB, at most some 800 pixels long: a blur has no more in it. The source itself
        is blurred where all that it shows is subject; what it does not show gets the colours
        around it.
    """
    height, width = source.size
    sigma = percent / 200 * math.hypot(height, width)
    scale = min(1.0, _PROXY_SIGMA / sigma)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    image = np.array(source.image.resize(size, _BOX), np.float32)
    weight = _background_weight(source, alpha, size)
    if source.own_alpha is not None:
        shown = _shares(source.own_alpha.point(_IS_SHOWN), size)
        # Colours that do not show are erased, and must not count in the means.
        image /= np.maximum(shown, np.float32(_NOISE))
        if not weight.any():
            weight = shown
    image = _fill_gaps(image, weight, kernels)
    radius = max(1, round(_BOX_RADIUS * scale * sigma / _PROXY_SIGMA))
    for _ in range(_BOX_PASSES):
        image = kernels.box_blur(image, radius)
    return Image.fromarray(np.clip(np.rint(image), 0, 255).astype(np.uint8))


def _fill_gaps(image: FloatImage, weight: FloatImage, kernels: Kernels) -> FloatImage:
    """Put means of what has weight in the place of what has none.

    Weighted means (normalised convolution, Knutsson and Westin, CVPR 1993), in windows of
    growing size, the small ones first where they find any.
    """
    near = np.concatenate((image * weight, weight), axis=2)
    total, share, radius = np.zeros_like(near), np.float32(1), 1
    while radius < max(near.shape):
        sums = kernels.box_blur(near, radius)
        # What running sums leave where there is nothing must not be divided by itself.
        total += share * sums * (sums[..., 3:] > _NOISE)
        radius, share = radius * _FURTHER, share * _WEIGHT_OF_FURTHER
    is_unknown = total[..., 3:] == 0
    # Beyond the widest window, what is nearest counts no more than the rest.
    known = float(weight.sum())
    far = (image * weight).sum(axis=(0, 1)) / known if known else image
    mean = np.where(is_unknown, far, total[..., :3] / np.where(is_unknown, 1, total[..., 3:]))
    return np.where(weight > 0, image, mean).astype(np.float32, copy=False)


def _shares(alpha: Image.Image, size: tuple[int, int]) -> FloatImage:
    """Average alpha at the proxy's size: (h, w, 1), range [0, 1]."""
    shares = np.asarray(alpha.resize(size, _BOX), np.float32) / np.float32(255)
    return shares[..., np.newaxis].astype(np.float32, copy=False)


def _background_weight(source: SourceImage, alpha: AlphaMatte, size: tuple[int, int]) -> FloatImage:
    """Tell how far a pixel of the proxy is background: (h, w, 1), range [0, 1]."""
    subject = np.asarray(Image.fromarray(alpha).resize(size, _BOX), np.float32)
    whole: FloatImage | np.float32 = np.float32(255)
    if source.own_alpha is not None:
        whole = np.asarray(source.own_alpha.resize(size, _BOX), np.float32)
    weight = np.maximum(whole - subject, 0) / 255
    # A mixed pixel has the subject's colour, too, which would spread where nothing else is.
    weight = np.where(weight < _PURE, 0, weight)
    return weight[..., np.newaxis].astype(np.float32, copy=False)
