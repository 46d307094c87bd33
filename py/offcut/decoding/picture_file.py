"""A file on its way to a picture: its bytes, and what has been found out about them."""

from __future__ import annotations

from dataclasses import dataclass

from offcut.decoding.apng import Apng
from offcut.decoding.color_space import ColorSpace
from offcut.decoding.png_facts import PngFacts


@dataclass(frozen=True, slots=True)
class PictureFile:
    """The bytes, the format that they are in, and how big a picture is welcome.

    Attributes
    ----------
    data : bytes
    format : str
        As `sniff` names it.
    max_megapixels : float
    notices : tuple of str
        What was taken of the file; see `SourceImage`.
    color_space : ColorSpace or None
        What the colours mean if they are to be converted.
    facts : PngFacts or None
        Of a PNG.
    apng : Apng or None
        The animation of a PNG.
    """

    data: bytes | memoryview
    format: str
    max_megapixels: float
    notices: tuple[str, ...] = ()
    color_space: ColorSpace | None = None
    facts: PngFacts | None = None
    apng: Apng | None = None
