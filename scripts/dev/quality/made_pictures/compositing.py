"""Lays a subject on a background by a matte that is known."""

from typing import Final

import numpy as np

from dev.quality.made_pictures.textures import Colors, Plane
from dev.quality.scores import Truth

SIZE: Final = (480, 640)
"""(height, width) of most pictures: twice the network's."""
LARGE: Final = (900, 1200)
SMALL: Final = (240, 320)
"""As large as the network's input: there is nothing to refine."""


def composite(
    name: str, matte: Plane, subject: Colors, background: Colors, own_alpha: Plane | None = None
) -> Truth:
    """Lay a subject on a background.

    Parameters
    ----------
    name : str
    matte : float64, shape (H, W), range [0, 1]
    subject, background : float64, shape (H, W, 3), range [0, 255]
    own_alpha : float64, shape (H, W), range [0, 1], optional
        Alpha channel of the file, by which the true matte is multiplied.
    """
    alpha = np.rint(matte * 255)[..., np.newaxis] / 255
    image = alpha * subject + (1 - alpha) * background
    true = alpha[..., 0] if own_alpha is None else alpha[..., 0] * own_alpha
    return Truth(
        name,
        np.rint(image).astype(np.uint8),
        true.astype(np.float32),
        np.rint(np.where(alpha > 0, subject, 0)).astype(np.uint8),
        None if own_alpha is None else np.rint(own_alpha * 255).astype(np.uint8),
    )
