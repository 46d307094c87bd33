"""What a PNG says beside its pixels: profile, colours, EXIF. Only what is sound counts.

As browsers do, it heeds these only where they stand before the pixels (PNG, third edition, 5.6).
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from typing import Final

from offcut.decoding.color_space import ColorSpace, space_from_codes, space_from_gamma
from offcut.decoding.png_chunks import has_true_checksum, read_chunks

_READ: Final = frozenset({b"cICP", b"iCCP", b"sRGB", b"gAMA", b"cHRM", b"eXIf"})
_PROFILE_BYTES: Final = 1 << 22
_UNIT: Final = 100_000
_PLACES_BYTES: Final = 32
_EXIF_PREFIX: Final = b"Exif\0\0"
_FULL_RGB: Final = b"\0\1"
"""The end of a cICP chunk: no matrix, full range. Browsers heed no other."""


@dataclass(frozen=True, slots=True)
class PngFacts:
    """What is to be known of a PNG beside its pixels.

    Attributes
    ----------
    icc_profile : bytes or None
    exif : bytes or None
        Without a prefix.
    color_space : ColorSpace or None
        What the colours mean where no profile says it; None for sRGB.
    """

    icc_profile: bytes | None = None
    exif: bytes | None = None
    color_space: ColorSpace | None = None


def read_facts(data: bytes | memoryview) -> PngFacts:
    """Read them from a whole file.

    Notes
    -----
    Of several statements about colour the first of cICP, iCCP, sRGB, and gAMA with cHRM counts
    (PNG, third edition, 4.3).
    """
    view = memoryview(data)
    found: dict[bytes, bytes] = {}
    for chunk in read_chunks(view):
        if chunk.kind == b"IDAT":
            break
        if chunk.kind in _READ and has_true_checksum(view, chunk):
            found.setdefault(chunk.kind, bytes(view[chunk.start : chunk.end]))
    exif = found.get(b"eXIf")
    if exif is not None and exif.startswith(_EXIF_PREFIX):
        exif = None  # a PNG's has no prefix; browsers read none that has
    codes = found.get(b"cICP", b"")
    if len(codes) == 4 and codes[2:] == _FULL_RGB:
        is_known, space = space_from_codes(codes[0], codes[1])
        if is_known:
            return PngFacts(None, exif, space)
    profile = _inflate_profile(found.get(b"iCCP", b""))
    if profile is not None or b"sRGB" in found:
        return PngFacts(profile, exif)
    return PngFacts(None, exif, _plain_space(found))


def _inflate_profile(payload: bytes) -> bytes | None:
    """Take a profile out of its chunk: name, 0, method 0, and a zlib stream."""
    name, _, packed = payload.partition(b"\0")
    if not name or packed[:1] != b"\0":
        return None
    inflater = zlib.decompressobj()
    try:
        profile = inflater.decompress(packed[1:], _PROFILE_BYTES)
    except zlib.error:
        return None
    return profile if inflater.eof else None


def _plain_space(found: dict[bytes, bytes]) -> ColorSpace | None:
    """Make a space of an exponent and chromaticities, which count only beside one."""
    exponent, places = found.get(b"gAMA", b""), found.get(b"cHRM", b"")
    gamma = int.from_bytes(exponent, "big") / _UNIT if len(exponent) == 4 else 0
    if gamma == 0:
        return None
    if len(places) != _PLACES_BYTES:
        return space_from_gamma(gamma, None)
    return space_from_gamma(gamma, tuple(n / _UNIT for n in struct.unpack(">8I", places)))
