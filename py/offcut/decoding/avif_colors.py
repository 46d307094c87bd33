"""Reads what an AVIF says of its colours, which Pillow passes over."""

from __future__ import annotations

from typing import Final

from offcut.decoding.color_space import ColorSpace, space_from_codes
from offcut.decoding.transfer_functions import SRGB

_HEAD_BYTES: Final = 1 << 16
_BY_CODES: Final = b"colrnclx"
# In an AVIF browsers take the curves of video for sRGB's.
_VIDEO: Final = frozenset({1, 6, 11, 14, 15})
_BY_PROFILE: Final = (b"colrprof", b"colrrICC")


def avif_color_space(data: bytes | memoryview) -> ColorSpace | None:
    """Make a space of the numbers in an AVIF's colour box.

    Returns
    -------
    ColorSpace or None
        None for sRGB, and where a profile says it or nothing does.
    """
    head = bytes(data[:_HEAD_BYTES])
    at = head.find(_BY_CODES) + len(_BY_CODES)
    if at < len(_BY_CODES) or len(head) < at + 4 or any(kind in head for kind in _BY_PROFILE):
        return None
    primaries, transfer = (int.from_bytes(head[at + n : at + n + 2], "big") for n in (0, 2))
    if transfer in _VIDEO:
        transfer = SRGB
    # Pillow's pixels are RGB of the full range already.
    return space_from_codes(primaries, transfer)[1]
