"""Runs the inference passes of one picture: asks for each, and reads the answers.

Decides: how many times the network is asked: once for "fast"; mirrored, cropped or by other models
for "best", and once more where veils are left; again where it saw no subject; progress between
them; that "auto" goes on from "fast" to "best", or stays there where "best" fails.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from offcut.errors import InferenceError
from offcut.network.ensemble import InferencePass, join_passes, subject_view
from offcut.network.inference import InferenceRequest, check_output
from offcut.network.letterbox import content_box
from offcut.network.models import ModelSpec
from offcut.network.postprocess import postprocess
from offcut.network.preprocess import preprocess
from offcut.network.veils import has_much_veil
from offcut.network.views import View, middle_view, mirrored_view, whole_view
from offcut.options.options import Quality
from offcut.progress import Progress
from offcut.source_image import SourceImage
from offcut.stages import INFERENCE, PREPROCESS

Passes = list[InferencePass]

Better = Callable[[], Sequence[ModelSpec] | None]
"""Asked after the first pass of "auto": the models of "best", or None if that takes too long."""


class Looks(NamedTuple):
    """What the networks have seen, and whether these are all the passes of "best"."""

    passes: Passes
    is_best: bool


def run_passes(  # noqa: PLR0913 (two of them by keyword)
    source: SourceImage,
    models: Sequence[ModelSpec],
    quality: Quality,
    progress: Progress,
    meanwhile: Callable[[], object],
    *,
    first: InferencePass | None = None,
    better: Better | None = None,
) -> Generator[InferenceRequest, object, Looks]:
    """Do the stages `preprocess` and `inference` of a job.

    Parameters
    ----------
    source : SourceImage
    models : sequence of ModelSpec, not empty
        The base model first. The others are asked for the quality "best" only.
    quality : {"auto", "fast", "best"}
        One pass of the base model, or several passes.
    progress : Progress
    meanwhile : callable
        Work that may be done while the first pass runs.
    first : InferencePass or None
        The first pass, if it was done before; that of another model is done anew.
    better : callable, optional
        Asked with the quality "auto"; without it, that is "fast".

    Yields
    ------
    InferenceRequest
        To be answered (`send`) with the network's output, float32 NCHW.

    Returns
    -------
    Looks
        Of at least one pass; the first is of the base model and the whole picture.

    Raises
    ------
    InferenceError
        OUTPUT_MISMATCH.
    TypeError
        If a request is answered with anything but a float32 array.
    """
    base = models[0]
    if first is None or first.network != base.id:
        with progress.stage(PREPROCESS):
            view = whole_view(source.size)
            request = replace(_make_request(source, base, view), meanwhile=meanwhile)
        with progress.stage(INFERENCE):
            first = _read_answer(base, view, (yield request))
    passes = [first]
    with progress.stage(INFERENCE):
        if quality == "best":
            yield from _run_further(source, models, passes, progress)
        chosen = better() if quality == "auto" and better is not None else None
        is_better = chosen is not None and (
            yield from _run_better(source, chosen, passes, progress)
        )
    return Looks(passes, quality == "best" or is_better)


def look_again(
    source: SourceImage, base: ModelSpec, passes: Passes, progress: Progress
) -> Generator[InferenceRequest, object, None]:
    """Add passes of the base model over a picture in which none has found a subject.

    Of the mirror image and the middle, unless "best" has looked at them: what a network misses in
    one view it often sees in another.
    """
    seen = {single.view for single in passes}
    for view in (mirrored_view(source.size), middle_view(source.size)):
        progress.advance(0.0)
        if view not in seen:
            passes.append((yield from _run_pass(source, base, view)))


def _run_better(
    source: SourceImage, models: Sequence[ModelSpec], passes: Passes, progress: Progress
) -> Generator[InferenceRequest, object, bool]:
    """Go on from the one pass of "fast" to those of "best"; tells whether that went well."""
    quick = passes.copy()
    try:
        if quick[0].network != models[0].id:
            passes[:] = [(yield from _run_pass(source, models[0], quick[0].view))]
        yield from _run_further(source, models, passes, progress)
    except InferenceError:
        passes[:] = quick  # which would do
        return False
    return True


def _run_further(
    source: SourceImage, models: Sequence[ModelSpec], passes: Passes, progress: Progress
) -> Generator[InferenceRequest, object, None]:
    """Add to the base model's first pass all others of "best"."""
    base, *helpers = models
    if helpers:
        yield from _run_helpers(source, helpers, passes, progress)
    else:
        yield from _run_augmented(source, base, passes, progress)


def _run_helpers(
    source: SourceImage, helpers: Sequence[ModelSpec], passes: Passes, progress: Progress
) -> Generator[InferenceRequest, object, None]:
    """Add a pass of each other model: it finds more than the base model does in a second pass."""
    for done, helper in enumerate(helpers, start=1):
        progress.advance(done / (len(helpers) + 1))
        passes.append((yield from _run_pass(source, helper, whole_view(source.size))))


def _run_augmented(
    source: SourceImage, base: ModelSpec, passes: Passes, progress: Progress
) -> Generator[InferenceRequest, object, None]:
    """Add passes of the base model over the mirrored picture and the subject's own crop.

    Where these leave veils, the picture's middle is looked at as well; what is found clearly needs
    no more, and a crop that goes through a subject does it no good.
    """
    progress.advance(1 / 4)
    passes.append((yield from _run_pass(source, base, mirrored_view(source.size))))
    progress.advance(2 / 4)
    crop = subject_view(source.size, passes)
    if crop is not None:
        passes.append((yield from _run_pass(source, base, crop)))
    progress.advance(3 / 4)
    if has_much_veil(join_passes(source.size, passes)):
        passes.append((yield from _run_pass(source, base, middle_view(source.size))))


def _run_pass(
    source: SourceImage, spec: ModelSpec, view: View
) -> Generator[InferenceRequest, object, InferencePass]:
    return _read_answer(spec, view, (yield _make_request(source, spec, view)))


def _make_request(source: SourceImage, spec: ModelSpec, view: View) -> InferenceRequest:
    feeds = {spec.input.name: preprocess(source, spec.input, view)}
    return InferenceRequest(spec.id, feeds, spec.output.name)


def _read_answer(spec: ModelSpec, view: View, answer: object) -> InferencePass:
    """Make a pass of the network's output: its part that shows the picture, as a matte."""
    if not isinstance(answer, np.ndarray) or cast("NDArray[Any]", answer).dtype != np.float32:
        raise TypeError("an inference request is answered with float32")
    output = check_output(cast("NDArray[np.float32]", answer), spec)
    left, top, right, bottom = content_box(spec.input, view.size)
    return InferencePass(view, postprocess(output[top:bottom, left:right], spec.output), spec.id)
