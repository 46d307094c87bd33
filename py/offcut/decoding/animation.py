"""Plays the frames of an animation, and finds the first one in which there is something to be seen.

Decides: what is left of a frame for the next one, as browsers do it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction
from itertools import islice
from typing import Final

from PIL import Image

MOST_FRAMES: Final = 100
MOST_PIXELS: Final = 400_000_000
"""Of all frames that are played, which hostile files have as many of as they like."""


class Disposal(IntEnum):
    """What happens to a frame's rectangle before the next frame is drawn."""

    KEEP = 0
    CLEAR = 1
    RESTORE = 2


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame: a still picture that covers a rectangle of the canvas.

    Attributes
    ----------
    file : bytes
        Of the frame alone, in the animation's own format.
    left, top : int
        Where it lies.
    disposal : Disposal
    replaces : bool
        Whether it takes the place of what was there, transparency and all, or lies over it.
    delay : Fraction
        Milliseconds that it is shown, as the file says; browsers take 10 and less for 100.
    """

    file: bytes
    left: int
    top: int
    disposal: Disposal
    replaces: bool = False
    delay: Fraction = Fraction(0)


def is_blank(image: Image.Image, alpha: Image.Image | None) -> bool:
    """Tell whether there is nothing in a picture: it is clear, or all of one colour.

    Parameters
    ----------
    image : PIL.Image.Image
        Mode RGB.
    alpha : PIL.Image.Image or None
        Mode L; None if all is opaque.
    """
    least, most = (255, 255) if alpha is None else alpha.getextrema()
    return most == 0 or (least == most and all(_is_even(band) for band in image.split()))


def _is_even(band: Image.Image) -> bool:
    least, most = band.getextrema()
    return least == most


def play(
    frames: Iterable[Frame], size: tuple[int, int], open_frame: Callable[[bytes], Image.Image]
) -> Iterator[Image.Image]:
    """Yield the canvas, of mode RGBA, as it looks with each frame; it changes with the next one.

    Parameters
    ----------
    frames : iterable of Frame
        From the first one on.
    size : (int, int)
        The canvas's width and height.
    open_frame : callable
        Decodes a frame's file to mode RGBA.

    Notes
    -----
    It ends by itself where hostile frames would take forever.
    """
    canvas = Image.new("RGBA", size)
    budget = MOST_PIXELS
    for frame in frames:
        if budget < 0:
            return
        picture = open_frame(frame.file)
        box = (frame.left, frame.top)
        before = canvas.copy() if frame.disposal is Disposal.RESTORE else None
        if frame.replaces:
            canvas.paste(picture, box)
        else:
            canvas.alpha_composite(picture, box)
        yield canvas
        if before is not None:
            canvas = before
        elif frame.disposal is Disposal.CLEAR:
            canvas.paste((0, 0, 0, 0), (*box, box[0] + picture.width, box[1] + picture.height))
        budget -= max(size[0] * size[1], picture.width * picture.height)


def first_shown(canvases: Iterable[Image.Image]) -> tuple[Image.Image, int] | None:
    """Play until something is to be seen.

    Parameters
    ----------
    canvases : iterable of PIL.Image.Image
        Mode RGBA, from the first frame on.

    Returns
    -------
    Canvas of mode RGBA and the frame's number, or None
        None if nothing is to be seen in the first hundred frames.
    """
    for number, canvas in enumerate(islice(canvases, MOST_FRAMES)):
        if not is_blank(canvas.convert("RGB"), canvas.getchannel("A")):
            return canvas, number
    return None
