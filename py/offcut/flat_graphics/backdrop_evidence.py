"""What a smooth backdrop says about parts of the subject that the network did not see.

Decides: which pictures have such a backdrop behind a subject that the border cuts, as portraits
have; which parts that differ from it are the subject's, where plausible_parts.py agrees; that a
shadow on it is none.

Of a portrait before a studio's backdrop the network often sees the face only, and takes the
clothes for background. But the border above and beside the head tells what the backdrop looks
like everywhere, and what is clearly not of it and goes on from what the network saw is the person.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from offcut.arrays import CoarseAlpha, Floats
from offcut.flat_graphics.plausible_parts import is_plausible
from offcut.flat_graphics.surface_fit import (
    border_ring,
    distance_from,
    fit_weights,
    surface_at,
    term_grid,
    tolerance_of,
)
from offcut.kernels.connected_components import Mask, Regions, find_regions
from offcut.kernels.dilation import window_maximum

ORDER: Final = 2
"""Of the backdrop's surface."""
UPPER: Final = 0.5
"""Share of the picture, from the top, whose border tells the backdrop: a body cuts the rest."""
UNSEEN: Final = 0.3
"""Opacity in the network's matte below which the border may be backdrop."""
LEAST_UNSEEN: Final = 0.5
"""Share of the upper border that has to be so."""
LEAST_FIT: Final = 0.85
"""Share of that which the surface explains."""
MOST_GRAIN: Final = 3.0
"""Levels: median distance of the backdrop from its surface."""
FAR: Final = 1.6
"""In tolerances: what is clearly not of the backdrop."""
LEAST_FAR: Final = 6.0
CLEARLY: Final = 2.5
"""Times what is far, that most of what is added has to be."""
SHADOW: Final = (0.6, 1.02)
"""Share of the backdrop's light that is left in a shadow on it."""
SEEN: Final = 0.5
LEAST_SEEN: Final = 0.004
"""Share of the picture that the network has to see, for anything to go on from."""
CORE: Final = 0.012
"""Half the width of the thinnest part that is added, as a share of the longer side."""
CRACK: Final = 2
"""Half the width, in pixels of the network's matte, of a gap that is none of the background."""


def add_missed_parts(proxy: Image.Image, coarse: CoarseAlpha) -> CoarseAlpha:
    """Add what is clearly not backdrop to the subject that it goes on from.

    Parameters
    ----------
    proxy : PIL.Image.Image
        The picture, RGB, at any size.
    coarse : float32, shape (h, w), range [0, 1]
        The matte of the whole picture.

    Returns
    -------
    float32, shape (h, w), range [0, 1]
        Unchanged unless the upper border is a smooth backdrop. Faint haze over the backdrop is
        taken off where anything was added.

    Notes
    -----
    O(h * w); a look at the border for pictures without such a backdrop.
    """
    height, width = coarse.shape
    small = proxy.resize((width, height), Image.Resampling.BOX)
    pixels = np.asarray(small).astype(np.float32)
    seen = coarse > SEEN
    if min(height, width) < 16 or float(seen.mean()) < LEAST_SEEN:
        return coarse
    found = _find_backdrop(pixels, coarse)
    if found is None:
        return coarse
    distance, tolerance, is_shadow, backdrop = found
    far = max(LEAST_FAR, FAR * tolerance)
    added = _parts(_opened(distance > far) & ~is_shadow | seen, seen)
    if added is None or not is_plausible(added, seen):
        return coarse
    if float(np.median(distance[added])) < CLEARLY * far:
        return coarse  # the backdrop itself, where its surface does not fit
    opacity = np.clip((distance - 0.6 * far) / (0.8 * far), 0, 1)
    result = np.where(added & ~is_shadow, np.maximum(coarse, opacity), coarse)
    result[_cracks(added, seen)] = 1
    haze = ~window_maximum(~backdrop, 1) & (coarse < SEEN)
    result[haze] *= np.clip(distance[haze] / far, 0, 1)
    return result.astype(np.float32, copy=False)


def _find_backdrop(pixels: Floats, coarse: CoarseAlpha) -> tuple[Floats, float, Mask, Mask] | None:
    """Fit the backdrop; give distances from it, their tolerance, its shadows, and where it is."""
    height, width = coarse.shape
    ring = border_ring(height, width)
    upper = ring.copy()
    upper[int(UPPER * height) :] = False
    told = upper & (coarse < UNSEEN)
    if np.count_nonzero(told) < LEAST_UNSEEN * np.count_nonzero(upper):
        return None
    terms = term_grid(height, width, ORDER)
    weights, grain = fit_weights(terms[told], pixels[told])
    close_to_border = distance_from(terms[told], pixels[told], weights) <= tolerance_of(grain)
    if grain > MOST_GRAIN or float(close_to_border.mean()) < LEAST_FIT:
        return None
    backdrop = told
    for _ in range(2):  # by what goes on from the border, of which there is more
        close = distance_from(terms, pixels, weights) <= tolerance_of(grain)
        regions = _regions(close)
        if regions is None:
            return None
        backdrop = np.zeros_like(close)
        regions.paint(backdrop, regions.touches_border(), value=True)
        weights, grain = fit_weights(terms[backdrop], pixels[backdrop])
    if grain > MOST_GRAIN:
        return None
    distance, tolerance = distance_from(terms, pixels, weights), tolerance_of(grain)
    is_shadow = _find_shadow(pixels, surface_at(terms, weights), tolerance)
    return distance, tolerance, is_shadow, backdrop


def _find_shadow(pixels: Floats, backdrop: Floats, tolerance: float) -> Mask:
    """Mark what has the backdrop's colour with less light: bool, shape (h, w)."""
    light = (pixels * backdrop).sum(axis=2) / np.maximum((backdrop * backdrop).sum(axis=2), 1)
    chroma = np.abs(pixels - light[..., np.newaxis] * backdrop).max(axis=2)
    return (light > SHADOW[0]) & (light < SHADOW[1]) & (chroma <= 1.2 * tolerance)


def _parts(thing: Mask, seen: Mask) -> Mask | None:
    """Mark the parts that were not seen, of things that mostly were or go on from what was."""
    regions = _regions(thing)
    if regions is None:
        return None
    size = regions.total(regions.length)
    shared = _count_in(regions, seen)
    least = np.maximum(20, np.maximum(0.02 * size, 0.05 * np.count_nonzero(seen)))
    whole = np.zeros_like(thing)
    regions.paint(whole, shared > least, value=True)
    missed = whole & ~seen
    reach = max(2, round(CORE * max(thing.shape)))
    # The blurred edge of what was seen is thin: the refinement finds it better.
    core = window_maximum(_eroded(missed, reach), 2 * reach) & missed
    return core if core.any() else None


def _cracks(added: Mask, seen: Mask) -> Mask:
    """Mark what is thin inside of added parts: folds and glints that have the backdrop's colour."""
    closed = _eroded(window_maximum(added | seen, CRACK), CRACK)
    return _eroded(closed, CRACK) & ~seen & window_maximum(added, CRACK)


def _count_in(regions: Regions, mask: Mask) -> NDArray[np.float64]:
    """Count the pixels of a mask in each region."""
    until = np.zeros((mask.shape[0], mask.shape[1] + 1), np.intp)
    np.cumsum(mask, axis=1, out=until[:, 1:])
    return regions.total(until[regions.row, regions.stop] - until[regions.row, regions.start])


def _regions(mask: Mask) -> Regions | None:
    return find_regions([mask], is_diagonal=False, most_runs=mask.size // 8)


def _opened(mask: Mask) -> Mask:
    """Take specks off."""
    return window_maximum(_eroded(mask, 1), 1)


def _eroded(mask: Mask, reach: int) -> Mask:
    """Shrink a mask, but not from the picture's border."""
    return ~window_maximum(~mask, reach)
