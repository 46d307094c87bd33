"""Keeps the mattes of an animation's frames steady where its picture stands still.

Each frame is cut out by itself, so the network's answer trembles from frame to frame, which shows
as a flickering edge. Where a pixel's surroundings look the same over several frames, one opacity
must do for all of them: their mean, without those frames in which the network saw it quite
otherwise. Where the picture changes, each frame keeps what was found in it: a filter over time
would eat what moves fast.

Decides: when a pixel counts as still (`STILL_LEVELS`), from which frame on it is another one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from offcut.arrays import AlphaMatte, Floats
from offcut.kernels.interface import Kernels
from offcut.source_image import SourceImage

STILL_LEVELS: Final = 6.0
"""Of 255, in any channel of the mean colour around a pixel: noise and dithering remain below."""

_MEAN_RADIUS: Final = 2
# The edge of what moves is part of what moves.
_REACH: Final = 4
# An opacity that is farther from the mean of its frames is an error of the network.
_FAR: Final = 128.0


def steady_mattes(
    frames: Sequence[SourceImage], mattes: Sequence[AlphaMatte], kernels: Kernels
) -> list[AlphaMatte]:
    """Give a pixel one opacity for as long as the picture around it stands still.

    Parameters
    ----------
    frames : sequence of SourceImage
        In the order in which they are shown, of one size (H, W).
    mattes : sequence of uint8, shape (H, W)
        Of each frame.
    kernels : Kernels

    Returns
    -------
    list of uint8, shape (H, W)

    Notes
    -----
    A pixel is compared with the frame in which its stillness began and not with the one before: so
    a slow change ends it as well. Beside the mattes one byte a pixel and frame is kept.
    """
    begins = _find_begins(frames, kernels)
    means = _mean_over_stillness(begins, mattes, None)
    return _mean_over_stillness(begins, mattes, means)


def _find_begins(frames: Sequence[SourceImage], kernels: Kernels) -> list[NDArray[np.bool_]]:
    """Tell of each frame which pixels look otherwise than in the frames before: bool, (H, W)."""
    begins: list[NDArray[np.bool_]] = []
    reference: Floats | None = None
    seen: SourceImage | None = None
    for frame in frames:
        if reference is None:
            reference = _mean_colors(frame, kernels)
            begins.append(np.ones(frame.size, np.bool_))
        elif frame is seen:
            begins.append(np.zeros(frame.size, np.bool_))
        else:
            colors = _mean_colors(frame, kernels)
            difference = np.abs(colors - reference).max(axis=2)
            changed = kernels.local_range(difference, _REACH)[1] > STILL_LEVELS
            reference[changed] = colors[changed]
            begins.append(changed)
        seen = frame
    return begins


def _mean_colors(frame: SourceImage, kernels: Kernels) -> Floats:
    """Mean of the shown colours around each pixel: float32, (H, W, 4), the last one its alpha."""
    whole = slice(0, frame.size[0])
    own = frame.own_alpha_band(whole)
    opacity = np.full(frame.size, 255, np.uint8) if own is None else own
    colors = np.dstack((frame.rgb_band(whole), opacity)).astype(np.float32)
    return kernels.box_blur(colors, _MEAN_RADIUS)


def _mean_over_stillness(
    begins: Sequence[NDArray[np.bool_]],
    mattes: Sequence[AlphaMatte],
    around: Sequence[AlphaMatte] | None,
) -> list[AlphaMatte]:
    """Take the mean of each pixel's opacities from one begin to the next.

    With `around`, only of those that are near it.
    """
    total = np.zeros(mattes[0].shape, np.float32)
    count = np.zeros(mattes[0].shape, np.float32)
    means: list[AlphaMatte] = []
    for number, (begin, matte) in enumerate(zip(begins, mattes, strict=True)):
        total[begin] = 0
        count[begin] = 0
        opacity = matte.astype(np.float32)
        if around is None:
            total += opacity
            count += 1
        else:
            is_near = np.abs(opacity - around[number]) <= _FAR
            total += opacity * is_near
            count += is_near
        means.append(np.rint(total / np.maximum(count, 1)).astype(np.uint8))
    for number in range(len(means) - 2, -1, -1):
        later = begins[number + 1]
        means[number] = np.where(later, means[number], means[number + 1])
    return means
