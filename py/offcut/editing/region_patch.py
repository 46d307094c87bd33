"""A region that a tap adds or takes, brought to the picture's edges.

Decides: how far from a region's outline its edge is looked for, that a seam between
it and the subject closes, that the thin rim of what was taken goes with it.

The fit is made to the matte as it shall be, not to the region alone: so two parts that touch have
no edge between them.
"""

from __future__ import annotations

from functools import partial
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from offcut.arrays import AlphaMatte, Floats
from offcut.composing.frame import Box
from offcut.editing.region_rim import WINDOW, solve_rim
from offcut.editing.regions import Region
from offcut.kernels.dilation import window_maximum
from offcut.kernels.interface import Kernels
from offcut.matting.guided_filter import fit_alpha
from offcut.matting.refine import apply_fields
from offcut.source_image import SourceImage, tile_of

FIT_RADIUS: Final = 2
"""Window of the colour fit, in pixels of the region's mask."""
FADE_RADIUS: Final = 4
RIM: Final = 6
"""Mask pixels around a region in which its edge may lie."""
REMAINS: Final = 4
"""What is farther from anything that stays was the rim of what was taken."""
THIN: Final = 2
"""What is left beside the region and is not thicker than twice this, and one, was its rim."""
SOLID: Final = 0.5
FULL: Final = 0.98
SOFT: Final = 0.1
"""Between what is full and the region, what is this opaque and thin was the subject's rim."""
_MARGIN: Final = RIM + WINDOW


def follow_region(
    source: SourceImage, alpha: AlphaMatte, region: Region, kernels: Kernels
) -> tuple[Box, AlphaMatte] | None:
    """Find the new matte around a region.

    Parameters
    ----------
    source : SourceImage
    alpha : uint8, shape (H, W)
        The matte so far.
    region : Region
    kernels : Kernels

    Returns
    -------
    box : Box
    alpha : uint8, shape (height, width of the box)
        Nowhere less than before after "add", nowhere more after "take"; as before from `RIM`
        mask pixels outside of the region on.
    None if the region is empty.

    Notes
    -----
    The guided filter at the mask's size, applied at full size, as in `refine_alpha`.
    """
    whole = region.mask()
    window = _window(whole)
    if window is None:
        return None
    mask = whole[window.top : window.bottom, window.left : window.right]
    box = _in_source(window, region.size, source.size)
    image = source.image.crop((box.left, box.top, box.right, box.bottom))
    before = alpha[box.top : box.bottom, box.left : box.right]
    size = (mask.shape[1], mask.shape[0])
    small = image.resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0)
    held = np.asarray(Image.fromarray(before).resize(size, Image.Resampling.BOX))
    is_added = region.kind == "add"
    wanted = _wanted(held * np.float32(1 / 255), mask, is_added=is_added)
    found = _fit(image, np.asarray(small), wanted, kernels)
    return box, _merge(before, found, mask, is_added=is_added)


def _window(mask: NDArray[np.bool_]) -> Box | None:
    """Find the box of the mask around what is inside, with its surroundings."""
    found = Image.fromarray(mask).getbbox()
    if found is None:
        return None
    left, top, right, bottom = found
    height, width = mask.shape
    return Box(
        max(0, top - _MARGIN),
        max(0, left - _MARGIN),
        min(height, bottom + _MARGIN),
        min(width, right + _MARGIN),
    )


def _in_source(window: Box, size: tuple[int, int], full: tuple[int, int]) -> Box:
    """Give the pixels of the source that a window of the mask stands for; at least one."""
    top, bottom = (round(edge * full[0] / size[0]) for edge in (window.top, window.bottom))
    left, right = (round(edge * full[1] / size[1]) for edge in (window.left, window.right))
    top, left = min(top, full[0] - 1), min(left, full[1] - 1)
    return Box(top, left, max(bottom, top + 1), max(right, left + 1))


def _wanted(held: Floats, mask: NDArray[np.bool_], *, is_added: bool) -> Floats:
    """Give the matte as it shall be, before its edge is fitted: float32, shape of the mask."""
    if is_added:
        joined = window_maximum(mask | (held >= FULL), THIN)
        is_seam = ~window_maximum(~joined, THIN) & (held >= SOFT)
        return np.where(mask | (is_seam & window_maximum(mask, RIM)), np.float32(1), held)
    left = np.where(mask, np.float32(0), held)
    zone = window_maximum(mask, RIM)
    solid = left >= SOLID
    thick = window_maximum(~window_maximum(~solid, THIN), THIN)
    stays = window_maximum(thick | (solid & ~zone), REMAINS)
    return np.where(zone & ~stays, np.float32(0), left)


def _fit(
    image: Image.Image, colors: NDArray[np.uint8], wanted: Floats, kernels: Kernels
) -> AlphaMatte:
    """Fit a coarse matte to the picture at full size: uint8, (H, W)."""
    guide = colors.transpose(2, 0, 1) * np.float32(1 / 255) - np.float32(0.5)
    guide = np.ascontiguousarray(guide, dtype=np.float32)
    solved = solve_rim(guide, wanted.astype(np.float32), kernels)
    slopes, offset = fit_alpha(guide, solved, FIT_RADIUS, kernels)
    fields = kernels.steepen(guide, slopes, offset, FADE_RADIUS, 2.0)
    return apply_fields((image.height, image.width), partial(tile_of, image), fields, kernels)


def _merge(
    before: AlphaMatte, found: AlphaMatte, mask: NDArray[np.bool_], *, is_added: bool
) -> AlphaMatte:
    """Raise the matte to what was found for "add", lower it for "take", near the region only."""
    size = (before.shape[1], before.shape[0])
    near = window_maximum(mask, RIM)
    weight = Image.fromarray(near.astype(np.uint8) * 255).resize(size, Image.Resampling.BILINEAR)
    change = found if is_added else ~found
    change = np.asarray(Image.composite(Image.fromarray(change), Image.new("L", size), weight))
    return np.maximum(before, change) if is_added else np.minimum(before, ~change)
