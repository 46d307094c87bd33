"""The reasons for which a file is refused, each with the detail that its code promises.

Decides: the sentences and facts of UNSUPPORTED_FORMAT, CORRUPT_IMAGE and IMAGE_TOO_LARGE, and
whether the browser may try.
"""

from __future__ import annotations

from offcut.decoding.sniff import READ_BY_BROWSERS
from offcut.errors import DecodeError

_REASON_LENGTH = 200


def unsupported_format(name: str, **detail: str) -> DecodeError:
    """Say that a format, or the kind of it that `detail` names, is not read here."""
    kind = "".join(f", {key} {value}" for key, value in detail.items())
    may_browser = int(name in READ_BY_BROWSERS)
    return DecodeError(
        "UNSUPPORTED_FORMAT",
        f"Files of the format {name}{kind} are not read here.",
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
