"""How much memory pictures and processes take, and how much there is.

Decides: what a picture of so many pixels is taken to need, how `--memory` is written, and its
default: three quarters of what is free.
"""

from __future__ import annotations

import os
import re
import warnings
from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import Image

from offcut.cli.heif import heic_size
from offcut.decoding.header_checks import webp_size
from offcut.decoding.read_animation import MOST_MEGAPIXELS
from offcut.decoding.sniff import sniff
from offcut.errors import OffcutError
from offcut.moving_cutout import may_move
from offcut.options.lengths import parse_size
from offcut.options.options import OffcutOptions

MB: Final = 1_000_000
PROCESS_BYTES: Final = 450 * MB
"""Of a worker with u2netp that rests; it tells its own number when it has started."""

_UNITS: Final = {"": 1, "K": 1e3, "M": 1e6, "G": 1e9, "T": 1e12}
_WRITTEN: Final = re.compile(r"(\d+(?:\.\d+)?)\s*([KMGT]?)B?", re.IGNORECASE)
_DEFAULT_SHARE: Final = 0.75
_UNKNOWN_MACHINE: Final = 4000 * MB
# Measured (py/measurements.md, "Many pictures"): what the working picture takes, whatever the
# picture's size, and what each pixel takes, most with an alpha channel of its own.
_WORKING_BYTES: Final = 250 * MB
_PIXEL_BYTES: Final = {"png": 16, "jpeg": 24, "gif": 24, "webp": 48, "psd": 40, "ora": 40}
_LESS_FOR_JPEG: Final = 7
"""Bytes of each pixel that a JPEG does not take: it has no alpha channel and no deep colours."""
_MORE_IF_TURNED: Final = 3
"""Bytes of each pixel of a JPEG that its EXIF turns."""
_ORIENTATION: Final = 0x0112
_FRAME_PIXEL_BYTES: Final = 14
"""Bytes of each pixel of each frame of what moves."""
_PAGE: Final = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


def parse_memory(text: str) -> int:
    """Read 4G, 4GB, 800M or a number of bytes.

    Raises
    ------
    ValueError
        If it is written otherwise.
    """
    written = _WRITTEN.fullmatch(text.strip())
    if not written:
        raise ValueError(f"{text} is no amount of memory: write 4G or 800M")
    return int(float(written[1]) * _UNITS[written[2].upper()])


def require_memory(needed: int, free: int) -> None:
    """Refuse a picture that takes more memory than it could ever have, both in bytes.

    Raises
    ------
    MemoryError
        With what a person is told.
    """
    if needed > free:
        raise MemoryError(
            f"It would take {needed / MB:.0f} MB beside the process itself, of which "
            f"{max(free, 0) / MB:.0f} MB are left: give more with --memory."
        )


def default_memory() -> int:
    """Give what all processes together may take if nobody says it, in bytes."""
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
        free = next(int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvail"))
    except (OSError, StopIteration, ValueError):
        free = _UNKNOWN_MACHINE
    return int(_DEFAULT_SHARE * min(free, _container_limit() or free))


def held_bytes() -> int:
    """Give what this process has of the machine's memory, in bytes."""
    try:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * _PAGE
    except (OSError, ValueError):
        return PROCESS_BYTES


def picture_bytes(data: bytes, options: OffcutOptions) -> int:
    """Estimate what a picture takes at most beside the process that works on it, in bytes.

    Parameters
    ----------
    data : bytes
        The file, of which the header is read.
    options : OffcutOptions
    """
    kind = sniff(data)
    pixels, is_turned = _facts_of(data, kind, options.max_megapixels)
    if options.canvas is not None:
        height, width = parse_size(options.canvas)
        pixels = max(pixels, height * width)
    each = _PIXEL_BYTES[options.format]
    if kind == "jpeg":
        each -= _LESS_FOR_JPEG - is_turned * _MORE_IF_TURNED
    of_frames = _frames_bytes(data, pixels) if may_move(options) else 0
    return _WORKING_BYTES + pixels * each + of_frames + 2 * len(data)


def _frames_bytes(data: bytes, pixels: int) -> int:
    """Estimate what the frames of a picture that moves take, all of which are kept."""
    if sniff(data) not in {"gif", "png", "webp"}:
        return 0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with Image.open(BytesIO(data)) as image:
                count = getattr(image, "n_frames", 1)
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
            return 0
    moving = pixels * count if count > 1 else 0
    return moving * _FRAME_PIXEL_BYTES if moving <= MOST_MEGAPIXELS * 1e6 else 0


def _facts_of(data: bytes, kind: str, max_megapixels: float) -> tuple[int, bool]:
    """Read pixels, 0 for what will be refused, and whether EXIF turns them, out of a header."""
    is_turned = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            if kind == "webp":  # Pillow would ask for its pixels
                height, width = webp_size(data) or (0, 0)
            elif kind == "heic":
                height, width = heic_size(data)
            else:
                with Image.open(BytesIO(data)) as image:
                    height, width = image.height, image.width
                    is_turned = kind == "jpeg" and image.getexif().get(_ORIENTATION, 1) != 1
    except (OffcutError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return 0, False
    return (height * width if height * width <= max_megapixels * 1e6 else 0), is_turned


def _container_limit() -> int | None:
    """Give the limit of the container that this runs in, if it has one."""
    for file in ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"):
        try:
            return int(Path(file).read_text(encoding="ascii"))
        except (OSError, ValueError):
            continue
    return None
