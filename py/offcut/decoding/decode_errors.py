"""The reasons for which a file is refused, each with the detail that its code promises.

Decides: the sentences and facts of UNSUPPORTED_FORMAT, CORRUPT_IMAGE and IMAGE_TOO_LARGE, and
whether the browser may try.
"""

from __future__ import annotations

from typing import Final

from offcut.decoding.sniff import READ_BY_BROWSERS
from offcut.errors import DecodeError

_REASON_LENGTH: Final = 200
_ADVICE: Final = {
    "avif": "A newer Pillow reads it: pip install --upgrade pillow.",
    "heic": "Make a JPEG of it first: heif-convert photo.heic photo.jpg (package libheif-examples "
    "on Debian and Ubuntu, libheif elsewhere).",
    "jxl": "Make a PNG of it first: djxl photo.jxl photo.png (package libjxl-tools).",
    "svg": "Make a PNG of it first: rsvg-convert -w 1024 logo.svg -o logo.png (package "
    "librsvg2-bin on Debian and Ubuntu, librsvg elsewhere).",
    "pdf": "Make a PNG of a page first: pdftoppm -png file.pdf page (package poppler-utils).",
    "mp4": "Save one frame of it as a picture first.",
    "webm": "Save one frame of it as a picture first.",
    "html": "It is a web page, not a picture.",
    "text": "It is text, not a picture.",
    "jpeg": "Save it as an ordinary JPEG, or as PNG, first.",
}
_COMMON_ADVICE: Final = "Save it as JPEG, PNG or WebP first."


def unsupported_format(name: str, **detail: str) -> DecodeError:
    """Say that a format, or the kind of it that `detail` names, is not read here."""
    kind = "".join(f", {key} {value}" for key, value in detail.items())
    may_browser = int(name in READ_BY_BROWSERS)
    return DecodeError(
        "UNSUPPORTED_FORMAT",
        f"Files of the format {name}{kind} are not read here. {_ADVICE.get(name, _COMMON_ADVICE)}",
        detail={"format": name, **detail, "browser": may_browser},
    )


def corrupt_image(name: str, reason: str) -> DecodeError:
    """Say that a file of a known format is broken; `reason` is for logs."""
    return DecodeError(
        "CORRUPT_IMAGE",
        f"The {name} file is damaged or cut off.",
        detail={"format": name, "reason": reason[:_REASON_LENGTH]},
    )


def image_too_large(height: int, width: int, limit: float, *, pixels: int = 0) -> DecodeError:
    """Say that a picture is over the limit, in megapixels, or too large for this machine.

    `pixels` stands for ``height * width`` where these are not known.
    """
    megapixels = max(height * width, pixels) / 1e6
    if megapixels > limit:
        words = f"A picture of {megapixels:.1f} megapixels is too large; the limit is {limit:g}."
    else:
        words = f"A picture of {width} x {height} pixels is too large for this program."
    return DecodeError(
        "IMAGE_TOO_LARGE",
        words,
        detail={
            "megapixels": round(megapixels, 1),
            "limit": limit,
            "width": width,
            "height": height,
        },
    )
