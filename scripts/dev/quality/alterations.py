"""Altered copies of the pictures, on which a number that was chosen on them must hold too."""

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from dev.quality.scores import Truth

Bytes = NDArray[np.uint8]
GAMMA: Final = 1.5
QUALITY: Final = 60


def _mirror(truth: Truth) -> Truth:
    own, own_alpha = truth.foreground, truth.own_alpha
    return Truth(
        truth.name,
        np.ascontiguousarray(truth.image[:, ::-1]),
        np.ascontiguousarray(truth.alpha[:, ::-1]),
        None if own is None else np.ascontiguousarray(own[:, ::-1]),
        None if own_alpha is None else np.ascontiguousarray(own_alpha[:, ::-1]),
    )


def _halve(truth: Truth) -> Truth:
    height, width = truth.alpha.shape
    size = max(1, round(width / 2)), max(1, round(height / 2))
    matte = Image.fromarray(truth.alpha).resize(size, Image.Resampling.LANCZOS)
    own, own_alpha = truth.foreground, truth.own_alpha
    return Truth(
        truth.name,
        _resize(truth.image, size),
        np.clip(np.asarray(matte), 0, 1),
        None if own is None else _resize(own, size),
        None if own_alpha is None else _resize(own_alpha, size),
    )


def _resize(pixels: Bytes, size: tuple[int, int]) -> Bytes:
    return np.asarray(Image.fromarray(pixels).resize(size, Image.Resampling.LANCZOS))


def _darken(truth: Truth) -> Truth:
    own = truth.foreground
    return replace(
        truth,
        image=_apply_gamma(truth.image),
        foreground=None if own is None else _apply_gamma(own),
    )


def _apply_gamma(pixels: Bytes) -> Bytes:
    return (255 * (pixels / 255) ** GAMMA).astype(np.uint8)


def _recompress(truth: Truth) -> Truth:
    file = io.BytesIO()
    Image.fromarray(truth.image).save(file, "JPEG", quality=QUALITY)
    return replace(truth, image=np.asarray(Image.open(file)))


ALTERATIONS: Final[dict[str, Callable[[Truth], Truth]]] = {
    "mirrored": _mirror,
    "half size": _halve,
    "darker": _darken,
    f"JPEG of quality {QUALITY}": _recompress,
}
