"""The subject's outline as the options for the edge make it, and the box around it.

Decides: that what was transparent in the file stays so after threshold, shift and feather; whose
box crop, canvas, outline and shadow go by.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from offcut.arrays import row_bands
from offcut.composing.adjust import adjust_edge
from offcut.composing.frame import Box, Extent, subject_box, subject_extent
from offcut.options.lengths import parse_outline
from offcut.options.options import OffcutOptions
from offcut.subject import Edge, Subject


class Shape(NamedTuple):
    """The subject's outline as the options for the edge make it.

    Attributes
    ----------
    edge : Edge
    box : Box
        Around what is shown, if that is needed; else the whole picture's.
    extent : Extent
        The same, where the subject ends within the outermost pixels.
    """

    edge: Edge
    box: Box
    extent: Extent


def find_shape(subject: Subject, options: OffcutOptions) -> Shape:
    """Adjust the edge, and find the box of what is shown if anything is laid out by it."""
    edge = _adjust(subject, options)
    if is_box_needed(options):
        box = subject_box(edge.shown)
        return Shape(edge, box, subject_extent(edge.shown, box))
    box = Box(0, 0, *subject.source.size)
    return Shape(edge, box, Extent(*box))


def is_box_needed(options: OffcutOptions) -> bool:
    """Tell whether the result depends on the box around the subject."""
    has_outline = parse_outline(options.outline).value > 0
    return options.crop or options.canvas is not None or options.shadow or has_outline


def _adjust(subject: Subject, options: OffcutOptions) -> Edge:
    """Adjust the edge; what was transparent in the file stays so."""
    edge = adjust_edge(
        subject.alpha,
        threshold=options.threshold,
        shift=options.shift_edge,
        feather=options.feather,
    )
    if edge.shown is subject.alpha or subject.source.own_alpha is None:
        return edge
    shown, mixed = edge.shown.copy(), edge.mixed.copy()
    for rows in row_bands(*shown.shape):
        own = subject.source.own_alpha_band(rows)
        if own is not None:
            np.minimum(shown[rows], own, out=shown[rows])
            np.minimum(mixed[rows], own, out=mixed[rows])
    return Edge(shown, mixed)
