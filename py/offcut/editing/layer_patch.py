"""Colours of subject and background, solved anew where a stroke has changed the matte.

Decides: how far from a stroke the colours of the edge are solved again, and at which size.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from offcut.arrays import AlphaMatte
from offcut.composing.frame import Box
from offcut.kernels.dilation import window_maximum
from offcut.matting.foreground import ColorLayers
from offcut.matting.multilevel import solve_colors
from offcut.subject import Subject

SOLVE_PIXELS: Final = 20_000
"""Of the changed part at most."""
SURROUNDINGS: Final = 12
"""Layer pixels around the change that are looked at: colours flow in from there."""
RIM: Final = 4
"""Layer pixels around a changed one that get new colours."""


class LayerPatch(NamedTuple):
    """New pixels of one layer.

    Attributes
    ----------
    is_subject : bool
        Or of the background.
    rows, columns : slice
        In the layer.
    pixels : uint8, shape (h, w, 4)
    """

    is_subject: bool
    rows: slice
    columns: slice
    pixels: NDArray[np.uint8]


def put_layers(layers: ColorLayers, patches: tuple[LayerPatch, ...]) -> None:
    """Write patches into layers, in place."""
    for patch in patches:
        _pixels(layers, patch)[...] = patch.pixels


def former_layers(layers: ColorLayers, patches: tuple[LayerPatch, ...]) -> tuple[LayerPatch, ...]:
    """Give the patches that bring back what `put_layers` is going to overwrite."""
    return tuple(patch._replace(pixels=_pixels(layers, patch).copy()) for patch in patches)


def _pixels(layers: ColorLayers, patch: LayerPatch) -> NDArray[np.uint8]:
    layer = layers.subject if patch.is_subject else layers.background
    return layer[patch.rows, patch.columns]


def patch_layers(subject: Subject, box: Box, alpha: AlphaMatte) -> tuple[LayerPatch, ...]:
    """Solve both layers around a change of the matte.

    Parameters
    ----------
    subject : Subject
        As it was before the change.
    box : Box
        Of the change, in the source.
    alpha : uint8, shape (height, width of the box)
        The new matte there.

    Returns
    -------
    tuple of LayerPatch
        Empty where the background is known exactly: the colours follow from it by themselves.

    Notes
    -----
    As `estimate_layers`; O(`SOLVE_PIXELS`).
    """
    if subject.layers.is_exact:
        return ()
    around = colored_box(box, subject)
    matte = subject.alpha[around.top : around.bottom, around.left : around.right].copy()
    inner = (
        slice(box.top - around.top, box.bottom - around.top),
        slice(box.left - around.left, box.right - around.left),
    )
    changed = np.zeros(matte.shape, np.uint8)
    np.not_equal(matte[inner], alpha, out=changed[inner].view(np.bool_))
    changed *= np.uint8(255)
    matte[inner] = alpha
    height, width = matte.shape
    scale = min(1.0, (SOLVE_PIXELS / (height * width)) ** 0.5)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    image = subject.source.image.crop((around.left, around.top, around.right, around.bottom))
    small = np.asarray(image.resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0))
    colors = np.ascontiguousarray(small.transpose(2, 0, 1)) * np.float32(1 / 255)
    reduced = Image.fromarray(matte).resize(size, Image.Resampling.BOX)
    solved = solve_colors(colors, np.asarray(reduced) * np.float32(1 / 255), subject.kernels)
    mask = Image.fromarray(changed)
    return (
        _patch(subject, around, solved[:3], mask, is_subject=True),
        _patch(subject, around, solved[3:], mask, is_subject=False),
    )


def colored_box(box: Box, subject: Subject) -> Box:
    """Find the box of the source in which colours may be others after a change of the matte."""
    height, width = subject.alpha.shape
    rows, columns, _ = subject.layers.subject.shape
    margin = round(SURROUNDINGS * max(height / rows, width / columns, 1.0))
    return Box(
        max(0, box.top - margin),
        max(0, box.left - margin),
        min(height, box.bottom + margin),
        min(width, box.right + margin),
    )


def _patch(
    subject: Subject,
    around: Box,
    solved: NDArray[np.float32],
    changed: Image.Image,
    *,
    is_subject: bool,
) -> LayerPatch:
    """Bring solved colours to a layer's size, and keep the old ones away from the change."""
    layer = subject.layers.subject if is_subject else subject.layers.background
    height, width = subject.alpha.shape
    rows = _span(around.top, around.bottom, height, layer.shape[0])
    columns = _span(around.left, around.right, width, layer.shape[1])
    shape = (rows.stop - rows.start, columns.stop - columns.start)
    new = subject.kernels.resize_colors(solved, shape)
    mask = np.asarray(changed.resize(shape[::-1], Image.Resampling.BOX)) > 0
    result = layer[rows, columns].copy()
    # Four bytes at once.
    np.copyto(
        result.view(np.uint32)[..., 0],
        new.view(np.uint32)[..., 0],
        where=window_maximum(mask, RIM),
    )
    return LayerPatch(is_subject, rows, columns, result)


def _span(start: int, stop: int, length: int, small: int) -> slice:
    """Give the pixels of a layer that stand for some of the source's."""
    first = min(start * small // length, small - 1)
    return slice(first, max(first + 1, -(-stop * small // length)))
