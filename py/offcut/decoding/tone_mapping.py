"""Light that is brighter than white, made to fit a plain screen, as browsers do it.

The curve is the reference white tone mapping of SMPTE ST 2094-50: up to white, light is halved;
above it the rest bends towards the peak. Measured in Chromium 156: it is within a level.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from offcut.decoding.transfer_functions import HLG

Light = NDArray[np.float32]

# All relative to a white of 203 candelas; the peak has 1000.
_PEAK: Final = 1000 / 203
_KNEE: Final = (1.0, 0.5)
# How far the curve's middle point lies on the way from the knee, straight on, to the top.
_BEND: Final = 0.65
_MIDDLE: Final = (1 + _BEND, 0.5 + _BEND / 2)
_HLG_GAMMA: Final = 1.2
_LUMA: Final = (0.2627, 0.6780, 0.0593)


def tone_map(light: Light, transfer: int) -> Light:
    """Bring light to [0, 1].

    Parameters
    ----------
    light : float32, shape (..., 3)
        Linear, of BT.2020's primaries; of HLG the scene's, in [0, 1].
    transfer : int
        By H.273.

    Returns
    -------
    float32, same shape
        The three channels are multiplied by one factor, which the brightest decides.
    """
    if transfer == HLG:
        red, green, blue = (np.float32(share) for share in _LUMA)
        luma = red * light[..., 0] + green * light[..., 1] + blue * light[..., 2]
        gain = np.power(np.maximum(luma, 0), np.float32(_HLG_GAMMA - 1)) * np.float32(_PEAK)
        light = light * gain[..., np.newaxis]
    brightest = light.max(axis=-1, keepdims=True)
    return light * _gain(brightest)


def _gain(brightest: Light) -> Light:
    """Give the factor for the brightest channel: a half up to white, then ever less."""
    (x0, y0), (x1, y1), (x2, y2) = _KNEE, _MIDDLE, (_PEAK, 1.0)
    x = np.clip(brightest, x0, x2).astype(np.float32)
    # The quadratic Bezier curve through knee and peak, solved for its parameter.
    a, b = np.float32(x0 - 2 * x1 + x2), np.float32(2 * (x1 - x0))
    t = (np.sqrt(b * b + 4 * a * (x - np.float32(x0))) - b) / (2 * a)
    y = y0 * (1 - t) ** 2 + 2 * y1 * t * (1 - t) + y2 * t**2
    return (y / np.maximum(brightest, np.float32(x0))).astype(np.float32)
