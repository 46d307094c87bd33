"""The stages in their order: from the bytes of a picture to the bytes of its cutout.

The pipeline is a generator: it yields an `InferenceRequest` where it needs the network
and is sent the network's output. So one flow serves a caller who can block
(`run_pipeline`, natively) and one who must await (`runtime/browser.py`, in Pyodide).
"""

from __future__ import annotations

from collections.abc import Generator

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops

from offcut.arrays import AlphaMatte
from offcut.backdrop import require_picture
from offcut.cutout import Cutout, render
from offcut.decode import decode, request_jpeg
from offcut.foreground import estimate_layers
from offcut.inference import InferenceRequest, Session, check_output
from offcut.jpeg_request import DecodeRequest
from offcut.models import ModelSpec
from offcut.options import OffcutOptions
from offcut.postprocess import postprocess, require_subject
from offcut.preprocess import preprocess
from offcut.progress import Progress
from offcut.refine import refine_alpha
from offcut.source_image import SourceImage
from offcut.stages import (
    DECODE,
    FOREGROUND,
    INFERENCE,
    POSTPROCESS,
    PREPROCESS,
    REFINE,
)
from offcut.subject import Subject

Picture = bytes | memoryview | SourceImage
"""A picture file, or what another decoder made of one."""

Request = InferenceRequest | DecodeRequest
Answer = NDArray[np.float32] | Image.Image | None
CutoutSteps = Generator[Request, Answer, Cutout]


def cutout_steps(
    picture: Picture,
    spec: ModelSpec,
    options: OffcutOptions,
    progress: Progress,
    background_picture: Picture | None = None,
) -> CutoutSteps:
    """Remove the background of one picture, step by step.

    Parameters
    ----------
    picture : bytes, memoryview or SourceImage
    spec : ModelSpec
        The model to ask.
    options : OffcutOptions
    progress : Progress
        Follows the stages; may stop the job between any two of them.
    background_picture : bytes, memoryview, SourceImage or None
        For the background "picture".

    Yields
    ------
    InferenceRequest
        To be answered (`send`) with the network's output, float32 NCHW.
    DecodeRequest
        To be answered with the JPEG's pixels (mode RGB), or with None to leave it to Pillow.

    Returns
    -------
    Cutout

    Raises
    ------
    OffcutError
        Any of its kinds; nothing else on any input.
    """
    require_picture(options, background_picture)
    with progress.stage(DECODE):
        source = yield from _decoded(picture, options)
        behind = None
        if options.background == "picture" and background_picture is not None:
            behind = yield from _decoded(background_picture, options)
    with progress.stage(PREPROCESS):
        feeds = {spec.input.name: preprocess(source, spec.input)}
    with progress.stage(INFERENCE):
        output = yield InferenceRequest(spec.id, feeds, spec.output.name)
        if not isinstance(output, np.ndarray):
            raise TypeError("an inference request is answered with an array")
    with progress.stage(POSTPROCESS):
        coarse = postprocess(check_output(output, spec), spec.output)
        require_subject(coarse)
    with progress.stage(REFINE):
        alpha = with_own_alpha(refine_alpha(source, coarse), source)
    with progress.stage(FOREGROUND):
        layers = estimate_layers(source, alpha)
    return render(Subject(source, alpha, layers), options, progress, behind)


def run_pipeline(  # noqa: PLR0913 (all but three have defaults)
    picture: Picture,
    session: Session,
    spec: ModelSpec,
    options: OffcutOptions | None = None,
    progress: Progress | None = None,
    *,
    background_picture: Picture | None = None,
) -> Cutout:
    """Remove the background of one picture, with a session that answers at once.

    See `cutout_steps` for the parameters and errors.
    """
    steps = cutout_steps(
        picture, spec, options or OffcutOptions(), progress or Progress(), background_picture
    )
    try:
        request = next(steps)
        while True:
            if isinstance(request, InferenceRequest):
                request = steps.send(session.run(request.feeds, request.fetch))
            else:
                request = steps.send(None)  # here Pillow gives the usual pixels
    except StopIteration as end:
        return end.value


def with_own_alpha(alpha: AlphaMatte, source: SourceImage) -> AlphaMatte:
    """Multiply the matte by the alpha channel that the file itself had.

    What was transparent stays so, whatever the network thinks of it.
    """
    if source.own_alpha is None:
        return alpha
    product = ImageChops.multiply(Image.fromarray(alpha), source.own_alpha)
    return np.asarray(product)


def _decoded(picture: Picture, options: OffcutOptions) -> Generator[Request, Answer, SourceImage]:
    if isinstance(picture, SourceImage):
        return picture
    request = request_jpeg(picture, options.max_megapixels)
    pixels = (yield request) if request else None
    if isinstance(pixels, np.ndarray):
        raise TypeError("a decode request is answered with a picture")
    return decode(picture, max_megapixels=options.max_megapixels, jpeg_pixels=pixels)
