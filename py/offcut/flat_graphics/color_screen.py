"""Green and blue screens: what shines through the edge, and what they cast onto it.

Decides: a green or blue tint that is left in hair before a screen, how colourful a background must
be to be one, and that a subject of that colour is left alone.

A hair thinner than a pixel is nowhere seen without the screen, so that no neighbour tells its
colour. But of a subject that has nothing of the screen's hue, all of that hue is background.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from offcut.arrays import AlphaMatte, Floats, overlapping_bands, row_bands
from offcut.flat_graphics.background_color import FlatBackground
from offcut.kernels.dilation import window_maximum

LEAST_KEY: Final = 60
"""Levels by which the screen's strongest channel is above the others."""
SLACK: Final = 4
"""Levels of the screen's hue that a subject may have by itself."""
DEEP: Final = 4
"""Pixels from the soft edge from which on the screen does not shine through any more."""
MOST_OWN: Final = 0.02
"""Share of the sure subject that may have more of it."""


def limit_by_screen(alpha: AlphaMatte, background: FlatBackground) -> AlphaMatte | None:
    """Tell how opaque each pixel can be at most before a coloured screen.

    Parameters
    ----------
    alpha : uint8, shape (H, W)
        As far as it is known without.
    background : FlatBackground

    Returns
    -------
    uint8, shape (H, W), or None
        1 - key / key of the screen; the key of a pixel is by how much the screen's strongest
        channel is above its greatest other one. None where the background is no screen, or the
        subject has its colour.

    Notes
    -----
    The colour difference matte of Vlahos (1964; see Smith and Blinn, "Blue Screen Matting",
    SIGGRAPH 1996).
    """
    strongest = int(np.argmax(background.rgb))
    full = _key(np.array([background.rgb], np.int16), strongest)[0]
    if full < LEAST_KEY or _has_its_hue(alpha, background, strongest):
        return None
    limit = np.empty_like(alpha)
    for rows in row_bands(*alpha.shape):
        key = _key(background.original.rgb_band(rows).astype(np.int16), strongest)
        most = 255 * (1 - np.clip((key - SLACK) / (full - SLACK), 0, 1))
        limit[rows] = np.rint(most).astype(np.uint8)
    return limit


def _key(pixels: NDArray[np.int16], strongest: int) -> Floats:
    others = [pixels[..., channel] for channel in range(3) if channel != strongest]
    return (pixels[..., strongest] - np.maximum(*others)).astype(np.float32)


def _has_its_hue(alpha: AlphaMatte, background: FlatBackground, strongest: int) -> bool:
    """Tell whether the subject itself has the screen's hue, away from its soft edge."""
    own = sure = 0
    for rows, inner in overlapping_bands(alpha.shape, DEEP):
        inside = ~window_maximum(alpha[rows] < 255, DEEP)[inner]
        key = _key(background.original.rgb_band(rows)[inner].astype(np.int16), strongest)
        own += int(np.count_nonzero(inside & (key > 4 * SLACK)))
        sure += int(np.count_nonzero(inside))
    return own > MOST_OWN * sure
