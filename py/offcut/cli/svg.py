"""SVG drawings, which the extension's browser draws: here by librsvg's command, if it is there."""

from __future__ import annotations

import shutil
import struct
import subprocess
from typing import Final

from offcut.decoding.decode_errors import corrupt_image
from offcut.decoding.png_chunks import is_png
from offcut.decoding.sniff import sniff
from offcut.errors import DecodeError

PROGRAM: Final = "rsvg-convert"
# As in the extension: a logo is often tiny in its own units and shown large.
_LEAST_SIDE: Final = 1024
_LIMIT_S: Final = 120


def draw_if_svg(data: bytes) -> bytes:
    """Make a PNG of an SVG drawing; whatever else is given comes back as it is.

    Raises
    ------
    DecodeError
        ``UNSUPPORTED_FORMAT``, with what to install; ``CORRUPT_IMAGE``.
    """
    if sniff(data) != "svg":
        return data
    if shutil.which(PROGRAM) is None:
        raise DecodeError(
            "UNSUPPORTED_FORMAT",
            f"An SVG drawing needs {PROGRAM}: install librsvg2-bin (Debian, Ubuntu), "
            "librsvg2-tools (Fedora) or librsvg (Homebrew) and try again, or save it as PNG.",
            detail={"format": "svg", "browser": 1},
        )
    drawn = _draw(data)
    longer = max(struct.unpack(">II", drawn[16:24]))
    return drawn if longer >= _LEAST_SIDE else _draw(data, f"--zoom={_LEAST_SIDE / longer:.6f}")


def _draw(data: bytes, *flags: str) -> bytes:
    try:
        done = subprocess.run(
            [PROGRAM, "--format=png", *flags],
            input=data,
            capture_output=True,
            check=False,
            timeout=_LIMIT_S,
        )
    except subprocess.TimeoutExpired as error:
        raise corrupt_image("svg", "it takes too long to draw") from error
    if done.returncode or not is_png(done.stdout):
        raise corrupt_image("svg", done.stderr.decode("utf-8", "replace").strip())
    return done.stdout
