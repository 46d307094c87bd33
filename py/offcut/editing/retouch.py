"""Subject + strokes of a brush -> subject: the matte as a person wants it.

Every stroke changes the matte near itself and nowhere else, and so it does with the colours
of subject and backdrop, which depend on the matte. What a stroke changes is a `Patch`: so
undoing is leaving it out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from offcut.arrays import AlphaMatte
from offcut.composing.crop import Box
from offcut.editing.brush import cover, reached_box
from offcut.editing.layer_patch import (
    LayerPatch,
    colored_box,
    former_layers,
    patch_layers,
    put_layers,
)
from offcut.editing.scribbles import follow_scribble
from offcut.editing.strokes import Stroke
from offcut.matting.foreground import ColorLayers
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


class Retoucher:
    """A subject whose strokes change one by one; what is known of earlier ones is kept.

    Parameters
    ----------
    subject : Subject
        Without any stroke.

    Notes
    -----
    Memory: one copy of matte and layers, and two patches for each stroke. A change costs what
    its own strokes do, however many there were before.
    """

    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        self._strokes: tuple[Stroke, ...] = ()
        self._is_own = False
        self._done: list[_Done] = []

    def retouched(self, strokes: Sequence[Stroke]) -> tuple[Subject, Box | None]:
        """Give the subject with these strokes.

        Returns
        -------
        subject : Subject
            The same object while the strokes are the same. Its arrays are those of the one
            before, which are changed in place.
        box : Box or None
            Of the source: outside of it neither matte nor colours are others than last time.
        """
        wanted = tuple(strokes)
        if self._strokes == wanted:
            return self._subject, None
        if not self._is_own:
            self._subject, self._is_own = _own_copy(self._subject), True
        subject = self._subject
        known = 0
        for done, stroke in zip(self._done, wanted, strict=False):
            if done.stroke != stroke:
                break
            known += 1
        put = len(self._strokes)
        changed = [done.before for done in reversed(self._done[known:put])]
        changed += [done.after for done in self._done[put:known]]
        for patch in changed:
            _put(subject, patch)
        if known < len(wanted):
            del self._done[known:]
        for stroke in wanted[known:]:
            after = _patch(subject, stroke)
            self._done.append(_Done(stroke, _former(subject, after), after))
            _put(subject, after)
            changed.append(after)
        self._strokes = wanted
        self._subject = replace(subject)
        boxes = [colored_box(patch.box, subject) for patch in changed if patch is not None]
        return self._subject, _around(boxes)


class _Done(NamedTuple):
    """A stroke that was followed once: what it changes, and what was there before."""

    stroke: Stroke
    before: Patch | None
    after: Patch | None


def _ignore(_fraction: float) -> None:
    """Report to nobody."""


def retouch(
    subject: Subject, strokes: Sequence[Stroke], checkpoint: Callable[[float], None] = _ignore
) -> Subject:
    """Correct a subject by strokes.

    Parameters
    ----------
    subject : Subject
    strokes : sequence of Stroke
        In the order in which they count.
    checkpoint : callable
        Called with 0 before every stroke: nothing of the file is written yet. What it
        raises ends the work.

    Returns
    -------
    Subject
        `subject` itself if there are no strokes. What was transparent in the file stays so.

    Notes
    -----
    Deterministic. A scribble reaches a few radii of its brush, see `scribbles`; paint and
    erase are the brush's own round shape, with a soft rim of one pixel.
    """
    if not strokes:
        return subject
    result = _own_copy(subject)
    for stroke in strokes:
        checkpoint(0.0)
        _put(result, _patch(result, stroke))
    return result


def _own_copy(subject: Subject) -> Subject:
    """Copy what patches are put into."""
    layers = subject.layers
    copied = ColorLayers(layers.subject.copy(), layers.backdrop.copy(), layers.is_exact)
    return replace(subject, alpha=subject.alpha.copy(), layers=copied)


def _former(subject: Subject, patch: Patch | None) -> Patch | None:
    """Give the patch that undoes another one, which is not put yet."""
    if patch is None:
        return None
    box = patch.box
    alpha = subject.alpha[box.top : box.bottom, box.left : box.right].copy()
    return Patch(box, alpha, former_layers(subject.layers, patch.layers))


def _around(boxes: Sequence[Box]) -> Box | None:
    """Find the box around some boxes."""
    if not boxes:
        return None
    return Box(
        min(box.top for box in boxes),
        min(box.left for box in boxes),
        max(box.bottom for box in boxes),
        max(box.right for box in boxes),
    )


def _put(subject: Subject, patch: Patch | None) -> None:
    if patch is None:
        return
    box = patch.box
    subject.alpha[box.top : box.bottom, box.left : box.right] = patch.alpha
    put_layers(subject.layers, patch.layers)


def _patch(subject: Subject, stroke: Stroke) -> Patch | None:
    """Find what a stroke changes; None if nothing."""
    if stroke.kind in ("keep", "remove"):
        changed = follow_scribble(subject.source, subject.alpha, stroke, subject.kernels)
    else:
        changed = _painted(subject, stroke)
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


def _painted(subject: Subject, stroke: Stroke) -> tuple[Box, AlphaMatte] | None:
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
