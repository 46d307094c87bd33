"""One layer of the finished picture over another.

Decides: how colours are mixed where layers are half transparent, and that there is no colour where
there is no layer.
"""

from __future__ import annotations

from typing import Final

from PIL import Image

from offcut.options.colors import Color

_IS_ANY: Final = [255 if value else 0 for value in range(256)]


def lay_over(upper: Image.Image, lower: Image.Image) -> Image.Image:
    """Lay a picture over another one.

    Parameters
    ----------
    upper : PIL.Image.Image
        Mode RGBA, straight alpha.
    lower : PIL.Image.Image
        Mode RGB, which is painted over, or RGBA.

    Returns
    -------
    PIL.Image.Image
        Of the mode of `lower`. Over an opaque picture C = a F + (1 - a) B, rounded to the
        nearest value.

    Notes
    -----
    The operator "over" of Porter and Duff, "Compositing Digital Images", SIGGRAPH 1984.
    """
    if lower.mode == "RGBA":
        return Image.alpha_composite(lower, upper)
    lower.paste(upper, mask=upper)
    return lower


def lay_color(color: Color, opacity: Image.Image, lower: Image.Image | None) -> Image.Image:
    """Lay one colour over a picture, or over nothing.

    Parameters
    ----------
    color : Color
        Its own alpha does not count.
    opacity : PIL.Image.Image
        Mode L.
    lower : PIL.Image.Image or None
        Mode RGB, which is painted over, or RGBA.

    Returns
    -------
    PIL.Image.Image
        Mode RGBA if there is nothing below, else that of `lower`.
    """
    rgb = color[:3]
    if lower is not None and lower.mode == "RGB":
        lower.paste(rgb, mask=opacity)
        return lower
    layer = Image.new("RGBA", opacity.size)
    if any(rgb):
        layer.paste((*rgb, 255), mask=opacity.point(_IS_ANY))
    layer.putalpha(opacity)
    return layer if lower is None else Image.alpha_composite(lower, layer)
