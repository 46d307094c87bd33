"""Alpha on a background of one known colour, in the pixels along the subject's outline.

Decides: how soft or hard the outline of a logo is, how wide its band, how much noise is forgiven.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from offcut.arrays import AlphaMatte, Floats, row_bands
from offcut.flat_graphics.background_color import FlatBackground
from offcut.kernels.connected_components import Mask
from offcut.kernels.dilation import window_maximum

REACHES: Final = (1, 2, 3)
"""Pixels in which the subject's own colour is looked for, the nearest first."""
DEPTH: Final = 2
DEPTH_NOISY: Final = 3
"""Pixels from the background that may be mixed with it."""
BEND: Final = 8.0
"""Levels by which colours of one mixture may miss the line between its two colours."""


def solve_edges(background: FlatBackground, mask: Mask) -> AlphaMatte:
    """Solve alpha where the subject meets its background.

    Parameters
    ----------
    background : FlatBackground
    mask : bool, shape (H, W)
        The background.

    Returns
    -------
    uint8, shape (H, W)
        0 on the background and 255 in the subject.

    Notes
    -----
    I = a F + (1 - a) B. B is known; F, the subject's colour, is the one farthest from B in
    the neighbourhood that lies on the line from B through I.
    """
    alpha = np.where(mask, np.uint8(0), np.uint8(255))
    depth = DEPTH_NOISY if background.is_noisy else DEPTH
    pad = depth + REACHES[-1]
    height, width = mask.shape
    for rows in row_bands(height, width, pixels=1 << 18):
        top, bottom = max(0, rows.start - pad), min(height, rows.stop + pad)
        near = mask[top:bottom]
        inner = slice(rows.start - top, rows.stop - top)
        if near.all() or not near.any():
            continue
        depths = _depths(near, depth)
        edge = np.zeros_like(near)
        edge[inner] = depths[inner] > 0
        if background.is_noisy:
            edge[inner] |= (window_maximum(~near, 1) & near)[inner]
        place = np.flatnonzero(edge)
        if place.size:
            flat = alpha[top:bottom].reshape(-1)
            flat[place] = _solve(background, slice(top, bottom), depths, place)
    return alpha


def _depths(mask: Mask, most: int) -> NDArray[np.uint8]:
    """Give the pixels from the background, 1 to `most`; 0 in it and beyond."""
    depths = np.zeros(mask.shape, np.uint8)
    reached = mask
    for depth in range(1, most + 1):
        wider = window_maximum(reached, 1)
        depths[wider & ~reached] = depth
        reached = wider
    return depths


def _solve(
    background: FlatBackground, rows: slice, depths: NDArray[np.uint8], place: NDArray[np.intp]
) -> NDArray[np.uint8]:
    """Solve the pixels at `place` in some rows: uint8, shape (n,)."""
    key = _keys(background, rows)
    width = key.shape[1]
    behind = background.behind(rows).astype(np.float32)
    behind = np.broadcast_to(behind, (*key.shape, 3))[place // width, place % width]
    weights = np.array(background.weights, np.float32)
    own = (_colors(key.reshape(-1)[place]) - behind) * weights
    foreground = own
    for reach in REACHES:
        other = (_colors(window_maximum(key, reach).reshape(-1)[place]) - behind) * weights
        farther = (other * other).sum(axis=1) > (foreground * foreground).sum(axis=1)
        on_line = _off_line(foreground, other) <= BEND + 3 * background.noise
        foreground = np.where((farther & on_line)[:, np.newaxis], other, foreground)
    squared = np.maximum((foreground * foreground).sum(axis=1), np.float32(1))
    share = (own * foreground).sum(axis=1) / squared
    slack = np.minimum(2 * background.noise / np.sqrt(squared), 0.15)
    share = np.clip((share - slack) / (1 - 2 * slack), 0, 1)
    inside = depths.reshape(-1)[place]
    share = np.where((inside > 1) & _is_past_the_edge(background, rows, depths, place), 1, share)
    return np.rint(share * 255).astype(np.uint8)


def _is_past_the_edge(
    background: FlatBackground, rows: slice, depths: NDArray[np.uint8], place: NDArray[np.intp]
) -> Mask:
    """Tell where colours do not become stronger any more: nothing shines through there."""
    strength = background.distance[rows]
    before = np.zeros_like(strength)
    for depth in range(1, int(depths.max()) + 1):
        outer = np.where(depths == depth, strength, 0).astype(np.uint8)
        reached = window_maximum(outer, 1)
        before = np.where(depths == depth + 1, reached, before)
    least = before.reshape(-1)[place].astype(np.float32) - 4 - 3 * background.noise
    return strength.reshape(-1)[place] < least


def _keys(background: FlatBackground, rows: slice) -> NDArray[np.uint32]:
    """Pack each pixel's strength and colour into one number, so that the greatest is found."""
    pixels = background.pixels(rows)
    key = background.distance[rows].astype(np.uint32) << np.uint32(24)
    for channel, shift in enumerate((16, 8, 0)):
        key |= pixels[..., channel].astype(np.uint32) << np.uint32(shift)
    return key


def _colors(key: NDArray[np.uint32]) -> Floats:
    """Unpack colours: float32, shape (n, 3)."""
    channels = [(key >> np.uint32(shift)) & np.uint32(255) for shift in (16, 8, 0)]
    return np.stack(channels, axis=1).astype(np.float32)


def _off_line(near: Floats, far: Floats) -> Floats:
    """Give how far `near` lies from the line through 0 and `far`: shape (n,)."""
    squared = np.maximum((far * far).sum(axis=1), np.float32(1))
    share = (near * far).sum(axis=1) / squared
    rest = near - share[:, np.newaxis] * far
    return np.sqrt((rest * rest).sum(axis=1))
