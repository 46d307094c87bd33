"""How far a cutout is from the truth, in twelve columns.

=====  ======================================================================================
mae    mean difference of the mattes, in 0..1
mse    mean squared difference
maeU   mae in the unknown band: where the truth is soft or has an edge, and 1 % of the
       diagonal around
grad   squared difference of the gradients, summed and divided by 1000; grows with the picture
iou    overlap of what is at least half opaque
bF     agreement of the two outlines within 0.8 % of the diagonal (F measure, as in DAVIS)
bF2    the same within two pixels
comp   mean squared difference of the cutouts, both laid on magenta
fgE    mean difference of colours where the truth is soft, weighted by its opacity; only for
       pictures whose subject's own colours are known
smear  share of the true background that is over 5 % opaque, from three pixels off any edge
veil   share of what lies outside the unknown band that is neither clear nor opaque
lost   share of the true subject that is less than half opaque, from three pixels off any edge
=====  ======================================================================================

Low is good, but for iou, bF and bF2. The outlines are those of Perazzi et al., "A Benchmark
Dataset and Evaluation Methodology for Video Object Segmentation", CVPR 2016, the gradients
those of Rhemann et al., "A Perceptually Motivated Online Benchmark for Image Matting", CVPR 2009.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dev.quality.outlines import Mask, gradient, outline, outline_agreement, within

COLUMNS: Final = ("mae", "mse", "maeU", "grad", "iou", "bF", "bF2", "comp", "fgE",
                  "smear", "veil", "lost")  # fmt: skip
HIGH_IS_GOOD: Final = frozenset({"iou", "bF", "bF2"})
MAGENTA: Final = np.array([1, 0, 1], np.float32)
NEAR_SHARE: Final = 0.008
BAND_SHARE: Final = 0.01
CLEAR: Final = 0.02
"""Opacity up to which a pixel counts as background; the same from 1 down, as subject."""

Scores = dict[str, float]
Bytes = NDArray[np.uint8]


@dataclass(frozen=True)
class Truth:
    """A picture with its true matte, and its subject's colours where they are known.

    Attributes
    ----------
    name : str
    image : uint8, shape (H, W, 3)
    alpha : float32, shape (H, W), range [0, 1]
    foreground : uint8, shape (H, W, 3), or None
    own_alpha : uint8, shape (H, W), or None
        Alpha channel of the picture's file.
    """

    name: str
    image: Bytes
    alpha: NDArray[np.float32]
    foreground: Bytes | None
    own_alpha: Bytes | None = None

    @cached_property
    def solid(self) -> Mask:
        """What is at least half opaque."""
        return self.alpha >= 0.5

    @cached_property
    def diagonal(self) -> float:
        """Length in pixels."""
        return math.hypot(*self.alpha.shape)

    @cached_property
    def gradient(self) -> NDArray[np.float32]:
        """Of the matte; see `gradient`."""
        return gradient(self.alpha)

    @cached_property
    def near_edge(self) -> Mask:
        """What is at most three pixels from an edge or a soft part."""
        soft = (self.alpha > CLEAR) & (self.alpha < 1 - CLEAR)
        return within(soft | outline(self.solid), 3)

    @cached_property
    def band(self) -> Mask:
        """Where edges and soft parts are."""
        soft = ((self.alpha > 0) & (self.alpha < 1)) | outline(self.solid)
        return within(soft, max(3, round(BAND_SHARE * self.diagonal)))


def score(truth: Truth, alpha: Bytes, colors: Bytes | None = None) -> Scores:
    """Compare a cutout with the truth.

    Parameters
    ----------
    truth : Truth
    alpha : uint8, shape (H, W)
    colors : uint8, shape (H, W, 3), optional
        The cutout's; the picture's own if not given, or if the true ones are not known.
    """
    found = (alpha / 255).astype(np.float32)
    difference = found - truth.alpha
    solid = alpha >= 128
    either = int((solid | truth.solid).sum())
    band = truth.band
    scores = {
        "mae": float(np.abs(difference).mean()),
        "mse": float((difference * difference).mean()),
        "maeU": float(np.abs(difference)[band].mean()) if band.any() else 0.0,
        "grad": float(((gradient(found) - truth.gradient) ** 2).sum() / 1000),
        "iou": int((solid & truth.solid).sum()) / either if either else 1.0,
        "bF": outline_agreement(solid, truth.solid, math.ceil(NEAR_SHARE * truth.diagonal)),
        "bF2": outline_agreement(solid, truth.solid, 2),
    }
    ours = truth.image if colors is None or truth.foreground is None else colors
    theirs = truth.image if truth.foreground is None else truth.foreground
    apart = _on_magenta(ours, found) - _on_magenta(theirs, truth.alpha)
    scores["comp"] = float((apart * apart).mean())
    if truth.foreground is not None:
        weight = np.where((truth.alpha > 0.02) & (truth.alpha < 0.98), truth.alpha, 0)
        wrong = np.abs(ours.astype(np.float32) - theirs).mean(axis=-1) / 255
        scores["fgE"] = float((wrong * weight).sum() / max(float(weight.sum()), 1e-9))
    return scores | _misplaced(truth, found)


def _misplaced(truth: Truth, found: NDArray[np.float32]) -> Scores:
    """Tell what lies far from every edge and yet is wrong."""
    inner = ~truth.near_edge
    background, subject = inner & (truth.alpha < CLEAR), inner & (truth.alpha > 1 - CLEAR)
    return {
        "smear": _share(found > 0.05, background),
        "veil": _share((found > 0.1) & (found < 0.9), ~truth.band),
        "lost": _share(found < 0.5, subject),
    }


def _share(wrong: Mask, of: Mask) -> float:
    return int((wrong & of).sum()) / max(int(of.sum()), 1)


def mean_scores(rows: Sequence[Scores]) -> Scores:
    """Average over pictures; a column that only some have, over those."""
    means: Scores = {}
    for column in COLUMNS:
        values = [row[column] for row in rows if column in row]
        if values:
            means[column] = float(np.mean(values))
    return means


def _on_magenta(colors: Bytes, alpha: NDArray[np.float32]) -> NDArray[np.float32]:
    opacity = alpha[..., np.newaxis]
    mixed = colors * np.float32(1 / 255) * opacity + MAGENTA * (1 - opacity)
    return mixed.astype(np.float32, copy=False)
