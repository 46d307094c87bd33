"""A soft shadow that the subject throws onto what is behind it.

Decides: the shadow's offset, blur, opacity and colour, what it falls on, that a subject
which the source's border cuts throws none beyond it. Room for it at the result's edge: `frame.py`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageFilter

from offcut.arrays import AlphaMatte
from offcut.composing.frame import Box, Frame
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
_IS_ANY: Final = [255 if value else 0 for value in range(256)]


@dataclass(frozen=True, slots=True)
class Shadow:
    """The shadow of one subject in one frame."""

    opacity: StretchedImage
    color: Color

    def lay_over(self, lower: Image.Image | None, rows: slice) -> Image.Image:
        """Lay the shadow over rows of the finished picture; of mode RGBA if there is nothing."""
        opacity = self.opacity.band(rows)
        color = self.color[:3]
        if lower is not None and lower.mode == "RGB":
            lower.paste(color, mask=opacity)
            return lower
        # Where there is no shadow, there is no colour either.
        shadow = Image.new("RGBA", opacity.size)
        if any(color):
            shadow.paste((*color, 255), mask=opacity.point(_IS_ANY))
        shadow.putalpha(opacity)
        return shadow if lower is None else Image.alpha_composite(lower, shadow)


def make_shadow(options: OffcutOptions, frame: Frame, subject: Box, alpha: AlphaMatte) -> Shadow:
    """Blur and move the matte, at reduced size.

    Parameters
    ----------
    options : OffcutOptions
    frame : Frame
    subject : Box
        Of the subject in the source.
    alpha : uint8, shape (H, W)
        The matte as it is shown, at source size.

    Notes
    -----
    Memory: a few megabytes. What lies outside the source throws no shadow, and a subject
    that reaches the source's border ends there.
    """
    longer_side = subject.longer_side * max(frame.scale)
    offset = parse_offset(options.shadow_offset)
    moved_x, moved_y = (length.pixels(longer_side) for length in offset)
    sigma = parse_length(options.shadow_blur).pixels(longer_side) / 2
    scale = min(1.0, _PROXY_SIDE / max(frame.size), _PROXY_SIGMA / max(sigma, 1e-6))
    proxy, padding = _move_alpha(frame, alpha, scale, (moved_y, moved_x), sigma)
    proxy = proxy.filter(ImageFilter.GaussianBlur(sigma * scale))
    color = parse_color(options.shadow_color)
    strength = options.shadow_opacity * color.alpha / 255
    proxy = proxy.point([round(value * strength) for value in range(256)])
    box = (
        padding,
        padding,
        padding + frame.size[1] * scale,
        padding + frame.size[0] * scale,
    )
    return Shadow(StretchedImage(proxy, box, frame.size), color)


def _move_alpha(
    frame: Frame,
    alpha: AlphaMatte,
    scale: float,
    moved: tuple[float, float],
    sigma: float,
) -> tuple[Image.Image, int]:
    """Draw the moved matte at proxy size, with a rim from which it may blur into the frame."""
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
    padding = math.ceil(_SIGMAS * sigma * scale) + 2
    start_x = -(padding + (moved[1] + frame.left) * scale) * step_x
    start_y = -(padding + (moved[0] + frame.top) * scale) * step_y
    drawn = reduced.transform(
        (
            math.ceil(frame.size[1] * scale) + 2 * padding,
            math.ceil(frame.size[0] * scale) + 2 * padding,
        ),
        Image.Transform.AFFINE,
        (step_x, 0, start_x, 0, step_y, start_y),
        Image.Resampling.BILINEAR,
    )
    return drawn, padding
