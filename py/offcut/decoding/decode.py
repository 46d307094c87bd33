"""Bytes to pixels: one picture, upright, eight bits a channel, colours as in the file.

Decides: that the content and not the name says what a file is, when the browser's decoder is asked
for a JPEG, and which failure (CORRUPT_IMAGE, IMAGE_TOO_LARGE, EMPTY_FILE) an error of Pillow's
becomes.

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
from typing import cast

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from offcut.decoding.color_modes import split_alpha
from offcut.decoding.color_profile import keep_profile
from offcut.decoding.decode_errors import corrupt_image, image_too_large, unsupported_format
from offcut.decoding.first_picture import first_picture
from offcut.decoding.hidden_colors import erase_hidden_colors
from offcut.decoding.host_jpeg import DecodeRequest, strip_metadata
from offcut.decoding.open_picture import is_read_here, open_picture, prepare
from offcut.decoding.picture_file import PictureFile
from offcut.decoding.sniff import sniff
from offcut.errors import DecodeError
from offcut.source_image import SourceImage


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
    file = PictureFile(data, sniff(data), max_megapixels)
    if not is_read_here(file.format):
        raise unsupported_format(file.format)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with _convert_errors(file):
            file = prepare(file)
            opened = open_picture(file)
        with _convert_errors(file, (opened.height, opened.width)):
            return first_picture(opened, file, jpeg_pixels)


def decode_steps(
    picture: bytes | memoryview | SourceImage, max_megapixels: float
) -> Generator[DecodeRequest, object, SourceImage]:
    """Decode a picture, and let the caller decode a JPEG's pixels where it can.

    See `decode`, whose errors these are. What is decoded already is given back.

    Yields
    ------
    DecodeRequest
        To be answered (`send`) with pixels, uint8 (H, W, 4), or with None.

    Raises
    ------
    TypeError
        If a request is answered with anything else.
    """
    if isinstance(picture, SourceImage):
        return picture
    request = request_jpeg(picture, max_megapixels)
    pixels = (yield request) if request else None
    if pixels is not None and getattr(pixels, "dtype", None) != np.uint8:
        raise TypeError("a decode request is answered with pixels")
    jpeg_pixels = cast("NDArray[np.uint8] | None", pixels)
    return decode(picture, max_megapixels=max_megapixels, jpeg_pixels=jpeg_pixels)


def request_jpeg(data: bytes | memoryview, max_megapixels: float) -> DecodeRequest | None:
    """Say whether this file's pixels are to be asked for outside; see `host_jpeg.py`.

    Returns
    -------
    DecodeRequest or None
        None for all but a coloured JPEG of acceptable size; `decode` says what is wrong.
    """
    if not data or sniff(data) != "jpeg":
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            file = prepare(PictureFile(data, "jpeg", max_megapixels))
            opened = open_picture(file)
        except Exception:  # whatever Pillow throws at it: decode() meets it again and names it
            return None
    is_asked = opened.mode == "RGB" or (opened.mode == "CMYK" and _is_subsampled(opened))
    pixels_only = strip_metadata(file.data) if is_asked else None
    if pixels_only is None:
        return None
    return DecodeRequest(pixels_only, opened.height, opened.width)


def _is_subsampled(opened: Image.Image) -> bool:
    """Tell whether a JPEG has colours to enlarge: where there are none, all decoders agree.

    Print colours are then left to Pillow, since browsers round their way to RGB otherwise.
    """
    layers: list[tuple[int, int, int, int]] = getattr(opened, "layer", [])
    return len({(across, down) for _, across, down, _ in layers}) > 1


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
    profile, notices = keep_profile(icc_profile)
    image = erase_hidden_colors(image, own_alpha)
    return SourceImage(image, own_alpha, "RGBA", profile, None, notices)


@contextmanager
def _convert_errors(file: PictureFile, size: tuple[int, int] = (0, 0)) -> Generator[None]:
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
        raise image_too_large(*size, file.max_megapixels, pixels=pixels) from error
    except MemoryError as error:
        raise image_too_large(*size, file.max_megapixels) from error
    except Exception as error:
        raise corrupt_image(file.format, f"{type(error).__name__}: {error}") from error
