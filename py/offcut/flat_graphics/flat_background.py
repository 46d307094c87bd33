"""Flat graphics: a logo, a clip art, a screenshot, a product on pure white, cut exactly.

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
from PIL import Image

from offcut.arrays import AlphaMatte, CoarseAlpha, row_bands
from offcut.flat_graphics.background_color import STRONG, Sheet, find_sheet
from offcut.flat_graphics.connected_components import Mask, Regions, find_regions
from offcut.flat_graphics.flat_edges import solve_edges
from offcut.flat_graphics.flat_holes import MOST_RUNS_PER_ROW, find_holes
from offcut.kernels.dilation import window_maximum
from offcut.matting.foreground import ColorLayers
from offcut.source_image import SourceImage

FAINTEST: Final = 24
"""Levels from the background's colour of the faintest thing that is more than noise."""
SHARP_REACH: Final = 4
"""Pixels in which an edge has to become so strong."""
LEAST_SHARP: Final = 0.98
"""Share of the outline that has to be sharp."""
LEAST_PAPER: Final = 0.02
"""Share of the picture that has to be background."""
SPECK: Final = 12
"""Pixels of a blot that is nowhere strong, which is noise in a compressed picture."""
LIKELY: Final = 128
"""Opacity in the refined matte from which on a photo's pixel is not cut away."""
SEEN: Final = 0.5
"""Opacity in the network's matte from which on something is taken for subject."""
LEAST_AGREEMENT: Final = 0.8
"""Intersection over union with the network's subject, without which a photo is not cut."""
MOST_FILLED: Final = 0.97
"""Share of its box that a subject fills if it may be a photo in a frame."""
LINE_REACH: Final = 2
"""Pixels; a shape that is nowhere thicker than twice that is a line."""
MOST_DEEP: Final = 0.3
"""Share of a drawing of lines that may be thicker."""
LINE_REACH_NOISY: Final = 3
LEAST_PLAIN: Final = 0.6
"""Share of neighbours that are alike in a drawing of even colours; in a photo one third."""
FEW_COLORS: Final = 4
LEAST_COMMON: Final = 0.65
"""Share of the few commonest colours, of 4096, in a drawing; in a photo one half."""


@dataclass(frozen=True, slots=True)
class FlatCut:
    """A subject that was cut off a background of one colour.

    Attributes
    ----------
    alpha : uint8, shape (H, W)
    color : (int, int, int)
        The background's.
    is_drawn : bool
        Whether it is a drawing. Else it is a photo, whose highlights may have the colour of
        the background without being one.
    is_noisy : bool
        Whether the picture was compressed with losses.
    """

    alpha: AlphaMatte
    color: tuple[int, int, int]
    is_drawn: bool
    is_noisy: bool

    def join(self, refined: AlphaMatte) -> AlphaMatte:
        """Give a photo back what the refined matte sees as more subject than background."""
        return np.maximum(self.alpha, refined * (refined >= LIKELY))

    def with_known_backdrop(self, layers: ColorLayers) -> ColorLayers:
        """Put the background's true colour in the place of its estimate."""
        backdrop = np.full((1, 1, 4), (*self.color, 255), np.uint8)
        return ColorLayers(layers.subject, backdrop, is_exact=self.is_drawn and not self.is_noisy)


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
    sheet = find_sheet(source)
    if sheet is None:
        return None
    found = _find_background(sheet)
    if found is None:
        return None
    mask, pale = found
    is_drawn = _is_drawn(mask, sheet)
    if not _is_plausible(mask, coarse, is_drawn=is_drawn):
        return None
    _cut_holes(mask, pale, sheet, coarse)
    alpha = solve_edges(sheet, mask)
    return FlatCut(alpha, sheet.rgb, is_drawn, sheet.is_noisy) if alpha.any() else None


def _find_background(sheet: Sheet) -> tuple[Mask, Regions] | None:
    """Mark the background that reaches the border; None if its outline is not sharp."""
    pale = find_regions(
        (sheet.distance[rows] <= sheet.floor for rows in row_bands(*sheet.distance.shape)),
        is_diagonal=False,
        most_runs=MOST_RUNS_PER_ROW * len(sheet.distance),
    )
    if pale is None or pale.count == 0:
        return None
    mask = np.zeros(sheet.distance.shape, np.bool_)
    pale.paint(mask, pale.touches_border(), value=True)
    if not _wipe_specks(mask, sheet) or not LEAST_PAPER <= float(mask.mean()) < 1:
        return None
    return (mask, pale) if _sharp_share(mask, sheet) >= LEAST_SHARP else None


def _cut_holes(mask: Mask, pale: Regions, sheet: Sheet, coarse: CoarseAlpha) -> None:
    """Add closed holes to the background, in place."""
    holes = find_holes(sheet, pale, ~pale.touches_border(), mask, coarse)
    if holes.any():
        pale.paint(mask, holes, value=True)
        _wipe_specks(mask, sheet)


def _wipe_specks(mask: Mask, sheet: Sheet) -> bool:
    """Add to the background what is only its noise; False if there is too much of it."""
    if not sheet.is_noisy:
        return True
    blots = find_regions(
        (~mask[rows] for rows in row_bands(*mask.shape)),
        is_diagonal=True,
        most_runs=MOST_RUNS_PER_ROW * len(mask),
    )
    if blots is None:
        return False
    strongest = _strongest(blots, sheet.distance)
    is_speck = strongest < max(FAINTEST, sheet.floor + sheet.floor // 2)
    is_speck |= (strongest < STRONG) & (blots.total(blots.length) <= SPECK)
    blots.paint(mask, is_speck, value=True)
    return True


def _strongest(blots: Regions, distance: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Give the greatest distance in every region: uint8, shape (count,)."""
    result = np.zeros(blots.count, np.uint8)
    if blots.count:
        offset = blots.row * distance.shape[1]
        limits = np.stack((offset + blots.start, offset + blots.stop), axis=1).reshape(-1)
        # The last limit may lie behind the last pixel, where reduceat cannot start.
        limits = limits[:-1] if limits[-1] == distance.size else limits
        of_run = np.maximum.reduceat(distance.reshape(-1), limits)[::2]
        np.maximum.at(result, blots.region, of_run)
    return result


def _sharp_share(mask: Mask, sheet: Sheet) -> float:
    """Tell how much of the outline becomes strong within a few pixels."""
    total = sharp = 0
    least = max(FAINTEST, sheet.floor + sheet.floor // 2)
    for rows, inner in _overlapping_bands(mask.shape, SHARP_REACH):
        outline = (window_maximum(mask[rows], 1) & ~mask[rows])[inner]
        strongest = window_maximum(sheet.distance[rows], SHARP_REACH)[inner]
        total += int(np.count_nonzero(outline))
        sharp += int(np.count_nonzero(strongest[outline] >= least))
    return sharp / total if total else 0.0


def _overlapping_bands(shape: tuple[int, ...], reach: int) -> list[tuple[slice, slice]]:
    """Cut rows into bands with neighbours: the rows to read, and which of them count."""
    result: list[tuple[slice, slice]] = []
    for rows in row_bands(shape[0], shape[1], pixels=1 << 19):
        top, bottom = max(0, rows.start - reach), min(shape[0], rows.stop + reach)
        result.append((slice(top, bottom), slice(rows.start - top, rows.stop - top)))
    return result


def _is_plausible(mask: Mask, coarse: CoarseAlpha, *, is_drawn: bool) -> bool:
    """Ask the network about what colours alone do not show: photos, and frames of photos."""
    small = Image.fromarray(mask).convert("L").resize(coarse.shape[::-1], Image.Resampling.BOX)
    cut, seen = np.asarray(small) < 128, coarse >= SEEN
    union = int(np.count_nonzero(cut | seen))
    agreement = int(np.count_nonzero(cut & seen)) / max(union, 1)
    if agreement >= LEAST_AGREEMENT or not seen.any():
        return is_drawn or bool(seen.any())
    return is_drawn and not _fills_its_box(mask)


def _fills_its_box(mask: Mask) -> bool:
    rows = np.flatnonzero(~mask.all(axis=1))
    columns = np.flatnonzero(~mask.all(axis=0))
    box = mask[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return 1 - float(box.mean()) >= MOST_FILLED


def _is_drawn(mask: Mask, sheet: Sheet) -> bool:
    """Tell a drawing, of lines or of a few even colours, from a photo."""
    reach = LINE_REACH_NOISY if sheet.is_noisy else LINE_REACH
    drawn = deep = same = 0
    colors = np.zeros(1 << 12, np.int64)
    for rows, inner in _overlapping_bands(mask.shape, reach):
        inside = ~window_maximum(mask[rows], reach)[inner, 1:]
        band = sheet.source.rgb_band(rows)[inner]
        drawn += int(np.count_nonzero(~mask[rows][inner]))
        deep += int(np.count_nonzero(inside))
        same += int(np.count_nonzero((band[:, 1:] == band[:, :-1]).all(axis=2) & inside))
        bins = (band[:, 1:][inside] >> 4).astype(np.intp)
        colors += np.bincount((bins[:, 0] << 8) | (bins[:, 1] << 4) | bins[:, 2], minlength=1 << 12)
    commonest = int(np.sort(colors)[-FEW_COLORS:].sum())
    is_of_lines = deep < MOST_DEEP * drawn
    return is_of_lines or same >= LEAST_PLAIN * deep or commonest >= LEAST_COMMON * deep
