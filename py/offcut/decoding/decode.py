"""Bytes to pixels: one picture, upright, eight bits a channel, colours as in the file.

The content decides what a file is, never its name. Only formats that Pillow reads alike
in every runtime are opened here; whatever else a browser may know is refused with
``UNSUPPORTED_FORMAT``, decoded by the browser, and comes back through `from_rgba`.
Files are hostile until shown otherwise: sizes are checked before pixels are decoded, and
nothing but DecodeError leaves this module because of a file's content.
"""

from __future__ import annotations

import warnings
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PIL.BmpImagePlugin import BmpImageFile
from PIL.GifImagePlugin import GifImageFile
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.TiffImagePlugin import TiffImageFile
from PIL.WebPImagePlugin import WebPImageFile

from offcut.decoding import header_checks
from offcut.decoding import png_repair as png_chunks
from offcut.decoding.color_modes import split_alpha
from offcut.decoding.decode_errors import corrupt, too_large, unsupported
from offcut.decoding.host_jpeg import DecodeRequest, without_metadata
from offcut.decoding.orient import carried_profile, first_picture
from offcut.decoding.sniff import READ_HERE, sniff
from offcut.errors import DecodeError
from offcut.source_image import MAX_SIDE, SourceImage

_TILE_SIZE: Final = (323, 322)


class _LeanWebP(WebPImageFile):
    """WebP that lets go of its decoder, two canvases, before the pixels are copied out."""

    def load_prepare(self) -> None:
        del self._decoder
        super().load_prepare()


class _PlainJpeg(JpegImageFile):
    """JPEG that leaves EXIF alone.

    Pillow would parse all of it for the resolution, and copies a value as often as the
    block names it: a block of megabytes that names itself 65535 times is a bomb.
    """

    def _read_dpi_from_exif(self) -> None:
        return


_OPENERS: Final[dict[str, type[ImageFile]]] = {
    "jpeg": _PlainJpeg,
    "png": PngImageFile,
    "webp": _LeanWebP,
    "gif": GifImageFile,
    "bmp": BmpImageFile,
    "tiff": TiffImageFile,
}


@dataclass(frozen=True, slots=True)
class _File:
    """The bytes, the format that they are in, and how big a picture is welcome."""

    data: bytes | memoryview
    format: str
    max_megapixels: float


def decode(
    data: bytes | memoryview,
    *,
    max_megapixels: float = 100.0,
    jpeg_pixels: NDArray[np.uint8] | None = None,
) -> SourceImage:
    """Decode a JPEG, PNG, WebP, GIF, BMP or TIFF.

    Parameters
    ----------
    data : bytes
        The whole file.
    max_megapixels : float, > 0
        Greatest width x height, in millions. GIF and TIFF end at 178 whatever it says.
    jpeg_pixels : uint8, shape (H, W, 4), or None
        The answer to a `request_jpeg` of the same file, taken in place of Pillow's pixels.

    Returns
    -------
    SourceImage
        Upright. Of an animation the first frame, on the animation's full canvas.

    Raises
    ------
    DecodeError
        ``EMPTY_FILE``; ``UNSUPPORTED_FORMAT`` with ``{"format": str, "browser": 0 or 1}``,
        1 when a browser may be able to; ``IMAGE_TOO_LARGE`` with ``{"megapixels",
        "limit", "width", "height"}``, found before pixels are decoded; ``CORRUPT_IMAGE``
        with ``{"format", "reason"}`` for everything broken or cut off.

    Notes
    -----
    One decode, and no second copy of an upright RGB picture. Peak memory beside the file,
    in bytes a pixel: RGB JPEG and PNG 4, progressive JPEG 10, with alpha or turned 9,
    WebP 12; kept are 4, or 5 with alpha. Not for several threads at once: it silences
    Pillow's warnings, which is one state for all of them.
    """
    if not data:
        raise DecodeError("EMPTY_FILE", "The file has no bytes.")
    file = _File(data, sniff(data), max_megapixels)
    if file.format not in READ_HERE:
        raise unsupported(file.format)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with _failures_of_pillow(file):
            opened = _open(file)
        with _failures_of_pillow(file, (opened.height, opened.width)):
            return first_picture(opened, file.data, jpeg_pixels)


def request_jpeg(data: bytes | memoryview, max_megapixels: float) -> DecodeRequest | None:
    """Say whether this file's pixels are to be asked for outside; see `host_jpeg.py`.

    Returns
    -------
    DecodeRequest or None
        None for all but an RGB JPEG of acceptable size; `decode` says what is wrong.
    """
    if not data or sniff(data) != "jpeg":
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            opened = _open(_File(data, "jpeg", max_megapixels))
        except Exception:  # whatever Pillow throws at it: decode() meets it again and names it
            return None
    pixels_only = without_metadata(data) if opened.mode == "RGB" else None
    if pixels_only is None:
        return None
    return DecodeRequest(pixels_only, opened.height, opened.width)


def from_rgba(
    pixels: bytes | memoryview, height: int, width: int, *, icc_profile: bytes | None = None
) -> SourceImage:
    """Take a picture that a browser has decoded.

    Parameters
    ----------
    pixels : bytes, height * width * 4
        Rows of straight (not premultiplied) RGBA, upright.
    height, width : int, pixels, >= 1
    icc_profile : bytes or None
        What the pixels' colours mean; None for sRGB.

    Raises
    ------
    ValueError
        If the number of bytes is not ``height * width * 4``.
    """
    if min(height, width) < 1 or len(pixels) != height * width * 4:
        raise ValueError(f"{len(pixels)} bytes are not {height} x {width} RGBA pixels")
    rgba = np.frombuffer(pixels, np.uint8).reshape(height, width, 4)
    image, own_alpha = split_alpha(Image.fromarray(rgba))
    profile, notices = carried_profile(icc_profile)
    return SourceImage(image, own_alpha, "RGBA", profile, None, notices)


def _open(file: _File) -> ImageFile:
    """Read the file's header, and refuse what is too large or not to be read here."""
    _check_before_opening(file)
    try:
        opened = _OPENERS[file.format](BytesIO(file.data))
    except Exception as error:
        if _is_unread_variant(file, error):
            raise unsupported(file.format) from error
        if not png_chunks.is_png(file.data):
            raise
        opened = PngImageFile(BytesIO(png_chunks.only_pixel_chunks(file.data)))
    _check_size(opened.height, opened.width, file.max_megapixels)
    if isinstance(opened, TiffImageFile):
        # A tile is decoded whole, however small the picture that it is part of.
        tile_height, tile_width = (opened.tag_v2.get(tag, 1) for tag in _TILE_SIZE)
        _check_size(tile_height, tile_width, file.max_megapixels)
    return opened


def _check_before_opening(file: _File) -> None:
    """Look at what Pillow would trust blindly."""
    if file.format == "webp":
        size = header_checks.webp_size(file.data)
        if size is None:
            raise corrupt(file.format, "no WebP header")
        _check_size(*size, file.max_megapixels)
    elif file.format == "tiff":
        if header_checks.is_camera_raw(file.data):
            raise unsupported("raw")
        if not header_checks.is_tiff_honest(file.data):
            raise corrupt(file.format, "tags claim more bytes than the file has")


def _check_size(height: int, width: int, max_megapixels: float) -> None:
    megapixels = height * width / 1e6
    if megapixels > max_megapixels or max(height, width) > MAX_SIDE:
        raise too_large(height, width, max_megapixels)


def _is_unread_variant(file: _File, error: Exception) -> bool:
    """Tell a sound file of a kind that Pillow does not know from a broken one."""
    if file.format == "bmp":
        header_bytes = int.from_bytes(file.data[14:18], "little")
        return isinstance(error, OSError) and len(file.data) > 14 + header_bytes
    # Pillow looks the pixel layout and the compression of a TIFF up in tables.
    return file.format == "tiff" and isinstance(error.__cause__, KeyError)


@contextmanager
def _failures_of_pillow(file: _File, size: tuple[int, int] = (0, 0)) -> Generator[None]:
    """Turn whatever Pillow throws at hostile bytes into a DecodeError: the one place.

    Pillow documents no set of exceptions; beside OSError and SyntaxError files have
    brought out struct.error, zlib.error, ValueError, KeyError, TypeError and more.
    """
    try:
        yield
    except DecodeError:
        raise
    except Image.DecompressionBombError as error:
        # Pillow's own limit for what a GIF's frame or a TIFF may claim.
        pixels = 2 * (Image.MAX_IMAGE_PIXELS or 0)
        raise too_large(*size, file.max_megapixels, pixels=pixels) from error
    except MemoryError as error:
        raise too_large(*size, file.max_megapixels) from error
    except Exception as error:
        raise corrupt(file.format, f"{type(error).__name__}: {error}") from error
