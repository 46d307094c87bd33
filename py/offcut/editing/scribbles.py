"""Scribbles of a person, "this belongs to it" or "this does not", brought to the picture's edges.

Decides: how far a keep or remove stroke reaches and fades, how fine it works for a thin brush, how
its rim is fitted.

A stroke stands for the region around it. How like the stroke's colours each pixel is, and
not like those of the other side, is told by two histograms of the neighbourhood; the
region is what is nearer to the stroke than to the other side, on paths that are long where
they cross an edge or strange colours. Its rim is then fitted to the picture as in `refine`.
"""

from __future__ import annotations

import math
from functools import partial
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from offcut.arrays import AlphaMatte, Floats
from offcut.composing.frame import Box
from offcut.editing.brush import distances, reached_box
from offcut.editing.scribble_region import find_region
from offcut.editing.strokes import Stroke
from offcut.kernels.interface import Kernels
from offcut.kernels.sampling import resize_plane
from offcut.matting.guided_filter import fit_alpha
from offcut.matting.refine import apply_fields
from offcut.source_image import SourceImage, tile_of

REACH: Final = 10.0
"""How far a scribble counts, in radii of its brush: within `LEAST_REACH` and `MOST_REACH`."""
LEAST_REACH: Final = 0.06
MOST_REACH: Final = 0.35
"""Shares of the picture's longer side."""
FADE: Final = 0.75
"""Share of the reach from which a scribble counts less and less."""
WORK_SIDE: Final = 768
"""Pixels of the picture's longer side at which regions are looked for."""
FINE_RADIUS: Final = 6.0
"""A thinner brush asks for details: it is this thick at least."""
WORK_PIXELS: Final = 20_000
"""Of the stroke's neighbourhood at most: so much can be solved while a hand moves."""
FIT_RADIUS: Final = 4
FADE_RADIUS: Final = 2
_EMPTY: Final = 24
_FULL: Final = 231
_CLEARED: Final = bytes(
    min(255, max(0, round((value - _EMPTY) * 255 / (_FULL - _EMPTY)))) for value in range(256)
)


def follow_scribble(
    source: SourceImage, alpha: AlphaMatte, stroke: Stroke, kernels: Kernels
) -> tuple[Box, AlphaMatte] | None:
    """Find the new matte around a stroke of the kind "keep" or "remove".

    Parameters
    ----------
    source : SourceImage
    alpha : uint8, shape (H, W)
        The matte so far.
    stroke : Stroke
    kernels : Kernels

    Returns
    -------
    box : Box
    alpha : uint8, shape (height, width of the box)
        Nowhere less than before after "keep", nowhere more after "remove"; as before beyond
        the scribble's reach.
    None if the stroke is too far from the picture.

    Notes
    -----
    Bai and Sapiro, "Geodesic Matting: A Framework for Fast Interactive Image and Video
    Segmentation and Matting", IJCV 2009: colour models from strokes, and alpha from the
    distances to both sides. Here one side is drawn, and the other is what the matte says
    and the stroke's colours do not deny; the models are histograms, and the rim is fitted by a
    guided filter.
    O(`WORK_PIXELS`), and O(height * width of the box).
    """
    reach = _reach(stroke.radius, max(source.size))
    box = reached_box(stroke.points, reach, source.size)
    if box is None:
        return None
    crop = (box.left, box.top, box.right, box.bottom)
    image = source.image.crop(crop)
    before = alpha[box.top : box.bottom, box.left : box.right]
    scale = _work_scale(stroke.radius, max(source.size), image.width * image.height)
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    small = image.resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0)
    colors = np.asarray(small)
    held = np.asarray(Image.fromarray(before).resize(size, Image.Resampling.BOX))
    if stroke.kind == "remove":
        held = ~held
    moved = [(x - box.left, y - box.top) for x, y in stroke.points]
    across, down = size[0] / image.width, size[1] / image.height
    path = [(x * across, y * down) for x, y in moved]
    nearness = _nearness(moved, reach, (image.height, image.width), colors.shape[:2])
    held = held * np.float32(1 / 255)
    region = find_region(colors, held, path, stroke.radius * scale, nearness, kernels)
    if region is None:
        return None
    found = _fit_rim(image, colors, region, kernels)
    weight = np.asarray(
        Image.fromarray(np.rint(nearness * 255).astype(np.uint8)).resize(
            image.size, Image.Resampling.BILINEAR
        )
    )
    return box, _merge(before, found, weight, is_kept=stroke.kind == "keep")


def _reach(radius: float, side: int) -> float:
    return min(max(REACH * radius, LEAST_REACH * side), max(MOST_REACH * side, radius))


def _work_scale(radius: float, side: int, pixels: int) -> float:
    wanted = max(WORK_SIDE / side, FINE_RADIUS / radius)
    return min(1.0, wanted, math.sqrt(WORK_PIXELS / pixels))


def _nearness(
    path: list[tuple[float, float]], reach: float, size: tuple[int, int], shape: tuple[int, ...]
) -> Floats:
    """Say how much the scribble counts: 1 near its path, 0 from its reach on."""
    # Smooth, so a quarter of the working size shows it as well.
    rows, columns = (max(1, -(-side // 4)) for side in shape)
    across, down = columns / size[1], rows / size[0]
    far = distances([(x * across, y * down) for x, y in path], (rows, columns))
    far /= np.float32(reach * math.sqrt(across * down))
    near = np.clip((1 - far) / np.float32(1 - FADE), 0, 1)
    return np.clip(resize_plane(near, (shape[0], shape[1])), 0, 1)


def _fit_rim(
    image: Image.Image, colors: NDArray[np.uint8], region: Floats, kernels: Kernels
) -> AlphaMatte:
    """Fit a region's rim to the picture at full size: uint8, (H, W)."""
    guide = colors.transpose(2, 0, 1) * np.float32(1 / 255) - np.float32(0.5)
    guide = np.ascontiguousarray(guide, dtype=np.float32)
    slopes, offset = fit_alpha(guide, region.astype(np.float32), FIT_RADIUS, kernels)
    fields = kernels.steepen(guide, slopes, offset, FADE_RADIUS, 2.0)
    size = (image.height, image.width)
    found = apply_fields(size, partial(tile_of, image), fields, kernels)
    return np.frombuffer(found.tobytes().translate(_CLEARED), np.uint8).reshape(found.shape)


def _merge(
    before: AlphaMatte, found: AlphaMatte, weight: AlphaMatte, *, is_kept: bool
) -> AlphaMatte:
    """Raise the matte to what was found for "keep", lower it for "remove"."""
    change = np.asarray(
        Image.composite(
            Image.fromarray(found), Image.new("L", found.shape[::-1]), Image.fromarray(weight)
        )
    )
    return np.maximum(before, change) if is_kept else np.minimum(before, ~change)
