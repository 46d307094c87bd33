"""Finds the subject of a picture that moves: frame by frame, then steadied over time.

Decides: that frames that look alike are cut out once; that a frame without a subject is empty, and
none at all a failure; that a file that is cut out already keeps its own alpha in every frame; when
the whole is told to be unsure; that progress is told by frames.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from offcut.decoding.animation import is_blank
from offcut.decoding.animation_timing import Timing
from offcut.decoding.read_animation import Animation
from offcut.kernels.interface import Kernels
from offcut.matting.own_alpha import is_cut_out
from offcut.matting.steady import steady_mattes
from offcut.network.postprocess import no_subject
from offcut.progress import Progress
from offcut.source_image import SourceImage
from offcut.stages import REFINE
from offcut.subject import Subject

Find = Callable[[SourceImage, bool], Generator[Any, Any, Subject]]
"""Finds the subject of one picture, step by step. Where the second is true, the picture is a
cut-out already, and its own alpha is the matte."""

_UNSURE_SHARE: Final = 0.5


@dataclass(frozen=True, slots=True)
class MovingSubject:
    """The subject in each frame of a picture that moves.

    Attributes
    ----------
    frames : tuple of Subject
        Of one size, with steadied mattes.
    timing : Timing
    """

    frames: tuple[Subject, ...]
    timing: Timing

    @property
    def still(self) -> Subject:
        """The first frame in which the subject is to be seen: what stands for all of them."""
        return next(frame for frame in self.frames if frame.alpha.any())


def moving_steps(
    animation: Animation, find: Find, progress: Progress, kernels: Kernels
) -> Generator[Any, Any, MovingSubject]:
    """Find the subject in every frame.

    Parameters
    ----------
    animation : Animation
        Of at least one frame.
    find : callable
    progress : Progress
        Is told the number of the frame, and may stop the job in any.
    kernels : Kernels

    Yields
    ------
    What `find` yields, to be answered likewise.

    Raises
    ------
    SubjectError
        NO_SUBJECT if there is none in any frame.
    OffcutError
        Whatever `find` raises.
    """
    frames = animation.frames
    first = next((frame for frame in frames if not _is_empty(frame)), None)
    is_done_already = first is not None and is_cut_out(first)
    found: list[Subject] = []
    for number, frame in enumerate(frames):
        progress.begin_frame(number, len(frames))
        if number > 0 and frame is frames[number - 1]:
            found.append(found[-1])
            continue
        subject = yield from find(frame, is_done_already or _is_empty(frame))
        found.append(replace(subject, first_pass=None))
    progress.end_frames()
    if not any(subject.alpha.any() for subject in found):
        raise no_subject(np.zeros((1, 1), np.float32), frames[0].size)
    if not is_done_already:
        with progress.stage(REFINE):
            found = _steady(found, kernels)
    share = sum(subject.is_unsure for subject in found) / len(found)
    is_unsure = share > _UNSURE_SHARE
    return MovingSubject(
        tuple(replace(subject, is_unsure=is_unsure) for subject in found), animation.timing
    )


def _is_empty(frame: SourceImage) -> bool:
    return is_blank(frame.image, frame.own_alpha)


def _steady(found: list[Subject], kernels: Kernels) -> list[Subject]:
    """Steady the mattes; what is transparent in a frame stays so."""
    sources = [subject.source for subject in found]
    mattes = steady_mattes(sources, [subject.alpha for subject in found], kernels)
    steadied: list[Subject] = []
    for subject, matte in zip(found, mattes, strict=True):
        own = subject.source.own_alpha_band(slice(0, matte.shape[0]))
        alpha = matte if own is None else np.minimum(matte, own)
        steadied.append(replace(subject, alpha=alpha))
    return steadied
