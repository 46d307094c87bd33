"""What the pipeline has found, handed out in bands: the subject, or what is left without it.

Decides: that the colours of a cut-out are 0 where it is transparent, the colours of "inverse" (what
is left without the subject), colours beyond an edge that was moved outwards.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from offcut.arrays import AlphaMatte, RgbaImage, RgbImage
from offcut.kernels.interface import Kernels
from offcut.matting.foreground import ColorLayers
from offcut.matting.own_alpha import share_of_shown
from offcut.matting.unmixing import paint_band, remove_background_colors
from offcut.network.ensemble import InferencePass
from offcut.source_image import SourceImage


class Edge(NamedTuple):
    """A matte in two roles, which are one array as long as nothing is adjusted.

    Attributes
    ----------
    shown : uint8, shape (H, W)
        What becomes visible, and how much of it.
    mixed : uint8, shape (H, W)
        The subject's share in the colours of the source, by which they are unmixed.
    """

    shown: AlphaMatte
    mixed: AlphaMatte


@dataclass(frozen=True, slots=True)
class Subject:
    """Everything that needed the network, and from which any result can be made again.

    Attributes
    ----------
    source : SourceImage
    alpha : uint8, shape (H, W)
        The alpha matte at source size, the file's own alpha multiplied in.
    layers : ColorLayers
        What is needed to take the background out of the soft pixels' colours.
    kernels : Kernels
        By which all that is made of the subject is computed: it has no say in what comes out.
    is_unsure : bool
        It may well be the wrong thing, or a part of it only: a person should look at it.
    is_best : bool
        The quality is "best": further passes would bring nothing.
    first_pass : InferencePass or None
        What a better subject of the same source need not ask the network again.
    """

    source: SourceImage
    alpha: AlphaMatte
    layers: ColorLayers
    kernels: Kernels = field(repr=False, compare=False)
    is_unsure: bool = False
    is_best: bool = False
    first_pass: InferencePass | None = field(default=None, repr=False, compare=False)

    def cutout_band(self, rows: slice, edge: Edge) -> RgbaImage:
        """Give some rows of the subject: uint8, shape (rows, W, 4), straight alpha.

        Where alpha is 0 the colours are 0 as well: the removed background is not in the
        file.
        """
        shown = edge.shown[rows]
        share = edge.mixed[rows]
        if edge.shown is not edge.mixed:
            # What is shown beyond the true edge gets the smooth colours of the subject.
            share = np.where(shown > 0, np.maximum(share, 1), np.uint8(0))
        share = share_of_shown(share, self.source.own_alpha_band(rows))
        return paint_band(self.source, shown, share, self.layers, rows, self.kernels)

    def background_band(self, rows: slice, edge: Edge) -> RgbaImage:
        """Give some rows of the source without the subject: uint8, (rows, W, 4).

        The colours are those that, together with the cutout's, give the source again.
        """
        own = self.source.own_alpha_band(rows)
        whole = np.full_like(edge.shown[rows], 255) if own is None else own
        left_over = whole - np.minimum(whole, edge.shown[rows])
        rgb = self.source.rgb_band(rows)
        share = np.minimum(whole, edge.mixed[rows])
        is_mixed = (left_over > 0) & (share > 0)
        rgba = np.dstack((rgb * (left_over > 0)[..., np.newaxis], left_over))
        is_hidden = is_mixed & (share == whole)
        is_mixed &= ~is_hidden
        if is_mixed.any():
            subject = self._own_colors(rows, share_of_shown(edge.mixed[rows], own), self.layers)
            rgba[is_mixed, :3] = _remainder(
                rgb[is_mixed], subject[is_mixed], whole[is_mixed], share[is_mixed]
            )
        if is_hidden.any():
            swapped = ColorLayers(subject=self.layers.background, background=self.layers.subject)
            # A share of one in 255 takes next to nothing of the picture: the smooth guess.
            guess = self._own_colors(rows, is_hidden.astype(np.uint8), swapped)
            rgba[is_hidden, :3] = guess[is_hidden]
        return rgba

    def _own_colors(self, rows: slice, share: AlphaMatte, layers: ColorLayers) -> RgbImage:
        """Give some rows with the colours of one layer's side alone: uint8, (rows, W, 3)."""
        rgba = self.source.rgba_band(rows, share)
        remove_background_colors(rgba, share, layers, rows, self.source.size[0], self.kernels)
        return rgba[..., :3]


def _remainder(
    image: NDArray[np.uint8],
    subject: NDArray[np.uint8],
    whole: NDArray[np.uint8],
    share: NDArray[np.uint8],
) -> NDArray[np.uint8]:
    """B = (w I - a F) / (w - a): what is left of pixels of opacity w; (n, 3), (n,)."""
    opacity = whole.astype(np.float32)[:, np.newaxis]
    alpha = share.astype(np.float32)[:, np.newaxis]
    background = (image * opacity - subject * alpha) / (opacity - alpha)
    return np.clip(np.rint(background), 0, 255).astype(np.uint8)
