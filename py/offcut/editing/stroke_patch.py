"""What one stroke changes in a subject: a patch, which another patch can undo.

Decides: what paint and erase cover, what undo brings back, that a stroke never makes transparent
parts of the file opaque.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from offcut.arrays import AlphaMatte
from offcut.composing.frame import Box
from offcut.editing.brush import cover, reached_box
from offcut.editing.layer_patch import LayerPatch, former_layers, patch_layers, put_layers
from offcut.editing.region_patch import follow_region
from offcut.editing.regions import Region
from offcut.editing.scribbles import follow_scribble
from offcut.editing.strokes import Correction, Stroke
from offcut.source_image import SourceImage
from offcut.subject import Subject


@dataclass(frozen=True, slots=True)
class Patch:
    """What one stroke changes, put after those before it.

    Attributes
    ----------
    box : Box
        In the source.
    alpha : uint8, shape (height, width of the box)
    layers : tuple of LayerPatch
    """

    box: Box
    alpha: AlphaMatte
    layers: tuple[LayerPatch, ...]


def find_patch(subject: Subject, stroke: Correction) -> Patch | None:
    """Find what a stroke changes; None if nothing."""
    if isinstance(stroke, Region):
        changed = follow_region(subject.source, subject.alpha, stroke, subject.kernels)
    elif stroke.kind in ("keep", "remove"):
        changed = follow_scribble(subject.source, subject.alpha, stroke, subject.kernels)
    else:
        changed = _brush(subject, stroke)
    if changed is None:
        return None
    box, alpha = changed
    before = subject.alpha[box.top : box.bottom, box.left : box.right]
    alpha = _within_own_alpha(alpha, before, subject.source, box)
    inner = _box_of(alpha != before)
    if inner is None:
        return None
    alpha = alpha[inner.top : inner.bottom, inner.left : inner.right].copy()
    box = Box(
        box.top + inner.top, box.left + inner.left, box.top + inner.bottom, box.left + inner.right
    )
    return Patch(box, alpha, patch_layers(subject, box, alpha))


def put_patch(subject: Subject, patch: Patch | None) -> None:
    """Write a patch into a subject, in place; None changes nothing."""
    if patch is None:
        return
    box = patch.box
    subject.alpha[box.top : box.bottom, box.left : box.right] = patch.alpha
    put_layers(subject.layers, patch.layers)


def former_patch(subject: Subject, patch: Patch | None) -> Patch | None:
    """Give the patch that undoes another one, which is not put yet."""
    if patch is None:
        return None
    box = patch.box
    alpha = subject.alpha[box.top : box.bottom, box.left : box.right].copy()
    return Patch(box, alpha, former_layers(subject.layers, patch.layers))


def _brush(subject: Subject, stroke: Stroke) -> tuple[Box, AlphaMatte] | None:
    """Paint or erase exactly what the brush covers."""
    box = reached_box(stroke.points, stroke.radius + 1, subject.alpha.shape)
    if box is None:
        return None
    covered = cover(stroke.points, stroke.radius, box)
    before = subject.alpha[box.top : box.bottom, box.left : box.right]
    if stroke.kind == "paint":
        return box, np.maximum(before, covered)
    return box, np.minimum(before, ~covered)


def _within_own_alpha(
    alpha: AlphaMatte, before: AlphaMatte, source: SourceImage, box: Box
) -> AlphaMatte:
    """Limit the growth to the file's own alpha: what was transparent stays so."""
    if source.own_alpha is None:
        return alpha
    own = np.asarray(source.own_alpha.crop((box.left, box.top, box.right, box.bottom)))
    return np.where(alpha > before, np.maximum(before, np.minimum(alpha, own)), alpha)


def _box_of(mask: NDArray[np.bool_]) -> Box | None:
    """Find the box around what is true."""
    found = Image.fromarray(mask).getbbox()
    if found is None:
        return None
    left, top, right, bottom = found
    return Box(top, left, bottom, right)
