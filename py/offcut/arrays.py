"""Names for the arrays that go from stage to stage, and the checks at the stages' borders.

Decides: how many rows a band has, and with it how much memory floats take.

A type checker knows the dtype but neither shape nor range, so these are checked at run
time, once, where an array enters a stage.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[Any]
"""float32 at run time; numpy's stubs make float64 of what is mixed with a plain number."""

RgbImage: TypeAlias = NDArray[np.uint8]
"""uint8, shape (H, W, 3), sRGB-encoded (or the profile's own encoding), upright."""

RgbaImage: TypeAlias = NDArray[np.uint8]
"""uint8, shape (H, W, 4), straight alpha (not premultiplied)."""

AlphaMatte: TypeAlias = NDArray[np.uint8]
"""uint8, shape (H, W): opacity of the subject at source size, 0 background, 255 subject."""

CoarseAlpha: TypeAlias = NDArray[np.float32]
"""float32, shape (h, w), range [0, 1]: the matte at the model's own size."""

Trimap: TypeAlias = NDArray[np.uint8]
"""uint8, shape (H, W): 0 background, 128 unknown, 255 subject."""

ModelTensor: TypeAlias = NDArray[np.float32]
"""float32, NCHW: exactly what the network takes or gives."""


def check_rgb(image: RgbImage) -> None:
    """Raise ValueError unless `image` is uint8 of shape (H, W, 3)."""
    if image.dtype != np.uint8 or image.ndim != 3 or image.shape[2] != 3:
        raise ValueError(f"need uint8 (H, W, 3), got {image.dtype} {image.shape}")


def check_matte(alpha: AlphaMatte) -> None:
    """Raise ValueError unless `alpha` is uint8 of shape (H, W)."""
    if alpha.dtype != np.uint8 or alpha.ndim != 2:
        raise ValueError(f"need uint8 (H, W), got {alpha.dtype} {alpha.shape}")


def check_pair(image: RgbImage, alpha: AlphaMatte) -> None:
    """Raise ValueError unless image and matte are well-formed and of one size."""
    check_rgb(image)
    check_matte(alpha)
    if image.shape[:2] != alpha.shape:
        raise ValueError(f"image {image.shape[:2]} and matte {alpha.shape} differ in size")


def row_bands(height: int, width: int, pixels: int = 1 << 20) -> list[slice]:
    """Cut a picture's rows into bands of about `pixels` pixels each.

    Full-size float copies are what breaks the memory bound, so float work goes band by
    band. A million pixels is 12 MB of float32 RGB and still long enough to hide numpy's
    cost per call.
    """
    rows = max(1, pixels // max(1, width))
    return [slice(top, min(top + rows, height)) for top in range(0, height, rows)]


def overlapping_bands(shape: tuple[int, ...], reach: int) -> list[tuple[slice, slice]]:
    """Cut rows into bands with neighbours: the rows to read, and which of them count."""
    result: list[tuple[slice, slice]] = []
    for rows in row_bands(shape[0], shape[1], pixels=1 << 19):
        top, bottom = max(0, rows.start - reach), min(shape[0], rows.stop + reach)
        result.append((slice(top, bottom), slice(rows.start - top, rows.stop - top)))
    return result
