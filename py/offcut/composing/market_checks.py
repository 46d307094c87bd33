"""Whether a finished file is what its market place asks for, measured at the file itself.

Decides: which checks there are, how much may be missing (LEEWAY), that a rim counts as white only
where every pixel of it is 255, 255, 255 and opaque once the file is read again.
"""

from __future__ import annotations

import io
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal

import numpy as np
from PIL import Image

from offcut.composing.frame import Extent, Frame
from offcut.composing.plan_frame import filled_share
from offcut.options.markets import MARKETS
from offcut.options.options import OffcutOptions

CheckName = Literal["longest_side", "fill", "white_rim", "enlarged", "format", "file_size"]

LEEWAY: Final = 0.002
"""Shares are met to within so much: whole pixels do not allow for less."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that a market place asks for.

    Attributes
    ----------
    name : str
    met : bool
    value : float
        Of the file: pixels of the longest side; the share of a side that the product spans;
        pixels of the rim that are not white; how many times it was enlarged; thousands of bytes.
        Of the format 1 if it is taken, else 0.
    least, most : float
        What `value` may be.
    """

    name: CheckName
    met: bool
    value: float
    least: float
    most: float

    def to_json(self) -> dict[str, Any]:
        """Describe it as a JSON object, rounded to what people read."""
        return asdict(self) | {"value": round(self.value, 4)}


def check_file(
    encoded: bytes, frame: Frame, extent: Extent, options: OffcutOptions
) -> tuple[Check, ...]:
    """Check a finished file by the rules of `options.market`.

    Parameters
    ----------
    encoded : bytes
        The file.
    frame : Frame
    extent : Extent
        Of what is visible of the subject, in the source.
    options : OffcutOptions

    Returns
    -------
    tuple of Check
        Empty without a market place.
    """
    if options.market is None:
        return ()
    market = MARKETS[options.market]
    with Image.open(io.BytesIO(encoded)) as image:
        longest = max(image.size)
        not_white = _not_white(image) if market.white else 0
    least_fill, most_fill = market.least_fill, market.most_fill
    checks = [
        _check("longest_side", longest, market.least_side, market.most_side),
        _check("fill", filled_share(frame, extent, options), least_fill, most_fill, LEEWAY),
        _check("enlarged", max(frame.scale), 0, 1, LEEWAY),
        _check("format", float(options.format in market.formats), 1, 1),
        _check("file_size", len(encoded) / 1000, 0, market.kilobytes),
    ]
    if market.white:
        checks.insert(2, _check("white_rim", not_white, 0, 0))
    return tuple(checks)


def _check(name: CheckName, value: float, least: float, most: float, leeway: float = 0) -> Check:
    return Check(name, least - leeway <= value <= most + leeway, value, least, most)


def _not_white(image: Image.Image) -> int:
    """Count the pixels of the outermost rows and columns that are not white and opaque."""
    width, height = image.size
    rows = [image.crop((0, y, width, y + 1)) for y in (0, height - 1)]
    columns = [image.crop((x, 0, x + 1, height)) for x in (0, width - 1)]
    rim = [np.asarray(part.convert("RGBA")).reshape(-1, 4) for part in (*rows, *columns)]
    return int((np.concatenate(rim) < 255).any(axis=1).sum())
