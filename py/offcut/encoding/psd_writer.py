"""Writes PSD, Photoshop's format: layers with layer masks, and the finished picture beside them.

Decides: what a PSD has in it: profile, EXIF, layers, layer masks, their names; that the finished
picture lies on white where it is transparent, as readers expect it.

After "Adobe Photoshop File Formats Specification" (2019), of which it needs a small part: 8 bits a
channel, RGB, rows packed by PackBits. Numbers are big-endian.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from offcut.arrays import row_bands
from offcut.composing.layers import Layer
from offcut.encoding.packbits import pack_bits
from offcut.encoding.png_writer import Checkpoint, check_bands, never_stop

_RGB: Final = 3
_PACK_BITS: Final = b"\0\1"
_RESOLUTION, _PROFILE, _EXIF = 1005, 1039, 1058
"""Ids of image resources."""
_EXIF_PREFIX: Final = b"Exif\0\0"
_ALPHA, _MASK = -1, -2
"""Ids of channels; red, green and blue are 0, 1, 2."""
_IS_HIDDEN, _IS_VISIBLE = 0b1010, 0b1000
"""Flags of a layer; the higher bit says that the lower one means something."""
_BAND: Final = 1 << 19
"""Pixels of a band."""


class _Channel:
    """The packed rows of one channel."""

    def __init__(self) -> None:
        self.lengths: list[bytes] = []
        self.rows: list[bytes] = []

    def add(self, rows: NDArray[np.uint8]) -> None:
        packed = pack_bits(rows)
        self.lengths.append(packed.lengths.tobytes())
        self.rows.append(packed.data.tobytes())

    @property
    def size(self) -> int:
        return sum(map(len, self.lengths)) + sum(map(len, self.rows))


def encode_psd(  # noqa: PLR0913 (by keyword but for three)
    layers: Sequence[Layer],
    bands: Iterable[NDArray[np.uint8]],
    size: tuple[int, int],
    *,
    channels: int,
    icc_profile: bytes | None = None,
    exif: bytes | None = None,
    dpi: float | None = None,
    checkpoint: Checkpoint = never_stop,
) -> bytes:
    """Write a picture and its layers as PSD.

    Parameters
    ----------
    layers : sequence of Layer
        From the lowest to the uppermost.
    bands : iterable of uint8, shape (rows, W, channels), or (rows, W) for one channel
        The finished picture from the top: what programs show that know no layers.
    size : (int, int)
        The finished picture's (height, width) in pixels.
    channels : int
        1 for greyscale, 3 for RGB, 4 for straight RGBA.
    icc_profile, exif : bytes or None
        Written untouched.
    dpi : float or None
        Pixels an inch.
    checkpoint : callable
        Called after each band with the share of the work that is done.

    Returns
    -------
    bytes
        The file.
    """
    height, width = size
    progress = _Progress(checkpoint, [*(layer.size for layer in layers), size])
    packed = [_pack_layer(layer, progress) for layer in layers]
    merged = _pack_bands(check_bands(bands, size, channels), channels, progress)
    header = struct.pack(">4sH6xHIIHH", b"8BPS", 1, len(merged), height, width, 8, _RGB)
    resources = _resource(_RESOLUTION, None if dpi is None else _resolution(dpi))
    resources += _resource(_PROFILE, icc_profile)
    resources += _resource(_EXIF, exif and exif.removeprefix(_EXIF_PREFIX))
    # A negative number says that the finished picture's fourth channel is its transparency.
    count = len(layers) if channels < 4 else -len(layers)
    layer_info = [struct.pack(">h", count)]
    layer_info += [_record(*each) for each in zip(layers, packed, strict=True)]
    for channels_of_layer in packed:
        for channel in channels_of_layer.values():
            layer_info += [_PACK_BITS, *channel.lengths, *channel.rows]
    layer_bytes = sum(map(len, layer_info))
    padding = bytes(-layer_bytes % 4)
    return b"".join(
        (
            header,
            bytes(4),  # no palette
            _sized(resources),
            struct.pack(">II", layer_bytes + len(padding) + 8, layer_bytes + len(padding)),
            *layer_info,
            padding,
            bytes(4),  # no global layer mask
            _PACK_BITS,
            *(part for channel in merged for part in channel.lengths),
            *(part for channel in merged for part in channel.rows),
        )
    )


class _Progress:
    """Tells a checkpoint of rows that are done in several pictures."""

    def __init__(self, checkpoint: Checkpoint, sizes: Iterable[tuple[int, int]]) -> None:
        self._checkpoint = checkpoint
        self._all = sum(height * width for height, width in sizes)
        self._done = 0

    def add(self, rows: NDArray[np.uint8]) -> None:
        self._done += rows.shape[0] * rows.shape[1]
        self._checkpoint(self._done / self._all)


def _pack_layer(layer: Layer, progress: _Progress) -> dict[int, _Channel]:
    """Pack a layer's channels, by their ids and in the order of the file."""
    colors = {each: _Channel() for each in (_ALPHA, 0, 1, 2)}
    mask = {} if layer.mask is None else {_MASK: _Channel()}
    for rows in row_bands(*layer.size, _BAND):
        pixels = layer.paint(rows)
        for each, channel in colors.items():
            channel.add(pixels[..., each])
        if layer.mask is not None:
            mask[_MASK].add(layer.mask(rows))
        progress.add(pixels)
    return colors | mask


def _pack_bands(
    bands: Iterable[NDArray[np.uint8]], channels: int, progress: _Progress
) -> list[_Channel]:
    """Pack the finished picture: red, green, blue, and its transparency if it has any."""
    packed = [_Channel() for _ in range(max(3, channels))]
    for band in bands:
        pixels = band if channels < 4 else _on_white(band)
        for number, channel in enumerate(packed):
            channel.add(pixels[..., number if channels > 1 else 0])
        progress.add(band)
    return packed


def _on_white(band: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Lay straight RGBA on white and keep its alpha: readers take the white out again."""
    alpha = band[..., 3:].astype(np.uint16)
    mixed = (band[..., :3] * alpha + 255 * (255 - alpha) + 127) // 255
    return np.concatenate((mixed.astype(np.uint8), band[..., 3:]), axis=2)


def _record(layer: Layer, channels: dict[int, _Channel]) -> bytes:
    """Describe a layer; its pixels follow after all descriptions."""
    height, width = layer.size
    box = struct.pack(">4i", layer.top, layer.left, layer.top + height, layer.left + width)
    sizes = b"".join(
        struct.pack(">hI", each, channel.size + len(_PACK_BITS))
        for each, channel in channels.items()
    )
    flags = _IS_HIDDEN if layer.is_hidden else _IS_VISIBLE
    blending = struct.pack(">4s4sBBBx", b"8BIM", b"norm", 255, layer.is_clipped, flags)
    mask = b"" if layer.mask is None else box + bytes(4)  # black outside, no flags
    extra = _sized(mask) + bytes(4) + _names(layer.name)
    return box + struct.pack(">H", len(channels)) + sizes + blending + _sized(extra)


def _names(name: str) -> bytes:
    """Write a layer's name twice, as old and as new readers want it."""
    ascii_name = name.encode("ascii")
    pascal = bytes([len(ascii_name)]) + ascii_name
    utf16 = name.encode("utf-16-be")
    unicode_name = struct.pack(">I", len(name)) + utf16
    unicode_name += bytes(-len(unicode_name) % 4)
    return pascal + bytes(-len(pascal) % 4) + b"8BIMluni" + _sized(unicode_name)


def _resolution(dpi: float) -> bytes:
    """Say pixels an inch, across and down, as numbers with 16 bits behind the point."""
    one_way = struct.pack(">IHH", round(dpi * 65536), 1, 2)  # per inch; sizes shown in cm
    return one_way * 2


def _resource(number: int, content: bytes | None) -> bytes:
    if not content:
        return b""
    return struct.pack(">4sHxx", b"8BIM", number) + _sized(content) + bytes(len(content) % 2)


def _sized(content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + content
