"""Runs the inference passes of one picture: asks for each, and reads the answers.

Decides: how many times the network is asked: once for "fast"; mirrored, cropped or by other models
for "best", and once more where veils are left; again where it saw no subject; progress between
them.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import replace
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

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


def run_passes(
    source: SourceImage,
    models: Sequence[ModelSpec],
    quality: Quality,
    progress: Progress,
    meanwhile: Callable[[], object],
) -> Generator[InferenceRequest, object, Passes]:
    """Do the stages `preprocess` and `inference` of a job.

    Parameters
    ----------
    source : SourceImage
    models : sequence of ModelSpec, not empty
        The base model first. The others are asked for the quality "best" only.
    quality : {"fast", "best"}
        One pass of the base model, or several passes.
    progress : Progress
    meanwhile : callable
        Work that may be done while the first pass runs.

    Yields
    ------
    InferenceRequest
        To be answered (`send`) with the network's output, float32 NCHW.

    Returns
    -------
    list of InferencePass
        At least one; the first is of the base model and the whole picture.

    Raises
    ------
    InferenceError
        OUTPUT_MISMATCH.
    TypeError
        If a request is answered with anything but a float32 array.
    """
    base, *helpers = models
    with progress.stage(PREPROCESS):
        view = whole_view(source.size)
        request = replace(_make_request(source, base, view), meanwhile=meanwhile)
    with progress.stage(INFERENCE):
        passes = [_read_answer(base, view, (yield request))]
        if quality == "best" and helpers:
            yield from _run_helpers(source, helpers, passes, progress)
        elif quality == "best":
            yield from _run_augmented(source, base, passes, progress)
    return passes


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
