"""The file's own ICC profile: carried to the result where it speaks of RGB.

Decides: which profile is dropped: one that is broken, or of CMYK or grey (PROFILE_DROPPED). Colours
are never converted.
"""

from __future__ import annotations

from typing import Final

_ICC_HEADER_BYTES: Final = 128


def keep_profile(profile: bytes | None) -> tuple[bytes | None, tuple[str, ...]]:
    """Keep a profile that speaks of RGB; say so when another one is dropped.

    What is no ICC profile at all is dropped without a notice: it is of no use to anyone.
    """
    if not profile or len(profile) < _ICC_HEADER_BYTES or profile[36:40] != b"acsp":
        return None, ()
    if int.from_bytes(profile[:4], "big") > len(profile):
        return None, ()
    if profile[16:20] != b"RGB ":
        return None, ("PROFILE_DROPPED",)
    return profile, ()
