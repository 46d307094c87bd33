"""The network's looks at crops around taps, remembered from one tap to the next.

Decides: how many answers are kept.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Generator
from typing import Any, Final, cast

import numpy as np
from numpy.typing import NDArray

from offcut.arrays import CoarseAlpha
from offcut.network.inference import InferenceRequest, check_output
from offcut.network.letterbox import content_box
from offcut.network.models import ModelSpec
from offcut.network.postprocess import postprocess
from offcut.network.preprocess import preprocess
from offcut.network.views import View
from offcut.source_image import SourceImage
from offcut.tapping.scene import Look

MOST_LOOKS: Final = 40
"""Of 320 x 320 floats: 16 MB."""


class Looks:
    """What networks have answered for views of one picture."""

    def __init__(self, source: SourceImage) -> None:
        self._source = source
        self._known: OrderedDict[tuple[str, View], CoarseAlpha] = OrderedDict()

    def known(self, model: ModelSpec, views: list[View]) -> list[Look]:
        """Give those looks that need no network."""
        return [
            Look(view, self._known[model.id, view])
            for view in views
            if (model.id, view) in self._known
        ]

    def look_steps(
        self, model: ModelSpec, views: list[View]
    ) -> Generator[InferenceRequest, object, list[Look]]:
        """Look at all views; yields a request for each that is not known."""
        for view in views:
            key = (model.id, view)
            if key not in self._known:
                feeds = {model.input.name: preprocess(self._source, model.input, view)}
                answer = yield InferenceRequest(model.id, feeds, model.output.name)
                self._known[key] = _read(model, view, answer)
            self._known.move_to_end(key)
        looks = self.known(model, views)
        while len(self._known) > MOST_LOOKS:
            self._known.popitem(last=False)
        return looks


def _read(model: ModelSpec, view: View, answer: object) -> CoarseAlpha:
    """Take the part of an answer that shows the view, as a matte."""
    if not isinstance(answer, np.ndarray) or cast("NDArray[Any]", answer).dtype != np.float32:
        raise TypeError("an inference request is answered with float32")
    output = check_output(cast("NDArray[np.float32]", answer), model)
    left, top, right, bottom = content_box(model.input, view.size)
    return postprocess(output[top:bottom, left:right], model.output)
