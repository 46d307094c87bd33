"""The shadow that the subject casts along the ground, away from a light beside it.

Decides: how it lies there (every point is thrown by its height), how it gets softer and fainter
with the height of what throws it.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from PIL import Image, ImageFilter

from offcut.arrays import AlphaMatte
from offcut.composing.alpha_proxy import draw_alpha
from offcut.composing.frame import Frame
from offcut.composing.placing import StretchedImage

SOFTNESS_AT_GROUND: Final = 0.35
"""Of the blur, where the shadow begins; at the top of the subject it is all of it."""
OPACITY_AT_TOP: Final = 0.45
"""Of the opacity, where the shadow of the subject's top falls."""
LEAST_DEPTH: Final = 0.03
"""Share of its height that a subject is thrown up or down at least: a line is no shadow."""
# What the proxy's weaker Gaussian measures at least, so that enlarging it shows no steps.
_PROXY_SIGMA: Final = 2.0
_PROXY_SIDE: Final = 2048
_SIGMAS: Final = 3.0


def make_cast_opacity(  # noqa: PLR0913 (each is a fact of its own)
    frame: Frame,
    alpha: AlphaMatte,
    *,
    ground: float,
    height: float,
    thrown: tuple[float, float],
    sigma: float,
) -> StretchedImage:
    """Throw the matte onto the ground, at reduced size.

    Parameters
    ----------
    frame : Frame
    alpha : uint8, shape (H, W)
        The matte as it is shown, at source size.
    ground : float
        Row of the finished picture on which the subject stands.
    height : float
        Of the subject, in pixels of the finished picture.
    thrown : (float, float)
        Where the shadow of a point at that height falls, from the ground below it: right and
        down, in pixels of the finished picture.
    sigma : float
        Standard deviation of the blur at that height, in pixels of the finished picture.

    Returns
    -------
    StretchedImage
        Of mode L.
    """
    weak = SOFTNESS_AT_GROUND * sigma
    scale = min(1.0, _PROXY_SIDE / max(frame.size), _PROXY_SIGMA / max(weak, 1e-6))
    padding = math.ceil(_SIGMAS * sigma * scale) + 2
    matte = draw_alpha(frame, alpha, scale, (0, 0), padding)
    right, down = (part / height for part in thrown)
    down = math.copysign(max(abs(down), LEAST_DEPTH), down)
    # A point of the shadow `y` below the ground is thrown by what is y / -down above it.
    line = padding + ground * scale
    lies = (1, -right / down, right / down * line, 0, -1 / down, line * (1 + 1 / down))
    if down > 0:
        _go_on_below(matte, round(line), math.ceil(_SIGMAS * sigma * scale / abs(down)))
    cast = matte.transform(matte.size, Image.Transform.AFFINE, lies, Image.Resampling.BILINEAR)
    above = (np.arange(cast.height) + 0.5 - line) / (down * height * scale)
    share = np.clip(above, 0, 1)[:, np.newaxis]
    near, far = (
        np.asarray(cast.filter(ImageFilter.GaussianBlur(part * scale)), np.float32)
        for part in (weak, sigma)
    )
    faded = (near * (1 - share) + far * share) * (1 - share * (1 - OPACITY_AT_TOP))
    if down > 0:
        faded[: round(line)] = 0
    box = (
        padding,
        padding,
        padding + frame.size[1] * scale,
        padding + frame.size[0] * scale,
    )
    return StretchedImage(Image.fromarray(np.rint(faded).astype(np.uint8)), box, frame.size)


def _go_on_below(matte: Image.Image, line: int, reach: int) -> None:
    """Repeat the matte's last row: a shadow to the front has no blurred end at its feet."""
    last = matte.crop((0, line - 1, matte.width, line))
    matte.paste(last.resize((matte.width, reach)), (0, line))
