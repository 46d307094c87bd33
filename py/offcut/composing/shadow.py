"""The subject's shadow: on what is behind it, or on the ground.

Decides: which kind is made, the offset, blur, opacity and colour of the one that falls on what is
behind, that a subject which the source's border cuts throws none beyond it. On the ground:
contact_shadow.py, cast_shadow.py. Room for it at the result's edge: `plan_frame.py`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Final

from PIL import Image, ImageFilter

from offcut.arrays import AlphaMatte
from offcut.composing.alpha_proxy import draw_alpha
from offcut.composing.cast_shadow import make_cast_opacity
from offcut.composing.contact_shadow import ContactShadow, make_contact_shadow
from offcut.composing.frame import Frame
from offcut.composing.over import lay_color
from offcut.composing.placing import StretchedImage
from offcut.options.colors import Color, parse_color
from offcut.options.lengths import parse_length, parse_offset
from offcut.options.options import OffcutOptions

# What the proxy's Gaussian measures at least, so that enlarging it shows no steps.
_PROXY_SIGMA: Final = 4.0
# A hard shadow needs a proxy as fine as the picture, up to this side in pixels.
_PROXY_SIDE: Final = 2048
# Where a Gaussian ends in eight bits.
_SIGMAS: Final = 3.0


@dataclass(frozen=True, slots=True)
class Shadow:
    """The shadow of one subject in one frame."""

    opacity: StretchedImage
    color: Color

    def lay_over(self, lower: Image.Image | None, rows: slice) -> Image.Image:
        """Lay the shadow over rows of the finished picture; of mode RGBA if there is nothing."""
        return lay_color(self.color, self.opacity.band(rows), lower)


def make_shadow(
    options: OffcutOptions,
    frame: Frame,
    alpha: AlphaMatte,
    longer_side: float,
    stand: tuple[float, float],
) -> Shadow | ContactShadow:
    """Make the shadow of the kind that is asked for.

    Parameters
    ----------
    options : OffcutOptions
    frame : Frame
    alpha : uint8, shape (H, W)
        The matte as it is shown, at source size.
    longer_side : float
        Of the subject's box, in pixels of the finished picture.
    stand : (float, float)
        Rows of the finished picture at which the subject begins above and ends on the ground.

    Notes
    -----
    Memory: a few megabytes. What lies outside the source throws no shadow, and a subject
    that reaches the source's border ends there.
    """
    color = parse_color(options.shadow_color)
    strength = options.shadow_opacity * color.alpha / 255
    sigma = parse_length(options.shadow_blur).pixels(longer_side) / 2
    top, ground = stand
    if options.shadow_kind == "contact":
        return make_contact_shadow(
            frame,
            alpha,
            ground=ground,
            longer_side=longer_side,
            sigma=sigma,
            strength=strength,
            color=color,
        )
    if options.shadow_kind == "cast":
        x, y = (length.pixels(longer_side) for length in parse_offset(options.shadow_cast))
        height = max(1.0, ground - top)
        cast = make_cast_opacity(
            frame, alpha, ground=ground, height=height, thrown=(x, y), sigma=sigma
        )
        return _shadow(cast, strength, color)
    offset = parse_offset(options.shadow_offset)
    moved_x, moved_y = (length.pixels(longer_side) for length in offset)
    return _shadow(_drop(frame, alpha, (moved_y, moved_x), sigma), strength, color)


def _shadow(opacity: StretchedImage, strength: float, color: Color) -> Shadow:
    weaker = opacity.image.point([round(value * strength) for value in range(256)])
    return Shadow(replace(opacity, image=weaker), color)


def _drop(
    frame: Frame, alpha: AlphaMatte, moved: tuple[float, float], sigma: float
) -> StretchedImage:
    """Blur and move the matte, at reduced size."""
    scale = min(1.0, _PROXY_SIDE / max(frame.size), _PROXY_SIGMA / max(sigma, 1e-6))
    padding = math.ceil(_SIGMAS * sigma * scale) + 2
    proxy = draw_alpha(frame, alpha, scale, moved, padding)
    proxy = proxy.filter(ImageFilter.GaussianBlur(sigma * scale))
    box = (
        padding,
        padding,
        padding + frame.size[1] * scale,
        padding + frame.size[0] * scale,
    )
    return StretchedImage(proxy, box, frame.size)
