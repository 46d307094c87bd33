"""The matte as it lies in the finished picture, at reduced size, for shadow and outline.

Decides: how it is reduced (by averaging) and moved (linearly), and that nothing lies beyond the
source.
"""

from __future__ import annotations

import math

from PIL import Image

from offcut.arrays import AlphaMatte
from offcut.composing.frame import Frame


def draw_alpha(
    frame: Frame, alpha: AlphaMatte, scale: float, moved: tuple[float, float], padding: int
) -> Image.Image:
    """Draw the matte at reduced size, with room around the frame.

    Parameters
    ----------
    frame : Frame
    alpha : uint8, shape (H, W)
        At source size.
    scale : float, above 0, at most 1
        Pixels of the proxy for one of the finished picture.
    moved : (float, float)
        Down and to the right, in pixels of the finished picture.
    padding : int
        Pixels of the proxy around the frame.

    Returns
    -------
    PIL.Image.Image
        Of mode L. At scale 1, where the source keeps its size, the matte's very values.
    """
    down, across = frame.scale
    reduced = Image.fromarray(alpha)
    size = (
        min(reduced.width, max(1, round(reduced.width * across * scale))),
        min(reduced.height, max(1, round(reduced.height * down * scale))),
    )
    reduced = reduced.resize(size, Image.Resampling.BOX)
    # Pixels of the reduced matte for one of the proxy.
    step_x = reduced.width / frame.width / scale
    step_y = reduced.height / frame.height / scale
    start_x = -(padding + (moved[1] + frame.left) * scale) * step_x
    start_y = -(padding + (moved[0] + frame.top) * scale) * step_y
    return reduced.transform(
        (
            math.ceil(frame.size[1] * scale) + 2 * padding,
            math.ceil(frame.size[0] * scale) + 2 * padding,
        ),
        Image.Transform.AFFINE,
        (step_x, 0, start_x, 0, step_y, start_y),
        Image.Resampling.BILINEAR,
    )
