"""An outline around the subject, as stickers have it: all that is near enough gets one colour.

Decides: how far it reaches (true distances from where the matte is half opaque), how its own edge
is smoothed, how finely it is computed, that it goes around what the source's border cuts as well,
and that holes narrower than twice its width are closed. Room for it: plan_frame.py.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from PIL import Image

from offcut.arrays import AlphaMatte
from offcut.composing.alpha_proxy import draw_alpha
from offcut.composing.frame import Frame
from offcut.composing.outline_distance import distance_outside
from offcut.composing.over import lay_color
from offcut.composing.placing import StretchedImage
from offcut.options.colors import Color, parse_color
from offcut.options.lengths import parse_outline
from offcut.options.options import OffcutOptions

_STEPS: Final = 4e8
"""So many numbers are looked at, at most: about half a second. Above, a proxy is used."""
_MARGIN: Final = 3
"""Pixels of the proxy beyond the outline's reach, for what enlarging looks at."""


@dataclass(frozen=True, slots=True)
class Outline:
    """The outline of one subject in one frame.

    Attributes
    ----------
    distance : StretchedImage
        Of mode F: pixels of the finished picture from the subject's edge, 0 in the subject.
    width : float
        In pixels of the finished picture.
    color : Color
    """

    distance: StretchedImage
    width: float
    color: Color

    def lay_over(self, lower: Image.Image | None, rows: slice) -> Image.Image:
        """Lay the outline over rows of the finished picture; of mode RGBA if there is nothing."""
        opacity = Image.fromarray(self._opacity(np.asarray(self.distance.band(rows))))
        return lay_color(self.color, opacity, lower)

    def matte(self, frame: Frame) -> tuple[Frame, AlphaMatte]:
        """Give the outlined subject's own matte, and the frame in which that is the source."""
        distance = np.asarray(self.distance.image)
        left, top, right, bottom = self.distance.box
        down = frame.size[0] / (bottom - top)
        across = frame.size[1] / (right - left)
        alpha = self._opacity(distance)
        size = (round(alpha.shape[0] * down), round(alpha.shape[1] * across))
        return Frame(
            frame.size, alpha.shape, -round(top * down), -round(left * across), *size
        ), alpha

    def _opacity(self, distance: np.ndarray) -> AlphaMatte:
        """Opaque as far as the width, with an edge of one pixel."""
        share = np.clip(self.width + 0.5 - distance, 0, 1)
        return np.rint(share * self.color.alpha).astype(np.uint8)


def make_outline(
    options: OffcutOptions, frame: Frame, longer_side: float, alpha: AlphaMatte
) -> Outline | None:
    """Measure the distances around the subject.

    Parameters
    ----------
    options : OffcutOptions
    frame : Frame
    longer_side : float
        Of the subject's box without its outline, in pixels of the finished picture.
    alpha : uint8, shape (H, W)
        The matte as it is shown, at source size.

    Returns
    -------
    Outline or None
        None if the options ask for none.

    Notes
    -----
    Memory: some 40 bytes a pixel of the proxy, which has a few megapixels at most.
    """
    width = parse_outline(options.outline).pixels(longer_side)
    if width <= 0:
        return None
    height, across = frame.size
    scale = min(1.0, (_STEPS / (4 * (width + 1) * height * across)) ** (1 / 3))
    reach = math.ceil(width * scale) + 1
    padding = reach + _MARGIN
    proxy = np.asarray(draw_alpha(frame, alpha, scale, (0, 0), padding))
    distance = Image.fromarray(distance_outside(proxy, reach) / np.float32(scale))
    box = (padding, padding, padding + across * scale, padding + height * scale)
    return Outline(
        StretchedImage(distance, box, frame.size), width, parse_color(options.outline_color)
    )
