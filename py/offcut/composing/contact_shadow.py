"""The shadow where the subject stands on the ground: dark where it touches, gone where it does not.

Decides: how fast it fades with the gap between subject and ground, and how flat it lies there.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from offcut.arrays import AlphaMatte
from offcut.composing.frame import Frame
from offcut.composing.over import lay_color
from offcut.options.colors import Color

GAP: Final = 0.06
"""Share of the subject's longer side: over so wide a gap the shadow falls to 1 / e."""
FLATNESS: Final = 0.5
"""Its blur down, for that across: the ground is seen from the side."""
# Where a Gaussian ends in eight bits.
_SIGMAS: Final = 3.5
_LEAST_SIGMA: Final = 0.5


@dataclass(frozen=True, slots=True)
class ContactShadow:
    """Opacity as a product of two curves, so that it is smooth at any size.

    Attributes
    ----------
    across : float64, shape (W,)
        Share of the full opacity in each column of the finished picture.
    ground : float
        Row of the ground in the finished picture.
    sigma : float
        Standard deviation down, in pixels.
    strength : float
    color : Color
    """

    across: NDArray[np.float64]
    ground: float
    sigma: float
    strength: float
    color: Color

    def lay_over(self, lower: Image.Image | None, rows: slice) -> Image.Image:
        """Lay the shadow over rows of the finished picture; of mode RGBA if there is nothing."""
        centres: NDArray[np.float64] = np.arange(rows.start, rows.stop, dtype=np.float64) + 0.5
        far = (centres - self.ground) / self.sigma
        down = self.strength * np.exp(-0.5 * far * far)
        opacity = np.rint(255 * np.outer(down, self.across)).astype(np.uint8)
        return lay_color(self.color, Image.fromarray(opacity), lower)


def make_contact_shadow(  # noqa: PLR0913 (each is a fact of its own)
    frame: Frame,
    alpha: AlphaMatte,
    *,
    ground: float,
    longer_side: float,
    sigma: float,
    strength: float,
    color: Color,
) -> ContactShadow:
    """Measure in every column how far the subject is above the ground.

    Parameters
    ----------
    frame : Frame
    alpha : uint8, shape (H, W)
        The matte as it is shown, at source size.
    ground : float
        Row of the finished picture on which the subject stands.
    longer_side : float
        Of the subject's box, in pixels of the finished picture.
    sigma : float
        Standard deviation of the blur across, in pixels of the finished picture.
    strength : float, 0 to 1
        Opacity where the subject touches the ground.
    color : Color
    """
    down, across = frame.scale
    lowest, is_any = _lowest(alpha)
    gap = np.maximum(0, ground - (frame.top + lowest * down))
    dark = np.where(is_any, np.exp(-gap / max(1e-6, GAP * longer_side)), 0.0)
    places = (np.arange(frame.size[1]) + 0.5 - frame.left) / across - 0.5
    columns = np.interp(places, np.arange(len(dark)), dark, left=0, right=0)
    blurred = _blur(columns, max(sigma, _LEAST_SIGMA))
    return ContactShadow(blurred, ground, max(sigma * FLATNESS, _LEAST_SIGMA), strength, color)


def _lowest(alpha: AlphaMatte) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Find where each column ends below, and whether it has anything at all."""
    least = max(1, (int(alpha.max()) + 1) // 2)
    is_seen = alpha[::-1] >= least
    above = is_seen.argmax(axis=0).astype(np.float64)
    return alpha.shape[0] - above, np.logical_or.reduce(is_seen, axis=0)


def _blur(values: NDArray[np.float64], sigma: float) -> NDArray[np.float64]:
    reach = math.ceil(_SIGMAS * sigma)
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2)
    padded = np.pad(values, reach)
    blurred = np.convolve(padded, kernel / kernel.sum(), "valid").astype(np.float64)
    return np.clip(blurred, 0, 1)
