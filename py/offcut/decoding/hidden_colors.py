"""Erases the colours of pixels that nobody can see."""

from __future__ import annotations

from typing import Final

from PIL import Image

_IS_CLEAR: Final = [255, *([0] * 255)]


def erase_hidden_colors(image: Image.Image, own_alpha: Image.Image | None) -> Image.Image:
    """Make all that is wholly transparent black.

    What a file keeps under alpha 0 is nobody's: it is a leftover of some program, or what the
    person before has cut away. It must not reach the network, a blur, or the result.

    Parameters
    ----------
    image : PIL.Image.Image
        Mode RGB; may be written into.
    own_alpha : PIL.Image.Image or None
        Mode L, same size.

    Returns
    -------
    PIL.Image.Image
        Mode RGB.
    """
    if own_alpha is not None and own_alpha.getextrema()[0] == 0:
        image.paste((0, 0, 0), mask=own_alpha.point(_IS_CLEAR))
    return image
