"""The stages in their order: from the bytes of a picture to the bytes of its cutout.

The pipeline is a generator: it yields an `InferenceRequest` where it needs the network
and is sent the network's output. So one flow serves a caller who can block
(`run_pipeline`, natively) and one who must await (`runtime/browser.py`, in Pyodide).
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops

from offcut.arrays import AlphaMatte
from offcut.cutout import Cutout
from offcut.decode import decode
from offcut.encode import MEDIA_TYPES, encode
from offcut.foreground import estimate_layers
from offcut.inference import InferenceRequest, Session, check_output
from offcut.models import ModelSpec
from offcut.options import OffcutOptions
from offcut.postprocess import postprocess, require_subject
from offcut.preprocess import preprocess
from offcut.progress import Progress
from offcut.refine import upsample_alpha
from offcut.source_image import SourceImage
from offcut.stages import (
    DECODE,
    ENCODE,
    FOREGROUND,
    INFERENCE,
    POSTPROCESS,
    PREPROCESS,
    REFINE,
)

CutoutSteps = Generator[InferenceRequest, NDArray[np.float32], Cutout]


def cutout_steps(
    picture: bytes | memoryview | SourceImage,
    spec: ModelSpec,
    options: OffcutOptions,
    progress: Progress,
) -> CutoutSteps:
    """Remove the background of one picture, step by step.

    Parameters
    ----------
    picture : bytes, memoryview or SourceImage
        A picture file, or what another decoder made of one.
    spec : ModelSpec
        The model to ask.
    options : OffcutOptions
    progress : Progress
        Follows the stages; may stop the job between any two of them.

    Yields
    ------
    InferenceRequest
        To be answered (`send`) with the network's output, float32 NCHW.

    Returns
    -------
    Cutout

    Raises
    ------
    OffcutError
        Any of its kinds; nothing else on any input.
    """
    with progress.stage(DECODE):
        source = (
            picture
            if isinstance(picture, SourceImage)
            else decode(picture, max_megapixels=options.max_megapixels)
        )
    with progress.stage(PREPROCESS):
        feeds = {spec.input.name: preprocess(source, spec.input)}
    with progress.stage(INFERENCE):
        output = yield InferenceRequest(spec.id, feeds, spec.output.name)
    with progress.stage(POSTPROCESS):
        coarse = postprocess(check_output(output, spec), spec.output)
        require_subject(coarse)
    with progress.stage(REFINE):
        alpha = with_own_alpha(upsample_alpha(coarse, *source.size), source)
    with progress.stage(FOREGROUND):
        layers = estimate_layers(source, alpha)
    cutout = Cutout(source, alpha, layers)
    with progress.stage(ENCODE):
        encoded = encode_cutout(cutout, options, progress)
    return replace(
        cutout, encoded=encoded, media_type=MEDIA_TYPES["png"], timings=progress.timings
    )


def run_pipeline(
    picture: bytes | memoryview | SourceImage,
    session: Session,
    spec: ModelSpec,
    options: OffcutOptions | None = None,
    progress: Progress | None = None,
) -> Cutout:
    """Remove the background of one picture, with a session that answers at once.

    See `cutout_steps` for the parameters and errors.
    """
    steps = cutout_steps(picture, spec, options or OffcutOptions(), progress or Progress())
    try:
        request = next(steps)
        while True:
            request = steps.send(session.run(request.feeds, request.fetch))
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


def encode_cutout(cutout: Cutout, options: OffcutOptions, progress: Progress) -> bytes:
    """Write the cutout, or its matte alone, as PNG at the source's full size."""
    if options.matte_only:
        bands, channels, profile = cutout.matte_bands(), 1, None
    else:
        bands, channels, profile = cutout.rgba_bands(), 4, cutout.source.icc_profile
    return encode(
        bands,
        cutout.size,
        channels=channels,
        format="png",
        icc_profile=profile,
        checkpoint=progress.advance,
    )
