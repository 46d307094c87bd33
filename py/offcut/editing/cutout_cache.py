"""The subject's own pixels, kept from one preview to the next: only what changes is redone.

Decides: which pixels are painted again after a slider or a stroke. A preview with stale colours
begins here.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from offcut.arrays import RgbaImage, row_bands
from offcut.composing.frame import Box
from offcut.matting.own_alpha import share_of_shown
from offcut.matting.unmixing import unmix_pixels
from offcut.source_image import SourceImage
from offcut.subject import Edge, Subject

_BAND: Final = 1 << 16
"""Pixels that are looked at in one go: few enough to stay near the processor."""
_COLOR: Final = np.uint32(0x00FFFFFF)
_OPACITY: Final = np.uint32(24)
"""Bits from a pixel's colour to its alpha: every machine that this runs on is little-endian."""


class CutoutCache:
    """What `Subject.cutout_band` gives, and what it was made of.

    Parameters
    ----------
    source : SourceImage

    Notes
    -----
    The colour of a pixel depends on its share in the matte and on the layers there, so what a
    slider costs is the pixels that it changes. Fourteen bytes a pixel are kept.
    """

    def __init__(self, source: SourceImage) -> None:
        packed = np.frombuffer(source.image.tobytes("raw", "RGBX"), np.uint32) & _COLOR
        self._source = packed.reshape(source.size)
        self._colors = self._source.copy()
        # The share by which a colour was unmixed; of 255 it is the source's own.
        self._share = np.full(source.size, 255, np.uint8)
        self._shown = np.zeros(source.size, np.uint8)
        self._cutout = np.zeros(source.size, np.uint32)
        self._edge: Edge | None = None
        self._is_same = False

    def forget(self, box: Box) -> None:
        """Let go of the colours in a box of the source, where layers have changed."""
        window = (slice(box.top, box.bottom), slice(box.left, box.right))
        # Where the subject was solid its colours are the source's, whatever the layers say.
        soft = self._share[window] < 255
        self._colors[window] = self._source[window]
        self._share[window] = 255
        self._shown[window][soft] = 0
        self._cutout[window][soft] = 0
        self._edge = None

    def cutout(self, subject: Subject, edge: Edge) -> RgbaImage:
        """Bring the cut-out up to date.

        Parameters
        ----------
        subject : Subject
            Of the same source, with the layers of the last time but for what was forgotten.
        edge : Edge

        Returns
        -------
        uint8, shape (H, W, 4)
            Straight alpha. The memory's own array: not to be written to, and changed by the
            next call.
        """
        height, width = edge.shown.shape
        rows_to_do = [] if edge is self._edge else row_bands(height, width, _BAND)
        is_same = edge.shown is edge.mixed
        # Then what is shown says all about a pixel.
        is_like_before = is_same and self._is_same
        self._edge, self._is_same = edge, is_same
        for rows in rows_to_do:
            shown = edge.shown[rows].ravel()
            if is_like_before and shown.tobytes() == self._shown[rows].tobytes():
                continue
            # What is shown beyond the true edge gets the smooth colours of the subject.
            share = shown if is_same else np.maximum(edge.mixed[rows].ravel(), 1)
            own = subject.source.own_alpha_band(rows)
            share = share_of_shown(share, None if own is None else own.ravel())
            differs = self._share[rows].ravel() != share
            differs &= shown > 0
            stale = np.flatnonzero(differs)
            if stale.size:
                self._recolor(subject, rows, stale, share.take(stale))
            differs |= self._shown[rows].ravel() != shown
            changed = np.flatnonzero(differs)
            if changed.size:
                opacity = shown.take(changed)
                pixels = self._colors[rows].ravel().take(changed)
                pixels |= opacity.astype(np.uint32) << _OPACITY
                pixels[opacity == 0] = 0
                _put(self._cutout[rows], changed, pixels)
                _put(self._shown[rows], changed, opacity)
        return self._cutout.view(np.uint8).reshape(height, width, 4)

    def _recolor(
        self, subject: Subject, rows: slice, places: NDArray[np.intp], share: NDArray[np.uint8]
    ) -> None:
        """Unmix some pixels of a band by their new shares."""
        pixels = self._source[rows].ravel().take(places)
        soft = np.flatnonzero(share < 255)
        if soft.size:
            mixed = pixels.take(soft)
            size = subject.source.size
            where = places.take(soft) + rows.start * size[1]
            unmix_pixels(mixed, share.take(soft), subject.layers, where, size, subject.kernels)
            pixels[soft] = mixed
        _put(self._colors[rows], places, pixels)
        _put(self._share[rows], places, share)


def _put(band: NDArray[Any], places: NDArray[np.intp], values: NDArray[Any]) -> None:
    band.reshape(-1)[places] = values  # whole rows: a view
