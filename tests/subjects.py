"""Pictures whose matte and colours are known, and a network that knows them too."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from offcut import OffcutOptions
from offcut.composing.compose import compose
from offcut.kernels.numpy_kernels import NumpyKernels
from offcut.matting.foreground import estimate_layers
from offcut.network.inference import Feeds
from offcut.network.models import InputContract, ModelSpec, OutputContract
from offcut.source_image import SourceImage
from offcut.subject import Subject
from PIL import Image

INSIDE, OUTSIDE = (200, 60, 40), (20, 90, 160)
KERNELS = NumpyKernels()
SIDE = 64
"""Pixels of the fake network's input."""

SPEC = ModelSpec(
    id="u2netp",
    file="models/weights/u2netp.onnx",
    bytes=0,
    sha256="",
    input=InputContract("in", SIDE, SIDE, (0.0, 0.0, 0.0), (1.0, 1.0, 1.0), 1 / 255),
    output=OutputContract("out", "none"),
)


def disc(
    height: int = 96, width: int = 128, *, radius: float = 30, softness: float = 0.0
) -> NDArray[np.uint8]:
    """Draw a disc in the middle: uint8, (height, width). Its edge is `softness` pixels wide."""
    y, x = np.mgrid[:height, :width] + 0.5
    distance = np.hypot(y - height / 2, x - width / 2) - radius
    if softness == 0:
        return np.where(distance <= 0, 255, 0).astype(np.uint8)
    return np.rint(255 * np.clip(0.5 - distance / softness, 0, 1)).astype(np.uint8)


def picture_of(alpha: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Mix INSIDE and OUTSIDE by a matte: uint8, (H, W, 3)."""
    share = alpha[..., np.newaxis] / 255
    return np.rint(share * INSIDE + (1 - share) * OUTSIDE).astype(np.uint8)


def photo_of(alpha: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Mix INSIDE and OUTSIDE, in light that falls off: no colour of it is even."""
    light = np.linspace(1.0, 0.6, alpha.shape[1])[:, np.newaxis]
    return np.rint(picture_of(alpha) * light).astype(np.uint8)


def grainy(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Add so much grain that nothing is told from its background by colour alone."""
    grain = np.random.default_rng(1).integers(-50, 50, (*pixels.shape[:2], 1))
    return np.clip(pixels + grain, 0, 255).astype(np.uint8)


def source_of(pixels: NDArray[np.uint8], own_alpha: NDArray[np.uint8] | None = None) -> SourceImage:
    """Wrap pixels as if they had been decoded."""
    own = None if own_alpha is None else Image.fromarray(own_alpha)
    return SourceImage(Image.fromarray(pixels), own, "PNG", None, None, ())


def subject_of(
    alpha: NDArray[np.uint8],
    pixels: NDArray[np.uint8] | None = None,
    own_alpha: NDArray[np.uint8] | None = None,
) -> Subject:
    """Make what the pipeline finds in a picture if its matte is `alpha`."""
    source = source_of(picture_of(alpha) if pixels is None else pixels, own_alpha)
    return Subject(source, alpha, estimate_layers(source, alpha, KERNELS), KERNELS)


@dataclass
class FakeSession:
    """Sees a disc in every picture, or whatever else it is told to see.

    Attributes
    ----------
    answer : float32, shape (1, 1, SIDE, SIDE)
    runs : int
        How often it was asked.
    """

    answer: NDArray[np.float32] = field(
        default_factory=lambda: (disc(SIDE, SIDE, radius=20) / 255).astype(np.float32)[None, None]
    )
    runs: int = 0

    def run(self, feeds: Feeds, fetch: str) -> NDArray[np.float32]:
        """Answer as `offcut.network.inference.Session` says."""
        assert set(feeds) == {SPEC.input.name}
        assert fetch == SPEC.output.name
        self.runs += 1
        return self.answer


class Seeing:
    """Sees a disc in whatever it is shown, as a model of any size; for the real registry."""

    def run(self, feeds: Feeds, fetch: str) -> NDArray[np.float32]:
        """Answer as `offcut.network.inference.Session` says."""
        assert fetch
        (tensor,) = feeds.values()
        height, width = tensor.shape[2:]
        return (disc(height, width, radius=90) / 255).astype(np.float32)[None, None]


def painted(
    subject: Subject, picture: SourceImage | None = None, **options: Any
) -> NDArray[np.uint8]:
    """Compose and put the bands together."""
    composition = compose(subject, OffcutOptions(**options), picture)
    pixels = np.concatenate(list(composition.bands()))
    assert pixels.shape[:2] == composition.size
    assert (1 if pixels.ndim == 2 else pixels.shape[2]) == composition.channels
    return pixels


def differ(first: NDArray[Any], second: NDArray[Any]) -> float:
    """The greatest difference of two pictures."""
    return float(np.abs(first.astype(float) - second.astype(float)).max())
