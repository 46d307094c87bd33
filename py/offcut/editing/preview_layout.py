"""Where a finished picture lies on its source, when only a proxy of the source is at hand.

Decides: how much room there is to move the subject, and the frame shown around it.
"""

from __future__ import annotations

import math
from dataclasses import replace

from offcut.composing.frame import Box, Extent, Frame
from offcut.composing.plan_frame import plan_frame
from offcut.options.options import OffcutOptions


def box_in_source(box: Box, proxy_size: tuple[int, int], source_size: tuple[int, int]) -> Box:
    """Bring a box of the proxy to the source; both sizes are (height, width) in pixels.

    Returns
    -------
    Box
        Holds at least what the box of the proxy stands for.
    """
    height, width = source_size
    down = height / proxy_size[0]
    across = width / proxy_size[1]
    return Box(
        math.floor(box.top * down),
        math.floor(box.left * across),
        min(height, math.ceil(box.bottom * down)),
        min(width, math.ceil(box.right * across)),
    )


def extent_in_source(
    extent: Extent, proxy_size: tuple[int, int], source_size: tuple[int, int]
) -> Extent:
    """Do the same as `box_in_source` for where the subject ends between pixels."""
    down = source_size[0] / proxy_size[0]
    across = source_size[1] / proxy_size[1]
    top, left, bottom, right = extent
    return Extent(top * down, left * across, bottom * down, right * across)


def frame_in_source(frame: Frame) -> tuple[float, float, float, float]:
    """Give the left, top, right and bottom of the finished picture, in pixels of the source."""
    down, across = frame.scale
    left, top = -frame.left / across, -frame.top / down
    return left, top, left + frame.size[1] / across, top + frame.size[0] / down


def find_space(
    source_size: tuple[int, int], box: Box, options: OffcutOptions, extent: Extent
) -> tuple[float, float]:
    """Measure what `aspect` or `canvas` leave around the subject, for `position` to share out.

    Parameters
    ----------
    source_size : (int, int)
        (height, width) in pixels.
    box : Box
        Of the subject in the source.
    options : OffcutOptions
    extent : Extent
        The same as `box`, more exactly.

    Returns
    -------
    (float, float)
        Height and width, in pixels of the source.
    """
    if options.aspect is None and options.canvas is None:
        return 0.0, 0.0
    first, last = (
        plan_frame(source_size, box, replace(options, position=position), extent)
        for position in ("0%", "100%")
    )
    down, across = first.scale
    return (last.top - first.top) / down, (last.left - first.left) / across
