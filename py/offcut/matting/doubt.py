"""How likely it is that a cut-out shows the wrong thing, or a part of it only.

Decides: whether a result is unsure, so that a person is asked to look at it (the notice UNSURE).

Nobody tells the network what a person takes for the subject, but where it errs it seldom is
certain: it leaves much half opaque, its edge is blurred all along, and what the picture's colours
make of its matte is another one. Each of these signs is a share or a length that is small in good
results; their logarithms are added, so that no weights need be fitted to a few hundred pictures.
Only the limits are: see `scripts/quality --doubt`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
from PIL import Image

from offcut.arrays import AlphaMatte, CoarseAlpha
from offcut.network.ensemble import InferencePass
from offcut.network.views import middle_view

FLOOR: Final = 0.01
"""Added to every share: below it they mean nothing."""
BLUR_COUNTS: Final = 0.3
"""How much the blur of the edge counts beside the others, which tell more."""
SHORTEST: Final = 20
"""Cells of an edge: a speck has no shorter one."""
LIMIT_OF_ONE: Final = -8.15
LIMIT_OF_SEVERAL: Final = -7.1
"""Doubt from which on a result of one pass, and of several, is unsure."""


def is_unsure(passes: Sequence[InferencePass], alpha: AlphaMatte) -> bool:
    """Tell whether a person should look at a result."""
    limit = LIMIT_OF_ONE if len(passes) == 1 else LIMIT_OF_SEVERAL
    return measure_doubt(passes, alpha) >= limit


def measure_doubt(passes: Sequence[InferencePass], alpha: AlphaMatte) -> float:
    """Add the signs that a result may be wrong.

    Parameters
    ----------
    passes : sequence of InferencePass
        As they were made; the first one is of the whole picture.
    alpha : uint8, shape (H, W)
        What was made of them.

    Returns
    -------
    float
        From about -14 for a clear subject to 0 for none. To be compared with results of as many
        passes. O(h * w) of the passes.
    """
    softness = [_softness(single.alpha) for single in passes]
    shares = (min(softness), softness[-1], 1 - _agreement(_closest(passes), alpha))
    blur = BLUR_COUNTS * math.log(_edge_blur(passes[0].alpha) + FLOOR)
    return sum(math.log(share + FLOOR) for share in shares) + blur


def _closest(passes: Sequence[InferencePass]) -> InferencePass:
    """Choose the pass over the subject's own crop; that over the whole picture if there is none."""
    middle = middle_view(passes[0].view.size)
    crops = [single for single in passes[2:] if single.view != middle]
    return crops[0] if crops else passes[0]


def _softness(alpha: CoarseAlpha) -> float:
    """Give the mean transparency of what is found, each pixel counted by its opacity: 0 to 1."""
    return float((alpha * (1 - alpha)).sum()) / max(float(alpha.sum()), FLOOR)


def _agreement(single: InferencePass, alpha: AlphaMatte) -> float:
    """Divide what a pass and the result both have by what either has: 0 to 1."""
    left, top, right, bottom = single.view.box
    height, width = single.alpha.shape
    step = max(1, min(bottom - top, right - left) // (2 * max(height, width)))
    part = Image.fromarray(np.ascontiguousarray(alpha[top:bottom:step, left:right:step]))
    small = part.resize((width, height), Image.Resampling.BILINEAR)
    result = np.asarray(small, np.float32) / 255
    both = float(np.minimum(single.alpha, result).sum())
    return both / max(float(np.maximum(single.alpha, result).sum()), FLOOR)


def _edge_blur(alpha: CoarseAlpha) -> float:
    """Give the width of the soft band along the edge, in the network's pixels."""
    solid = alpha > 0.5
    length = int((solid[1:] ^ solid[:-1]).sum()) + int((solid[:, 1:] ^ solid[:, :-1]).sum())
    return float((4 * alpha * (1 - alpha)).sum()) / max(length, SHORTEST)
