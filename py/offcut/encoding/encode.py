"""The last stage: the finished picture's bands become a file.

Decides: quality and speed of JPEG and WebP, when JPEG halves the resolution of colours, lossless
WebP, that profile and EXIF are written as they are. How large a file may be: file_formats.py;
formats with layers: encode_layers.py.

PNG has its own writer (`png_writer.py`), which works band by band. WebP and JPEG are written by
Pillow, which needs the whole picture: four bytes a pixel more. No metadata is written but
what is handed in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from io import BytesIO
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from offcut.encoding.file_formats import advise_png, require_encodable
from offcut.encoding.gif_writer import encode_gif
from offcut.encoding.png_stream import BandPacker
from offcut.encoding.png_writer import Checkpoint, check_bands, encode_png, never_stop
from offcut.errors import EncodeError

_MODES: Final = {1: "L", 3: "RGB", 4: "RGBA"}
_CHANNELS: Final = {"png": (1, 3, 4), "webp": (1, 3, 4), "jpeg": (1, 3), "gif": (1, 3, 4)}
# From here on, JPEG keeps its colours at full resolution.
_FULL_COLOUR_QUALITY: Final = 90
_EXIF_PREFIX: Final = b"Exif\0\0"
# Share of the time that goes by before Pillow begins to write.
_ASSEMBLING: Final = 0.05
# libwebp's settings by measurement, 12 megapixels under WebAssembly: lossless 2.7 s for 5.8 MB
# (effort 0: 0.5 s, 8.3 MB; 50: 4.1 s, 5.6 MB); lossy 5 s for 2.2 MB (method 0: 2.7 s, 3.3 MB;
# method 4: 6.4 s, the same size).
_LOSSLESS_EFFORT: Final = 20
_LOSSY_METHOD: Final = 2


def encode(  # noqa: PLR0913 (by keyword but for two)
    bands: Iterable[NDArray[np.uint8]],
    size: tuple[int, int],
    *,
    channels: int,
    format: str,
    band_packer: BandPacker | None,
    quality: int = 90,
    most_bytes: int | None = None,
    lossless: bool = False,
    icc_profile: bytes | None = None,
    exif: bytes | None = None,
    dpi: float | None = None,
    checkpoint: Checkpoint = never_stop,
) -> bytes:
    """Write a picture as PNG, WebP, JPEG or GIF.

    Parameters
    ----------
    bands : iterable of uint8, shape (rows, W, channels), or (rows, W) for one channel
        The picture's rows from the top. RGBA is straight, its colours 0 under alpha 0.
    size : (int, int)
        The picture's (height, width) in pixels.
    channels : int
        1 for greyscale, 3 for RGB, 4 for RGBA, which JPEG does not have.
    format : str
        One of `FLAT_FORMATS`.
    band_packer : BandPacker or None
        Other threads that help to write a PNG.
    quality : int, 1 to 100
        Of JPEG and lossy WebP. JPEG halves the resolution of colours below 90.
    most_bytes : int or None
        Of JPEG and lossy WebP, whose quality is lowered as far as that takes.
    lossless : bool
        For WebP: keep every pixel, as PNG does. The other formats ignore it.
    icc_profile, exif : bytes or None
        Written untouched; without them the file holds nothing but pixels.
    dpi : float or None
        Pixels an inch, which PNG and JPEG say; WebP has no place for it.
    checkpoint : callable
        Called after each band, and when all is done. Pillow's own work cannot be stopped.

    Returns
    -------
    bytes
        The file.

    Raises
    ------
    EncodeError
        ENCODE_FAILED if the format cannot hold the picture or the metadata, or not in so few bytes.
    ValueError
        If the bands do not make up a picture of that size, or the format has no such
        channels.
    """
    if channels not in _CHANNELS[format]:
        raise ValueError(f"{format} cannot have {channels} channels")
    require_encodable(size, format)
    if format == "png":
        return encode_png(
            bands, size, channels=channels, band_packer=band_packer, icc_profile=icc_profile,
            exif=exif, dpi=dpi, checkpoint=checkpoint,
        )  # fmt: skip
    image = _assemble(check_bands(bands, size, channels), size, channels, checkpoint)
    if format == "gif":  # it has no place for metadata
        pixels = np.asarray(image)
        file = encode_gif([pixels.reshape(*size, channels)], [Fraction(0)], plays=1)
        checkpoint(1.0)
        return file

    def save(quality: int) -> bytes:
        options = webp_options(quality, lossless) if format == "webp" else _jpeg_options(quality)
        printed = None if dpi is None or format != "jpeg" else (dpi, dpi)
        return save_image(image, format, options | _metadata(icc_profile, exif), printed)

    file = save_within(most_bytes, save, quality, format)
    checkpoint(1.0)
    return file


def save_within(
    most_bytes: int | None, save: Callable[[int], bytes], quality: int, format: str
) -> bytes:
    """Find the best file up to a quality that has at most so many bytes, by halves.

    Raises
    ------
    EncodeError
        ENCODE_FAILED if there is none.
    """
    file = save(quality)
    if most_bytes is None or len(file) <= most_bytes:
        return file
    best = None
    low, high = 1, quality - 1
    while low <= high:
        middle = (low + high) // 2
        file = save(middle)
        if len(file) <= most_bytes:
            best, low = file, middle + 1
        else:
            high = middle - 1
    if best is None:
        kilobytes = most_bytes / 1000
        raise EncodeError(
            "ENCODE_FAILED",
            f"A {format} file of this size has more than {kilobytes:g} kB even at the lowest "
            "quality: make the picture smaller, or allow more.",
            detail={"format": format, "kilobytes": kilobytes},
        )
    return best


def _assemble(
    bands: Iterable[NDArray[np.uint8]],
    size: tuple[int, int],
    channels: int,
    checkpoint: Checkpoint,
) -> Image.Image:
    """Copy all bands into one Pillow image."""
    height, width = size
    image = Image.new(_MODES[channels], (width, height))
    top = 0
    for band in bands:
        rows = band[..., 0] if channels == 1 else band
        image.paste(Image.fromarray(rows), (0, top))
        top += len(rows)
        checkpoint(_ASSEMBLING * top / height)
    return image


def webp_options(quality: int, lossless: bool) -> dict[str, int | bool]:
    """Name Pillow's WebP settings; `exact` keeps the erased colours from being filled in."""
    if lossless:
        # Here `quality` is libwebp's effort.
        return {"lossless": True, "quality": _LOSSLESS_EFFORT, "method": 1, "exact": True}
    return {"quality": quality, "method": _LOSSY_METHOD, "exact": True}


def _jpeg_options(quality: int) -> dict[str, int | bool]:
    """Name Pillow's JPEG settings."""
    return {"quality": quality, "subsampling": 0 if quality >= _FULL_COLOUR_QUALITY else 2}


def _metadata(icc_profile: bytes | None, exif: bytes | None) -> dict[str, bytes]:
    """Name what is handed in; Pillow's JPEG writer needs EXIF with its prefix."""
    metadata: dict[str, bytes] = {}
    if icc_profile:
        metadata["icc_profile"] = icc_profile
    if exif:
        metadata["exif"] = _EXIF_PREFIX + exif.removeprefix(_EXIF_PREFIX)
    return metadata


def save_image(
    image: Image.Image,
    format: str,
    options: Mapping[str, int | bool | bytes],
    dpi: tuple[float, float] | None = None,
) -> bytes:
    """Let Pillow write the file.

    Raises
    ------
    EncodeError
        ENCODE_FAILED.
    """
    file = BytesIO()
    try:
        if dpi is None:
            image.save(file, format, **options)
        else:
            image.save(file, format, dpi=dpi, **options)
    except (OSError, ValueError, MemoryError) as error:
        raise EncodeError(
            "ENCODE_FAILED",
            f"The {format} file could not be written: {error}.{advise_png(format)}",
            detail={"format": format, "width": image.width, "height": image.height},
        ) from error
    return file.getvalue()
