"""What a pair of networks that is asked by clicks finds at a tap.

Decides: that the picture is encoded once, that all taps are told with each, and as what; that a
pair which fails is done without, for this picture.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import replace
from typing import Any, Final, cast

import numpy as np
from numpy.typing import NDArray

from offcut.arrays import Floats
from offcut.editing.regions import RegionKind
from offcut.errors import InferenceError
from offcut.kernels.sampling import resize_plane
from offcut.network.inference import InferenceRequest
from offcut.network.letterbox import content_box
from offcut.network.postprocess import postprocess
from offcut.network.preprocess import preprocess
from offcut.network.prompted_models import PromptedSpec
from offcut.source_image import SourceImage
from offcut.tapping.scene import Scene, Tap

MOST_MASKS: Final = 4
"""Of one answer: the part, the thing, the group, and what a network gives besides."""

MaskSteps = Generator[InferenceRequest, object, list[Floats]]
SceneSteps = Generator[InferenceRequest, object, list[Scene]]


class Prompts:
    """Asks about one picture; remembers what the encoder made of it."""

    def __init__(self, source: SourceImage) -> None:
        self._source = source
        self._known: tuple[str, NDArray[np.float32]] | None = None
        self.failure: InferenceError | None = None
        """Why the pair is not asked about this picture any more."""

    def ask_steps(
        self, spec: PromptedSpec | None, scenes: list[Scene], tap: Tap, earlier: Sequence[Tap]
    ) -> SceneSteps:
        """Add what the pair says of a tap, if only ahead of it; nothing where it fails."""
        if spec is None or self.failure is not None:
            return scenes
        try:
            yield from self.encode_steps(spec)
            return (yield from self.scene_steps(spec, scenes, tap, earlier))
        except InferenceError as failure:
            self.failure = failure
            return scenes

    def encode_steps(
        self, spec: PromptedSpec
    ) -> Generator[InferenceRequest, object, NDArray[np.float32]]:
        """Let the encoder see the picture, unless it has; gives what it makes of it."""
        if self._known is None or self._known[0] != spec.encoder.id:
            feeds = {spec.input.name: preprocess(self._source, spec.input)}
            answer = yield InferenceRequest(spec.encoder.id, feeds, spec.encoder.output.name)
            self._known = (spec.encoder.id, _checked(answer, spec.encoder.id))
        return self._known[1]

    def scene_steps(
        self, spec: PromptedSpec, scenes: Sequence[Scene], tap: Tap, earlier: Sequence[Tap]
    ) -> SceneSteps:
        """Add the answers to what is known at a tap, for each way that it may go."""
        asked: list[Scene] = []
        for scene in scenes:
            shape = scene.alpha.shape
            masks = yield from self.mask_steps(spec, tap, scene.kind, earlier, shape)
            asked.append(replace(scene, prompted=masks))
        return asked

    def mask_steps(
        self,
        spec: PromptedSpec,
        tap: Tap,
        kind: RegionKind,
        earlier: Sequence[Tap],
        shape: tuple[int, int],
    ) -> MaskSteps:
        """Ask what is at a tap.

        Parameters
        ----------
        spec : PromptedSpec
        tap : Tap
        kind : {"add", "take"}
            What the tap is taken for: earlier ones of this kind are on the thing too, those of the
            other kind beside it.
        earlier : sequence of Tap
        shape : (int, int)
            (height, width) of the masks that are given.

        Yields
        ------
        InferenceRequest

        Returns
        -------
        list of float32, shape (h, w), range [0, 1]
            At most `MOST_MASKS`, as the network orders them.

        Raises
        ------
        InferenceError
            OUTPUT_MISMATCH.
        """
        embedding = yield from self.encode_steps(spec)
        points, labels = self._clicks(spec, tap, kind, earlier)
        feeds = {
            spec.embedding: embedding,
            spec.points: points,
            spec.labels: labels,
            **{each.name: each.tensor() for each in spec.constants},
        }
        answer = yield InferenceRequest(spec.decoder.id, feeds, spec.output.name)
        masks = _checked(answer, spec.decoder.id)
        if masks.ndim != 4 or masks.shape[0] != 1 or 0 in masks.shape:
            raise _mismatch(spec.decoder.id, f"shape {masks.shape}")
        return [self._placed(spec, mask, shape) for mask in masks[0, :MOST_MASKS]]

    def _clicks(
        self, spec: PromptedSpec, tap: Tap, kind: RegionKind, earlier: Sequence[Tap]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Tell all taps in pixels of the encoder's input, the last one first."""
        left, top, right, bottom = content_box(spec.input, self._source.size)
        height, width = self._source.size
        across, down = (right - left) / width, (bottom - top) / height
        told = [(tap, 1.0)] + [
            (each, float(each.kind == kind)) for each in earlier if each.kind is not None
        ]
        points = [(left + each.x * across, top + each.y * down) for each, _ in told]
        labels = [label for _, label in told]
        if spec.padding:
            points.append((0, 0))
            labels.append(-1)
        return np.array([points], np.float32), np.array([labels], np.float32)

    def _placed(
        self, spec: PromptedSpec, mask: NDArray[np.float32], shape: tuple[int, int]
    ) -> Floats:
        """Take the part of a mask that shows the picture, at the wanted size."""
        box = content_box(spec.input, self._source.size)
        down, across = mask.shape[0] / spec.input.height, mask.shape[1] / spec.input.width
        left, right = round(box[0] * across), round(box[2] * across)
        top, bottom = round(box[1] * down), round(box[3] * down)
        inner = mask[top : max(bottom, top + 1), left : max(right, left + 1)]
        return resize_plane(postprocess(inner, spec.output), shape)


def _checked(answer: object, model: str) -> NDArray[np.float32]:
    if not isinstance(answer, np.ndarray) or cast("NDArray[Any]", answer).dtype != np.float32:
        raise TypeError("an inference request is answered with float32")
    values = cast("NDArray[np.float32]", answer)
    if not np.isfinite(values).all():
        raise _mismatch(model, "values that are not numbers")
    return values


def _mismatch(model: str, what: str) -> InferenceError:
    return InferenceError("OUTPUT_MISMATCH", f"{model} gave {what}.", detail={"model": model})
