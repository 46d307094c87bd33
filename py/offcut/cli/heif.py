"""HEIC and HEIF pictures, as iPhones take them, which the extension reads with libheif: here too.

Decides: that pillow-heif, which is the same library, is needed, and what is said where it is not.
"""

from __future__ import annotations

from typing import Any

from offcut.decoding.decode import from_rgba
from offcut.decoding.decode_errors import corrupt_image, image_too_large
from offcut.decoding.sniff import sniff
from offcut.errors import DecodeError
from offcut.source_image import SourceImage


def decode_if_heic(data: bytes, max_megapixels: float) -> bytes | SourceImage:
    """Decode a HEIC picture; whatever else is given comes back as it is.

    Parameters
    ----------
    data : bytes
    max_megapixels : float, > 0

    Raises
    ------
    DecodeError
        ``UNSUPPORTED_FORMAT``, with what to install; ``IMAGE_TOO_LARGE``, before anything is
        decoded; ``CORRUPT_IMAGE``.
    """
    if sniff(data) != "heic":
        return data
    height, width, file = _open(data)
    try:
        if width * height > max_megapixels * 1e6:
            raise image_too_large(height, width, max_megapixels)
        pixels = file.to_pillow().convert("RGBA").tobytes()
    except DecodeError:
        raise
    except Exception as error:  # it documents no set of them
        raise corrupt_image("heic", str(error)) from error
    return from_rgba(pixels, height, width, icc_profile=file.info.get("icc_profile"))


def heic_size(data: bytes) -> tuple[int, int]:
    """Read the (height, width) of a HEIC picture.

    Raises
    ------
    DecodeError
        See `decode_if_heic`.
    """
    return _open(data)[:2]


def _open(data: bytes) -> tuple[int, int, Any]:
    """Read the header: height, width, and the file as pillow-heif has it."""
    try:
        import pillow_heif  # noqa: PLC0415 (an extra)
    except ImportError as error:
        raise DecodeError(
            "UNSUPPORTED_FORMAT",
            "A HEIC picture needs pillow-heif: pip install 'offcut[heif]', or save it as JPEG.",
            detail={"format": "heic", "browser": 1},
        ) from error
    try:
        file: Any = pillow_heif.open_heif(data)  # pyright: ignore[reportUnknownMemberType]
        width, height = file.size
    except Exception as error:  # it documents no set of them
        raise corrupt_image("heic", str(error)) from error
    return height, width, file
