"""What a flat graphic lies on: a background of one colour, and how noisy it is.

Decides: when a border counts as one colour, how much JPEG noise is still background, when a picture
is too noisy to be cut so.

A PNG's background is exact. A JPEG's is exact only away from edges: in the blocks of an edge
it is noisy, so that the noise is measured there, and not at the border.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops

from offcut.arrays import row_bands
from offcut.flat_graphics.checkerboard import find_checkerboard
from offcut.flat_graphics.known_background import KnownBackground, as_layer, level
from offcut.flat_graphics.smooth_surface import fit_surface
from offcut.kernels.dilation import window_maximum
from offcut.source_image import SourceImage

RING: Final = 2
"""Pixels of the border that are looked at."""
STEADY: Final = 2
"""Levels of 255 by which one colour may vary."""
LEAST_RING: Final = 0.6
"""Share of the border that has the colour; the rest is the subject's. In none of 45 photos
had even a quarter."""
STRONG: Final = 64
"""Levels from the background's colour that make an edge around which a JPEG is noisy."""
NOISE_REACH: Final = 8
"""Pixels that a JPEG's block carries noise from an edge."""
MOST_FLOOR: Final = 36
"""Levels; where noise is greater nothing is certain."""
NOISY: Final = 0.5
"""Levels of noise from which on a picture has been compressed with losses."""
LUMA_WEIGHTS: Final = (1.0, 0.3, 0.3)
"""Of brightness and the two differences of colour in a noisy picture."""
_ENOUGH: Final = 1 << 18


@dataclass(frozen=True, slots=True)
class FlatBackground:
    """A picture on a background of one colour.

    Attributes
    ----------
    original : SourceImage
        The picture.
    rgb : (int, int, int)
        The background's colour; the middle one of a surface or a checkerboard.
    noise : float, levels of 255
        Of the background beside edges.
    distance : uint8, shape (H, W)
        Greatest difference of each pixel to the background, over the channels.
    known : KnownBackground or None
        What it looks like where it is not of one colour.
    """

    original: SourceImage
    rgb: tuple[int, int, int]
    noise: float
    distance: NDArray[np.uint8]
    known: KnownBackground | None = None

    @property
    def is_noisy(self) -> bool:
        """Whether the picture has been compressed with losses."""
        return self.noise >= NOISY

    @property
    def color(self) -> tuple[int, int, int]:
        """The background's colour; as brightness and two differences if it is noisy."""
        return _convert_color(self.rgb, is_noisy=self.is_noisy)

    @property
    def floor(self) -> int:
        """Levels; what differs by no more is the background."""
        return max(STEADY, math.ceil(3 * self.noise))

    @property
    def weights(self) -> tuple[float, float, float]:
        """How much each channel counts: JPEG keeps colours at half the resolution."""
        return LUMA_WEIGHTS if self.is_noisy else (1.0, 1.0, 1.0)

    def pixels(self, rows: slice) -> NDArray[np.uint8]:
        """Give rows as RGB, or as brightness and colour if noisy: uint8, shape (rows, W, 3)."""
        return np.asarray(_band(self.original, rows, is_noisy=self.is_noisy))

    def behind(self, rows: slice) -> NDArray[np.uint8]:
        """Give the background in rows, as `pixels` gives those: uint8, (rows, W or 1, 3)."""
        if self.known is None:
            return np.full((rows.stop - rows.start, 1, 3), self.color, np.uint8)
        colors = self.known.rows(rows, self.original.size)
        image = Image.fromarray(np.clip(np.rint(colors), 0, 255).astype(np.uint8))
        return np.asarray(image.convert("YCbCr") if self.is_noisy else image)

    def as_layer(self) -> NDArray[np.uint8]:
        """Paint the background as it is in the picture: uint8, shape (h, w, 4)."""
        if self.known is None:
            return np.full((1, 1, 4), (*self.rgb, 255), np.uint8)
        return as_layer(self.known, self.original.size)


def find_flat_background(source: SourceImage) -> FlatBackground | None:
    """Find the one colour of a picture's border; None if it has many.

    Costs a look at the border for most photos. Else O(H * W), one byte a pixel.
    """
    color = border_color(source)
    if color is not None:
        return _find_in(source, source, color, None)
    known = fit_surface(source) or find_checkerboard(source)
    return _find_in(source, level(source, known), known.color, known) if known else None


def _find_in(
    original: SourceImage,
    source: SourceImage,
    color: tuple[int, int, int],
    known: KnownBackground | None,
) -> FlatBackground | None:
    """Measure a picture of which the background's colour is known."""
    background = _measure(source, color, is_noisy=False)
    if known is not None:
        background = replace(background, noise=max(background.noise, _grain(background.distance)))
    if background.is_noisy:
        background = _measure(source, color, is_noisy=True)
        if known is not None:
            noise = max(background.noise, _grain(background.distance))
            background = replace(background, noise=noise)
    background = replace(background, original=original, known=known)
    return background if background.floor <= MOST_FLOOR else None


def _grain(distance: NDArray[np.uint8]) -> float:
    """Measure the noise of a levelled background along the border, in levels."""
    ring = np.concatenate((distance[:RING].ravel(), distance[-RING:].ravel()))
    sides = np.concatenate((distance[:, :RING].ravel(), distance[:, -RING:].ravel()))
    away = np.concatenate((ring, sides))
    # What a subject covers of the border is no noise; the rest is nearly all within three sigma.
    return float(np.percentile(away[away <= MOST_FLOOR], 98)) / 3 if away.size else 0.0


def border_color(source: SourceImage) -> tuple[int, int, int] | None:
    """Give the colour that most of the border has, to a few levels; None if there is none."""
    width, height = source.image.size
    boxes = (
        (0, 0, width, min(RING, height)),
        (0, max(0, height - RING), width, height),
        (0, 0, min(RING, width), height),
        (max(0, width - RING), 0, width, height),
    )
    ring = np.concatenate([np.asarray(source.image.crop(box)).reshape(-1, 3) for box in boxes])
    color = np.median(ring, axis=0).astype(np.int16)
    away = np.abs(ring - color).max(axis=1)
    return _triple(color) if float((away <= STEADY).mean()) >= LEAST_RING else None


def _triple(color: NDArray[np.integer]) -> tuple[int, int, int]:
    first, second, third = (int(channel) for channel in color)
    return first, second, third


def _convert_color(rgb: tuple[int, int, int], *, is_noisy: bool) -> tuple[int, int, int]:
    if not is_noisy:
        return rgb
    return _triple(np.asarray(Image.new("RGB", (1, 1), rgb).convert("YCbCr"))[0, 0])


def _measure(source: SourceImage, rgb: tuple[int, int, int], *, is_noisy: bool) -> FlatBackground:
    """Take the distances to a colour, and the noise in them."""
    weights = LUMA_WEIGHTS if is_noisy else (1.0, 1.0, 1.0)
    table = [
        min(255, round(weight * abs(value - channel)))
        for channel, weight in zip(_convert_color(rgb, is_noisy=is_noisy), weights, strict=True)
        for value in range(256)
    ]
    distance = np.empty(source.size, np.uint8)
    for rows in row_bands(*source.size):
        first, second, third = _band(source, rows, is_noisy=is_noisy).point(table).split()
        distance[rows] = np.asarray(ImageChops.lighter(ImageChops.lighter(first, second), third))
    noise = _edge_noise(distance)
    return FlatBackground(source, rgb, max(NOISY, noise) if is_noisy else noise, distance)


def _band(source: SourceImage, rows: slice, *, is_noisy: bool) -> Image.Image:
    band = source.image.crop((0, rows.start, source.image.width, rows.stop))
    return band.convert("YCbCr") if is_noisy else band


def _edge_noise(distance: NDArray[np.uint8]) -> float:
    """Measure what compression has left of noise on the background near edges, in levels.

    A shadow near an edge is smooth, so it is not what is measured: second differences are.
    """
    found: list[NDArray[np.int16]] = []
    for rows in row_bands(*distance.shape, pixels=1 << 19):
        band = distance[rows]
        strong = band >= STRONG
        if min(band.shape) < 3 or not strong.any():
            continue
        near = window_maximum(strong, NOISE_REACH) & ~window_maximum(strong, 3)
        near &= band <= MOST_FLOOR
        values = band.astype(np.int16)
        bend = np.abs(2 * values[:, 1:-1] - values[:, :-2] - values[:, 2:])
        found.append(bend[near[:, 1:-1]])
        if sum(map(len, found)) > _ENOUGH:
            break
    bends = np.concatenate(found) if found else np.zeros(0, np.int16)
    return float(np.percentile(bends, 95)) / 2 if bends.size else 0.0
