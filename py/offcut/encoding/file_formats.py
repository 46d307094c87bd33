"""The formats of files that are written: their names, their endings, and what they can hold.

Decides: which formats there are and which of them have layers; media types and endings; which size
and megapixels a format can hold (ENCODE_FAILED).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from offcut.errors import EncodeError

FLAT_FORMATS: Final = ("png", "webp", "jpeg", "gif")
"""One picture, which every program shows."""

MOVING_FORMATS: Final = ("png", "webp", "gif")
"""Those that can hold an animation."""

LAYERED_FORMATS: Final = ("psd", "ora")
"""Photoshop's and OpenRaster, for programs that edit pictures."""

MEDIA_TYPES: Final[Mapping[str, str]] = {
    "png": "image/png",
    "webp": "image/webp",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "psd": "image/vnd.adobe.photoshop",
    "ora": "image/openraster",
}
FILE_SUFFIXES: Final[Mapping[str, str]] = {
    "png": ".png",
    "webp": ".webp",
    "jpeg": ".jpg",
    "gif": ".gif",
    "psd": ".psd",
    "ora": ".ora",
}

# PNG's 31 bits are out of reach; JPEG's limit is libjpeg's, a little under the format's.
_MAX_SIDE: Final = {
    "png": 2**31 - 1,
    "webp": 16383,
    "jpeg": 65500,
    "gif": 65535,
    "psd": 30000,
    "ora": 2**31 - 1,
}
# libwebp takes some 25 bytes a pixel beside the picture: this keeps it under 1.5 GB. A file with
# layers has up to twelve bytes a pixel, and is there twice for a moment.
_MAX_MEGAPIXELS: Final = {"webp": 40, "gif": 40, "psd": 60, "ora": 60}
_NAMES: Final = {"webp": "WebP", "gif": "GIF", "psd": "PSD", "ora": "OpenRaster"}


def require_encodable(size: tuple[int, int], format: str) -> None:
    """Refuse what a format cannot hold, or only in more memory than is allowed.

    Raises
    ------
    EncodeError
        ENCODE_FAILED.
    """
    _require_fitting_size(size, format)
    _require_bounded_memory(size, format)


def _require_fitting_size(size: tuple[int, int], format: str) -> None:
    height, width = size
    limit = _MAX_SIDE[format]
    if max(size) > limit:
        raise EncodeError(
            "ENCODE_FAILED",
            f"A {format} file is at most {limit} pixels wide and high, not {width} x {height}."
            + advise_png(format),
            detail={"format": format, "limit": limit, "width": width, "height": height},
        )


def advise_png(format: str) -> str:
    """Say what to do about a limit, as the last sentence of a message."""
    return "" if format == "png" else " PNG has no such limit."


def _require_bounded_memory(size: tuple[int, int], format: str) -> None:
    height, width = size
    megapixels = height * width / 1e6
    limit = _MAX_MEGAPIXELS.get(format)
    if limit is not None and megapixels > limit:
        raise EncodeError(
            "ENCODE_FAILED",
            f"A {_NAMES[format]} file of {megapixels:.0f} megapixels takes too much memory; at "
            f"most {limit} are written.{advise_png(format)}",
            detail={"format": format, "limit": limit, "megapixels": megapixels},
        )
