"""HEIC files, as phones store pictures."""

from __future__ import annotations

import io
from typing import Any

import pillow_heif
from files import exif_block, icc_profile
from PIL import Image

PROFILE = icc_profile()


def heic(picture: Image.Image, *, is_turned: bool = False) -> bytes:
    """Store a picture, maybe as one that was taken with the phone upright."""
    exif = {"exif": exif_block(6)} if is_turned else {}
    target = io.BytesIO()
    file: Any = pillow_heif.from_pillow(picture)
    file.save(target, quality=90, icc_profile=PROFILE, **exif)
    return target.getvalue()
