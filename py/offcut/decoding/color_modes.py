"""From the many pixel modes of files to eight-bit RGB and, apart from it, alpha.

Decides: what becomes of CMYK, grey, palette, 16 bits a channel, a transparent colour or index;
which modes are refused.

Nothing is clipped: sixteen bits keep their upper eight, as Pillow does on its own for
colour. Whatever has no defined way to RGB (float, signed, 32-bit, Lab) is refused.
"""

from __future__ import annotations

from typing import Final, cast

import numpy as np
from PIL import Image

from offcut.arrays import row_bands
from offcut.decoding.decode_errors import unsupported_format

_WITH_ALPHA: Final = frozenset({"RGBA", "LA", "PA"})
_ONE_BAND: Final = frozenset({"1", "L", "P"})
_OPAQUE: Final = frozenset({"CMYK", "YCbCr", "RGBX"})
_SIXTEEN_BITS: Final = frozenset({"I;16", "I;16L", "I;16B", "I;16N"})


def split_alpha(
    image: Image.Image, *, sample_bits: int = 8, is_white_zero: bool = False
) -> tuple[Image.Image, Image.Image | None]:
    """Bring a picture to RGB and take its transparency out.

    Parameters
    ----------
    image : PIL.Image.Image
        Loaded. Its ``info["transparency"]`` is taken out.
    sample_bits : int
        Bits a sample has in the file, 1 to 16; a transparent colour is named in them.
    is_white_zero : bool
        Whether 0 is white in sixteen-bit gray.

    Returns
    -------
    RGB image, and alpha of mode L or None if every pixel is opaque
        Four and one bytes a pixel. The RGB image is `image` itself where it can be.

    Raises
    ------
    DecodeError
        ``UNSUPPORTED_FORMAT``, with the mode in the detail.
    """
    key = image.info.pop("transparency", None)
    if image.mode == "RGBa":
        image = image.convert("RGBA")
    if image.mode in _WITH_ALPHA:
        return image.convert("RGB"), _drop_opaque(image.getchannel("A"))
    if image.mode in _SIXTEEN_BITS:
        return _from_sixteen_bits(image, key, sample_bits, is_white_zero)
    if image.mode in _ONE_BAND:
        alpha = _one_band_alpha(image, key, sample_bits)
        return image.convert("RGB"), alpha
    if image.mode == "RGB":
        return image, _rgb_alpha(image, key, sample_bits)
    if image.mode in _OPAQUE:
        return image.convert("RGB"), None
    raise unsupported_format((image.format or "").lower(), mode=image.mode)


def _drop_opaque(alpha: Image.Image) -> Image.Image | None:
    return None if alpha.getextrema() == (255, 255) else alpha


def _one_band_alpha(image: Image.Image, key: object, bits: int) -> Image.Image | None:
    """Alpha of a gray or palette picture, from one transparent value or one per index."""
    opacity = [255] * 256
    if isinstance(key, bytes):
        opacity[: len(key)] = key[:256]
    elif isinstance(key, int):
        if image.mode == "L" and bits < 8:
            key = key * 255 // ((1 << bits) - 1)
        if 0 <= key <= 255:
            opacity[key] = 0
    if min(opacity) == 255:
        return None
    return _drop_opaque(image.point(opacity, "L"))


def _rgb_alpha(image: Image.Image, key: object, bits: int) -> Image.Image | None:
    """Alpha of a picture that has one transparent colour."""
    if not isinstance(key, tuple):
        return None
    # Pixels have lost their lower bits already, so a neighbouring colour may match too.
    channels = cast("tuple[int, ...]", key)
    image.info["transparency"] = tuple((value >> max(0, bits - 8)) & 255 for value in channels)
    alpha = image.convert("RGBA").getchannel("A")
    del image.info["transparency"]
    return _drop_opaque(alpha)


def _from_sixteen_bits(
    image: Image.Image, key: object, bits: int, is_white_zero: bool
) -> tuple[Image.Image, Image.Image | None]:
    """Keep the upper eight of the used bits; a transparent gray is compared in full."""
    gray = np.empty((image.height, image.width), np.uint8)
    alpha = np.full(gray.shape, 255, np.uint8) if isinstance(key, int) else None
    for rows in row_bands(image.height, image.width):
        band = np.asarray(image.crop((0, rows.start, image.width, rows.stop)))
        gray[rows] = band >> max(0, bits - 8)
        if alpha is not None:
            alpha[rows][band == key] = 0
    if is_white_zero:
        np.invert(gray, out=gray)
    own_alpha = None if alpha is None else _drop_opaque(Image.fromarray(alpha))
    return Image.fromarray(gray).convert("RGB"), own_alpha
