"""Flat graphics: a logo, a clip art, a screenshot, a product on pure white, cut exactly.

Decides: when a picture is cut by its colour at all, also before a gradient or checkerboard: how
sharp its outline and how large its background must be, which specks are noise. A picture with
transparency never is.

Where the whole border has one colour and a region of just that colour surrounds something
with sharp edges, no network is needed to say what the background is: alpha follows from the
colours. Only what is certain is cut so. A plain wall is not of one colour, a soft shadow has
no sharp edge, and of a photo the network has to see the same subject.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from offcut.arrays import AlphaMatte, CoarseAlpha, overlapping_bands, row_bands
from offcut.flat_graphics.background_color import STRONG, FlatBackground, find_flat_background
from offcut.flat_graphics.color_screen import limit_by_screen
from offcut.flat_graphics.drawing import is_plausible, tell_drawing
from offcut.flat_graphics.flat_edges import solve_edges
from offcut.flat_graphics.flat_holes import MOST_RUNS_PER_ROW, find_holes
from offcut.flat_graphics.known_background import ring_thickness
from offcut.kernels.connected_components import Mask, Regions, find_regions
from offcut.kernels.dilation import window_maximum
from offcut.matting.foreground import ColorLayers
from offcut.source_image import SourceImage

FAINTEST: Final = 24
"""Levels from the background's colour of the faintest thing that is more than noise."""
SHARP_REACH: Final = 4
"""Pixels in which an edge has to become so strong."""
LEAST_SHARP: Final = 0.98
"""Share of the outline that has to be sharp."""
LEAST_BACKGROUND: Final = 0.02
"""Share of the picture that has to be background."""
SPECK: Final = 12
"""Pixels of a blot that is nowhere strong, which is noise in a compressed picture."""
LIKELY: Final = 128
"""Opacity in the refined matte from which on a photo's pixel is not cut away."""


@dataclass(frozen=True, slots=True)
class FlatCut:
    """A subject that was cut off a background of one colour.

    Attributes
    ----------
    alpha : uint8, shape (H, W)
    background : uint8, shape (h, w, 4)
        Its colours: one pixel for a background of one colour.
    is_drawn : bool
        Whether it is a drawing. Else it is a photo, whose highlights may have the colour of
        the background without being one.
    is_noisy : bool
        Whether the picture was compressed with losses.
    limit : uint8, shape (H, W), or None
        The most that each pixel can be opaque before a coloured screen.
    """

    alpha: AlphaMatte
    background: NDArray[np.uint8]
    is_drawn: bool
    is_noisy: bool
    limit: AlphaMatte | None

    def join(self, refined: AlphaMatte) -> AlphaMatte:
        """Give a photo back what the refined matte sees as more subject than background."""
        joined = np.maximum(self.alpha, refined * (refined >= LIKELY))
        return joined if self.limit is None else np.minimum(joined, self.limit)

    def with_known_background(self, layers: ColorLayers) -> ColorLayers:
        """Put the background's true colour in the place of its estimate."""
        # Before a screen alpha is solved by the hue that must not be left over.
        is_exact = self.limit is not None or (self.is_drawn and not self.is_noisy)
        return ColorLayers(layers.subject, self.background, is_exact=is_exact)


def cut_flat_background(source: SourceImage, coarse: CoarseAlpha) -> FlatCut | None:
    """Cut out what lies on a background of one colour, if that is certain.

    Parameters
    ----------
    source : SourceImage
    coarse : float32, shape (h, w), range [0, 1]
        The network's matte. It decides what colours cannot: whether a large hole of the
        background's colour is one, and whether a photo's flat surroundings are its background.

    Returns
    -------
    FlatCut or None
        None for a picture whose background is not flat, which costs a look at its border; or
        of which something is not certain; or that has an alpha channel of its own.

    Notes
    -----
    With a known background B alpha is solved as in Smith and Blinn, "Blue Screen Matting",
    SIGGRAPH 1996; see `flat_edges`. Some three bytes a pixel beside the picture.
    """
    if source.own_alpha is not None:
        return None
    background = find_flat_background(source)
    if background is None:
        return None
    found = _find_background(background)
    if found is None:
        return None
    mask, pale = found
    is_drawn = tell_drawing(mask, background)
    if background.known is not None and not is_drawn:
        return None  # of a photo the network sees the soft edges better
    if not is_plausible(mask, coarse, is_drawn=is_drawn):
        return None
    _cut_holes(mask, pale, background, coarse)
    alpha = solve_edges(background, mask)
    limit = limit_by_screen(alpha, background)
    alpha = alpha if limit is None else np.minimum(alpha, limit)
    if not alpha.any():
        return None
    return FlatCut(alpha, background.as_layer(), is_drawn, background.is_noisy, limit)


def _find_background(background: FlatBackground) -> tuple[Mask, Regions] | None:
    """Mark the background that reaches the border; None if its outline is not sharp."""
    distance = background.distance
    pale = find_regions(
        (distance[rows] <= background.floor for rows in row_bands(*distance.shape)),
        is_diagonal=False,
        most_runs=MOST_RUNS_PER_ROW * len(distance),
    )
    if pale is None or pale.count == 0:
        return None
    mask = np.zeros(distance.shape, np.bool_)
    pale.paint(mask, pale.touches_border(), value=True)
    if not _wipe_specks(mask, background) or not LEAST_BACKGROUND <= float(mask.mean()) < 1:
        return None
    return (mask, pale) if _sharp_share(mask, background) >= LEAST_SHARP else None


def _cut_holes(mask: Mask, pale: Regions, background: FlatBackground, coarse: CoarseAlpha) -> None:
    """Add closed holes to the background, in place."""
    holes = find_holes(background, pale, ~pale.touches_border(), mask, coarse)
    if holes.any():
        pale.paint(mask, holes, value=True)
        _wipe_specks(mask, background)


def _wipe_specks(mask: Mask, background: FlatBackground) -> bool:
    """Add to the background what is only its noise; False if there is too much of it."""
    if not background.is_noisy and background.known is None:
        return True
    blots = find_regions(
        (~mask[rows] for rows in row_bands(*mask.shape)),
        is_diagonal=True,
        most_runs=MOST_RUNS_PER_ROW * len(mask),
    )
    if blots is None:
        return False
    strongest = blots.strongest(background.distance)
    is_speck = strongest < max(FAINTEST, background.floor + background.floor // 2)
    is_speck |= (strongest < STRONG) & (blots.total(blots.length) <= SPECK)
    if background.known is not None:
        is_speck |= _lies_in_rim(blots)
    blots.paint(mask, is_speck, value=True)
    return True


def _lies_in_rim(blots: Regions) -> NDArray[np.bool_]:
    """Tell which regions are only a rim of the picture: the edge of a film or of a scan."""
    height, width = blots.shape
    rim = ring_thickness((height, width))
    inner = np.minimum(blots.stop, width - rim) - np.maximum(blots.start, rim)
    inner[(blots.row < rim) | (blots.row >= height - rim)] = 0
    return blots.total(np.maximum(inner, 0)) == 0


def _sharp_share(mask: Mask, background: FlatBackground) -> float:
    """Tell how much of the outline becomes strong within a few pixels."""
    total = sharp = 0
    least = max(FAINTEST, background.floor + background.floor // 2)
    for rows, inner in overlapping_bands(mask.shape, SHARP_REACH):
        outline = (window_maximum(mask[rows], 1) & ~mask[rows])[inner]
        strongest = window_maximum(background.distance[rows], SHARP_REACH)[inner]
        total += int(np.count_nonzero(outline))
        sharp += int(np.count_nonzero(strongest[outline] >= least))
    return sharp / total if total else 0.0
