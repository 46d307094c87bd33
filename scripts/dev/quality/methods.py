"""Ways to cut a picture out that are compared: a network's plain matte, and our pipeline."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from offcut import OffcutOptions
from offcut.errors import SubjectError
from offcut.network.preprocess import preprocess
from offcut.network.views import View
from offcut.pipeline import run_pipeline
from offcut.source_image import SourceImage
from PIL import Image

from dev.quality.cached_sessions import OpenModel
from dev.quality.scores import Truth

Bytes = NDArray[np.uint8]
Method = Callable[[Truth], tuple[Bytes, Bytes | None]]
"""Gives a picture's matte, and its colours unless they are the picture's own."""


def plain(model: OpenModel, resample: Image.Resampling) -> Method:
    """Enlarge the network's matte, with the picture's own colours."""

    def run(truth: Truth) -> tuple[Bytes, None]:
        height, width = truth.alpha.shape
        view = View((0, 0, width, height), resample=resample)
        tensor = preprocess(source_of(truth), model.spec.input, view)
        output = model.session.run({model.spec.input.name: tensor}, model.spec.output.name)
        small = Image.fromarray(np.clip(output[0, 0], 0, 1))
        matte = np.asarray(small.resize((width, height), Image.Resampling.BILINEAR))
        return np.rint(matte * 255).astype(np.uint8), None

    return run


def ours(models: list[OpenModel], quality: Any) -> Method:
    """Run our pipeline, and read what it would write."""
    sessions = {model.spec.id: model.session for model in models}
    specs = [model.spec for model in models]

    def run(truth: Truth) -> tuple[Bytes, Bytes]:
        options = OffcutOptions(quality=quality, max_megapixels=200)
        try:
            rgba = run_pipeline(source_of(truth), sessions, specs, options).rgba()
        except SubjectError:
            return np.zeros(truth.alpha.shape, np.uint8), np.zeros_like(truth.image)
        return rgba[..., 3], rgba[..., :3]

    return run


def source_of(truth: Truth) -> SourceImage:
    """Take a picture as if it had just been decoded."""
    own_alpha = None if truth.own_alpha is None else Image.fromarray(truth.own_alpha)
    return SourceImage(Image.fromarray(truth.image), own_alpha, "PNG", None, None, ())
