"""Which files of a folder are pictures, told by their names.

Decides: the endings of pictures, what a system has put into a folder by itself, what our results
are called at their end.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

PICTURE_SUFFIXES: Final = frozenset(
    {".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".apng", ".webp", ".gif", ".bmp", ".tif", ".tiff"}
    | {".avif", ".ico", ".cur"}
)
OTHER_SUFFIXES: Final = frozenset(
    {".heic", ".heif", ".jxl", ".svg", ".svgz", ".jp2", ".j2k", ".psd", ".tga", ".dng", ".cr2"}
    | {".cr3", ".nef", ".arw", ".raf", ".orf", ".rw2", ".exr", ".hdr", ".ppm", ".pgm", ".qoi"}
)
"""Of pictures that are not read, or only if they are named one by one."""

# Folders in which Macs and network disks keep what nobody has put there, beside those that begin
# with a dot, in small letters.
_CLUTTER: Final = frozenset(
    {
        "__macosx",
        "@eadir",
        "@recycle",
        "@recently-snapshot",
        "#recycle",
        "#snapshot",
        "$recycle.bin",
        "system volume information",
        "lost+found",
        "network trash folder",
        "temporary items",
        "thumbs.db",
        "desktop.ini",
    }
)

KINDS: Final = {"cutout": "cutout", "matte": "matte", "inverse": "background"}
"""What a result's name ends with, by the option `output`."""
ALPHA: Final = "alpha"
"""What the name of a matte ends with that lies beside a result."""
_OUR_ENDINGS: Final = tuple(f"-{kind}{end}" for kind in KINDS.values() for end in ("", f"-{ALPHA}"))


def is_clutter(inside: Path) -> bool:
    """Tell whether a file of a folder is a system's own: hidden, thrown away, or a thumbnail.

    Parameters
    ----------
    inside : Path
        The file, seen from the folder that was named.
    """
    return any(part.startswith(".") or part.casefold() in _CLUTTER for part in inside.parts)


def is_picture(file: Path, results: Path | None) -> bool:
    """Tell whether a file is taken where its folder was named; `results` are those of results."""
    if not is_named_like_picture(file) or not file.is_file():
        return False
    return results is None or not file.resolve().is_relative_to(results.resolve())


def is_named_like_result(file: Path) -> bool:
    """Tell whether a file is called like one of our results."""
    return file.stem.endswith(_OUR_ENDINGS)


def is_named_like_picture(file: Path) -> bool:
    """Tell whether a file is called like a picture, and not like one of our results."""
    return file.suffix.lower() in PICTURE_SUFFIXES and not is_named_like_result(file)
