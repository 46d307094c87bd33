"""Veils: what several passes of one network have left half transparent, far from any edge.

Decides: veils: whether an area that is neither subject nor background becomes one of them, and how
much veil asks for a further pass.

A network is unsure of whole areas, and a joined matte shows them as a veil, which helps nobody: a
cut-out shall have the thing or not. Where a clear subject borders on clear background there is an
edge, of hair or glass or of something that moves, and there the matte stays as it is: what is soft
is found in the picture's colours afterwards.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from PIL import Image, ImageFilter

from offcut.arrays import CoarseAlpha
from offcut.kernels.sampling import resize_plane

DIVIDE: Final = 0.25
"""Opacity that becomes one half. Networks miss more than they invent, so it is below that."""
STEEPNESS: Final = 4.0
"""How many times as fast opacity grows there."""
CELLS: Final = 320
"""Long side at which edges are looked for: that of the coarsest network."""
REACH: Final = 4
"""Cells around a pixel in which an edge shows both its sides."""
EDGE_FROM: Final = 0.7
EDGE_FULLY: Final = 0.95
"""How far opacities within reach differ where an edge begins to be one, and is one for sure."""
FAINTEST: Final = 0.1
"""What is nearer to 0 or 1 than this is no veil."""
MUCH: Final = 0.05
"""Area of veils, as a share of what is found, from which on another pass is worth its time."""


def decide_veils(coarse: CoarseAlpha) -> CoarseAlpha:
    """Make what is half transparent opaque or clear, but for edges.

    Parameters
    ----------
    coarse : float32, shape (h, w), range [0, 1]
        The joined matte of several passes of one network.

    Returns
    -------
    float32, shape (h, w), range [0, 1]
        Far from edges 0 below opacity 0.125, 1 above 0.375. O(h * w).
    """
    steep = np.clip((coarse - DIVIDE) * STEEPNESS + 0.5, 0, 1)
    decided = steep + (coarse - steep) * _find_edges(coarse)
    return decided.astype(np.float32, copy=False)


def has_much_veil(coarse: CoarseAlpha) -> bool:
    """Tell whether so much is half transparent far from edges that it is worth another pass."""
    is_veil = (coarse > FAINTEST) & (coarse < 1 - FAINTEST) & (_find_edges(coarse) < 0.5)
    return int(is_veil.sum()) > MUCH * int((coarse > 0.5).sum())


def _find_edges(coarse: CoarseAlpha) -> CoarseAlpha:
    """Tell how much of an edge is within reach: float32, shape (h, w), range [0, 1]."""
    height, width = coarse.shape
    scale = min(1.0, CELLS / max(height, width))
    shape = (max(1, round(height * scale)), max(1, round(width * scale)))
    # Levels, because Pillow's window filters know no floats; so both runtimes see the same.
    levels = np.rint(resize_plane(coarse, shape) * 255).astype(np.uint8)
    image, window = Image.fromarray(levels), 2 * REACH + 1
    highest = np.asarray(image.filter(ImageFilter.MaxFilter(window)), np.float32)
    lowest = np.asarray(image.filter(ImageFilter.MinFilter(window)), np.float32)
    share = ((highest - lowest) / 255 - EDGE_FROM) / (EDGE_FULLY - EDGE_FROM)
    return resize_plane(np.clip(share, 0, 1).astype(np.float32), coarse.shape)
