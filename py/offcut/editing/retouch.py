"""Subject + strokes of a brush -> subject: the matte as a person wants it.

Decides: the order in which strokes count, that an undone stroke leaves no trace, that transparent
parts of the file stay so.

Every stroke changes the matte near itself and nowhere else, and so it does with the colours
of subject and background, which depend on the matte. What a stroke changes is a `Patch`: so
undoing is leaving it out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from offcut.composing.frame import Box
from offcut.editing.layer_patch import (
    colored_box,
)
from offcut.editing.stroke_patch import Patch, find_patch, former_patch, put_patch
from offcut.editing.strokes import Correction
from offcut.matting.foreground import ColorLayers
from offcut.subject import Subject


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
        self._strokes: tuple[Correction, ...] = ()
        self._is_own = False
        self._done: list[_Done] = []

    def retouch(self, strokes: Sequence[Correction]) -> tuple[Subject, Box | None]:
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
            put_patch(subject, patch)
        if known < len(wanted):
            del self._done[known:]
        for stroke in wanted[known:]:
            after = find_patch(subject, stroke)
            self._done.append(_Done(stroke, former_patch(subject, after), after))
            put_patch(subject, after)
            changed.append(after)
        self._strokes = wanted
        self._subject = replace(subject)
        boxes = [colored_box(patch.box, subject) for patch in changed if patch is not None]
        return self._subject, _around(boxes)


class _Done(NamedTuple):
    """A stroke that was followed once: what it changes, and what was there before."""

    stroke: Correction
    before: Patch | None
    after: Patch | None


def _ignore(_fraction: float) -> None:
    """Report to nobody."""


def retouch(
    subject: Subject, strokes: Sequence[Correction], checkpoint: Callable[[float], None] = _ignore
) -> Subject:
    """Correct a subject by strokes.

    Parameters
    ----------
    subject : Subject
    strokes : sequence of Stroke or Region
        In the order in which they count.
    checkpoint : callable
        Called with 0 before every stroke: nothing of the file is written yet. What it
        raises ends the work.

    Returns
    -------
    Subject
        `subject` itself if there are no strokes. What was transparent in the file stays so. What
        a person has corrected is as they want it, and so no more unsure.

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
        put_patch(result, find_patch(result, stroke))
    return replace(result, is_unsure=False)


def _own_copy(subject: Subject) -> Subject:
    """Copy what patches are put into."""
    layers = subject.layers
    copied = ColorLayers(layers.subject.copy(), layers.background.copy(), layers.is_exact)
    return replace(subject, alpha=subject.alpha.copy(), layers=copied)


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
