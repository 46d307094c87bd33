"""How a band of PNG rows is packed: the choice of filter and compression.

Decides: how large and how quickly made a PNG is: filter, level and strategy for photographs,
graphics and emptiness. In the browser extension/assembly/png/ packs photographs.

The choice is made band by band from a few rows, because a picture may be half
photograph and half screenshot, and the top of a cutout is mostly empty.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import Any, Final, Protocol

import numpy as np

from offcut.encoding.png_filters import NONE, PAETH, UP, Bytes, filter_rows

try:  # of the command line (`offcut[native]`): the same bytes for runs, in half of the time
    from zlib_ng import zlib_ng
except ImportError:
    zlib_ng = None

_SAMPLE_ROWS: Final = 4
# Share of pixels that equal their left neighbours, from which on rows may be a graphic. Below
# it, the trial would be wasted: it takes longer than to pack the band.
_FLAT_SHARE: Final = 0.5
# With 9, zlib has more to move for each 32 KB of input: slower by 5 to 25 %, smaller by 0.3 %.
_MEMORY_LEVEL: Final = 8
_RAW: Final = -15


@dataclass(frozen=True, slots=True)
class Recipe:
    """How rows are filtered and compressed.

    Attributes
    ----------
    filter_type : int
        One of the numbers of the PNG standard.
    level, strategy : int
        For `zlib.compressobj`.
    price : float
        What a sample's size is multiplied by before recipes are compared: a slow recipe
        has to be worth its time.
    """

    filter_type: int
    level: int
    strategy: int
    price: float


# Filtered photographs hold hardly a string that comes twice: with runs of one byte alone
# (RLE) the stream is hardly larger than at zlib's level 6, in a sixth of the time.
BLANK: Final = Recipe(UP, 1, zlib.Z_RLE, 1.0)
_PHOTO: Final = Recipe(PAETH, 1, zlib.Z_RLE, 1.0)
# Where strings do come twice, level 6 makes graphics up to seven times smaller.
_FOR_FLAT_ROWS: Final = (
    BLANK,
    _PHOTO,
    Recipe(NONE, 6, zlib.Z_DEFAULT_STRATEGY, 1.2),
    Recipe(UP, 6, zlib.Z_DEFAULT_STRATEGY, 1.2),
)


def choose_recipe(rows: Bytes, pixel_bytes: int) -> Recipe:
    """Choose how to pack a band by looking at a few of its rows.

    Parameters
    ----------
    rows : uint8, shape (rows, bytes of a row)
    pixel_bytes : int, 1, 3 or 4

    Returns
    -------
    Recipe
        UP for emptiness, PAETH for photographs; for rows that may be a graphic the one
        whose samples are the smallest, price included.
    """
    samples = [sample for sample in _samples(rows) if sample.any()]
    if not samples:
        return BLANK
    if not any(_is_flat(sample, pixel_bytes) for sample in samples):
        return _PHOTO
    return min(
        _FOR_FLAT_ROWS,
        key=lambda recipe: sum(_cost(sample, pixel_bytes, recipe) for sample in samples),
    )


def _samples(rows: Bytes) -> list[Bytes]:
    """Take two groups of rows, each with the row above it, out of a band."""
    starts = {len(rows) // 4, max(0, 3 * len(rows) // 4 - 1)}
    return [rows[start : start + _SAMPLE_ROWS + 1] for start in sorted(starts)]


def _is_flat(sample: Bytes, pixel_bytes: int) -> bool:
    """Tell whether many of the pixels that are not empty equal their left neighbours."""
    if pixel_bytes == 4:
        # One number a pixel: numpy takes as long for each as for a byte.
        pixels = np.ascontiguousarray(sample).view(np.uint32)
        is_used = pixels[:, 1:] != 0
        is_same = (pixels[:, 1:] == pixels[:, :-1]) & is_used
        return int(np.count_nonzero(is_same)) >= _FLAT_SHARE * int(np.count_nonzero(is_used))
    here, left = sample[:, pixel_bytes:], sample[:, :-pixel_bytes]
    channels = [slice(channel, None, pixel_bytes) for channel in range(pixel_bytes)]
    is_used = np.logical_or.reduce([here[:, channel] != 0 for channel in channels])
    is_same = np.logical_and.reduce([(here == left)[:, channel] for channel in channels])
    return int(np.count_nonzero(is_same & is_used)) >= _FLAT_SHARE * int(np.count_nonzero(is_used))


def _cost(sample: Bytes, pixel_bytes: int, recipe: Recipe) -> float:
    """Pack a sample: its size in bytes, times the recipe's price."""
    above, rows = (sample[0], sample[1:]) if len(sample) > 1 else (sample[0] * 0, sample)
    packer = new_packer(recipe)
    size = sum(
        len(packer.compress(block.data))
        for block in filter_rows(rows, above, pixel_bytes, recipe.filter_type)
    )
    return recipe.price * (size + len(packer.flush()))


class Packer(Protocol):
    """What `zlib.compressobj` gives; its own type has no public name."""

    def compress(self, data: memoryview, /) -> bytes:
        """Take bytes, and give what is packed by now."""
        ...

    def flush(self, mode: int = zlib.Z_FINISH, /) -> bytes:
        """Give all that is packed."""
        ...


def adler32(data: bytes | memoryview, value: int = 1) -> int:
    """Go on with a checksum as `zlib.adler32` does, by the quickest library that is here."""
    quickest: Any = zlib_ng or zlib
    return quickest.adler32(data, value)


def new_packer(recipe: Recipe) -> Packer:
    """Begin a raw deflate stream, without header and checksum: the same bytes everywhere."""
    # zlib-ng finds other strings than zlib, but runs of one byte alone just where that does.
    quickest: Any = zlib_ng if zlib_ng and recipe.strategy == zlib.Z_RLE else zlib
    return quickest.compressobj(recipe.level, zlib.DEFLATED, _RAW, _MEMORY_LEVEL, recipe.strategy)
