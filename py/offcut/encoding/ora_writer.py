"""Writes OpenRaster: a ZIP with a PNG for each layer, for Krita, GIMP, MyPaint and others.

Decides: what an OpenRaster file has in it: the layers' names and places, the finished picture, a
thumbnail; that its ZIP tells no date.

After the baseline of the OpenRaster specification, 0.0.5.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from typing import Final
from xml.sax.saxutils import quoteattr
from zipfile import ZipFile, ZipInfo

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from offcut.arrays import row_bands
from offcut.composing.layers import Layer
from offcut.encoding.png_stream import BandPacker
from offcut.encoding.png_writer import Checkpoint, check_bands, encode_png, never_stop

_THUMBNAIL_SIDE: Final = 256
_SAMPLED_SIDE: Final = 4 * _THUMBNAIL_SIDE
_BAND: Final = 1 << 19
"""Pixels of a band."""
_MODES: Final = {1: "L", 3: "RGB", 4: "RGBA"}


def encode_ora(  # noqa: PLR0913 (by keyword but for three)
    layers: Sequence[Layer],
    bands: Iterable[NDArray[np.uint8]],
    size: tuple[int, int],
    *,
    channels: int,
    band_packer: BandPacker | None = None,
    icc_profile: bytes | None = None,
    exif: bytes | None = None,
    dpi: float | None = None,
    checkpoint: Checkpoint = never_stop,
) -> bytes:
    """Write a picture and its layers as OpenRaster.

    Parameters
    ----------
    layers : sequence of Layer
        From the lowest to the uppermost; none has a mask or is clipped, which the format lacks.
    bands : iterable of uint8, shape (rows, W, channels), or (rows, W) for one channel
        The finished picture from the top: what programs show that know no layers.
    size : (int, int)
        The finished picture's (height, width) in pixels.
    channels : int
        1 for greyscale, 3 for RGB, 4 for straight RGBA.
    band_packer : BandPacker or None
        Other threads that help to write the PNGs.
    icc_profile, exif : bytes or None
        Written untouched into each PNG, EXIF into the finished picture only.
    dpi : float or None
        Pixels an inch, which the format has as whole numbers.
    checkpoint : callable
        Called after each band with the share of the work that is done.

    Returns
    -------
    bytes
        The file.
    """
    whole = sum(height * width for height, width in (*(layer.size for layer in layers), size))
    done = 0

    def pack(
        rows: Iterable[NDArray[np.uint8]], size: tuple[int, int], channels: int, exif: bytes | None
    ) -> bytes:
        nonlocal done
        before, pixels = done, size[0] * size[1]
        done += pixels
        return encode_png(
            rows, size, channels=channels, band_packer=band_packer, icc_profile=icc_profile,
            exif=exif, checkpoint=lambda share: checkpoint((before + share * pixels) / whole),
        )  # fmt: skip

    file = BytesIO()
    thumbnail = _Thumbnail(size, channels)
    with ZipFile(file, "w") as archive:
        # First and not packed: programs know the format by it.
        archive.writestr(ZipInfo("mimetype"), b"image/openraster")
        for number, layer in enumerate(layers):
            painted = (layer.paint(rows) for rows in row_bands(*layer.size, _BAND))
            archive.writestr(ZipInfo(_place(number)), pack(painted, layer.size, 4, None))
        seen = thumbnail.watch(check_bands(bands, size, channels))
        archive.writestr(ZipInfo("mergedimage.png"), pack(seen, size, channels, exif))
        archive.writestr(ZipInfo("Thumbnails/thumbnail.png"), thumbnail.encode())
        archive.writestr(ZipInfo("stack.xml"), _stack(layers, size, dpi))
    return file.getvalue()


def _place(number: int) -> str:
    return f"data/layer{number}.png"


def _stack(layers: Sequence[Layer], size: tuple[int, int], dpi: float | None) -> bytes:
    """Describe the layers, the uppermost first."""
    height, width = size
    resolution = "" if dpi is None else f' xres="{round(dpi)}" yres="{round(dpi)}"'
    lines = [
        f"<layer name={quoteattr(layer.name)} src={quoteattr(_place(number))}"
        f' x="{layer.left}" y="{layer.top}" opacity="1.0" composite-op="svg:src-over"'
        f' visibility="{"hidden" if layer.is_hidden else "visible"}"/>'
        for number, layer in enumerate(layers)
    ]
    text = "\n".join(
        (
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<image version="0.0.5" w="{width}" h="{height}"{resolution}>',
            "<stack>",
            *reversed(lines),
            "</stack>",
            "</image>\n",
        )
    )
    return text.encode()


class _Thumbnail:
    """A small copy of a picture that goes by in bands."""

    def __init__(self, size: tuple[int, int], channels: int) -> None:
        self._step = max(1, max(size) // _SAMPLED_SIDE)
        self._mode = _MODES[channels]
        self._rows: list[NDArray[np.uint8]] = []

    def watch(self, bands: Iterable[NDArray[np.uint8]]) -> Iterator[NDArray[np.uint8]]:
        """Hand the bands on, and keep some of their pixels."""
        top = 0
        for band in bands:
            first = -top % self._step
            self._rows.append(band[first :: self._step, :: self._step].copy())
            top += len(band)
            yield band

    def encode(self) -> bytes:
        """Write it as a PNG of RGBA, as the format asks for."""
        sampled = np.concatenate(self._rows)
        image = Image.fromarray(sampled[..., 0] if self._mode == "L" else sampled).convert("RGBA")
        image.thumbnail((_THUMBNAIL_SIDE, _THUMBNAIL_SIDE))
        return encode_png(
            [np.asarray(image)], (image.height, image.width), channels=4, band_packer=None
        )
