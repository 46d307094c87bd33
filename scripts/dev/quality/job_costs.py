"""What a job costs: peak memory natively, and stage times in Pyodide."""

import json
import struct
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
from PIL import Image

from dev.paths import PACKAGE, REGISTRY, VENDOR
from dev.terminal import SetupError, run_quietly, say

MEGABYTE: Final = 1_000_000
# The bound that the docs give, in megabytes, by size of the picture in pixels.
MEMORY_BOUNDS: Final = {(6000, 4000): 700, (12500, 8000): 1500}
TIMED: Final = (4000, 3000)
STAGE_TIMES: Final = Path(__file__).with_name("stage_times.mjs")


def report_memory() -> None:
    """Print the peak of whole jobs, process included, in the worst cases at two sizes."""
    with tempfile.TemporaryDirectory(prefix="offcut-memory-") as scratch:
        for size, bound in MEMORY_BOUNDS.items():
            say(f"{size[0] * size[1] / 1e6:.0f} megapixels, bound {bound} MB:")
            picture = Path(scratch) / "picture"
            for name, case in MEMORY_CASES.items():
                case.write(picture, *size)
                say(f"  {name}: {_peak(picture, case.options):.0f} MB")


def _peak(picture: Path, options: dict[str, Any]) -> float:
    """Run one job in a process of its own: megabytes."""
    child = run_quietly(
        [sys.executable, "-m", "dev.quality.measure_job_memory", picture, json.dumps(options)]
    )
    if child.returncode != 0:
        raise SetupError(f"A job with {options} failed:\n{child.stderr}")
    return float(child.stdout)


def report_time() -> None:
    """Print stage times in Pyodide under Node, the best of five; the network answers at once."""
    with tempfile.TemporaryDirectory(prefix="offcut-time-") as scratch:
        picture = Path(scratch) / "picture.jpg"
        write_picture(picture, *TIMED)
        command = ["node", STAGE_TIMES, VENDOR / "pyodide", PACKAGE, REGISTRY, picture]
        done = subprocess.run(list(map(str, command)), check=False, capture_output=True, text=True)
    if done.returncode != 0:
        raise SetupError(f"Node could not run it:\n{done.stderr[-2000:]}")
    say(done.stdout.strip())


def write_picture(path: Path, width: int, height: int) -> None:
    """Write a JPEG of the picture that all costs are measured with."""
    _draw(width, height).save(path, "JPEG", quality=90)


def _draw(width: int, height: int) -> Image.Image:
    """Draw a furry disc before a ripple: edges, texture and a wide soft band."""
    small = np.random.default_rng(0).integers(0, 256, (height // 8, width // 8, 3), np.uint8)
    backdrop = Image.fromarray(small // 4 + 150).resize((width, height), Image.Resampling.BICUBIC)
    subject = Image.new("RGB", (width, height), (180, 70, 40))
    backdrop.paste(subject, (0, 0), furry_disc(height // 4, width // 4).resize((width, height)))
    return backdrop


def _write_progressive(path: Path, width: int, height: int) -> None:
    _draw(width, height).save(path, "JPEG", quality=90, progressive=True)


def _write_turned(path: Path, width: int, height: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    _draw(height, width).save(path, "JPEG", quality=90, exif=exif)


def _write_palette(path: Path, width: int, height: int) -> None:
    indexed = _draw(width, height).quantize(64, method=Image.Quantize.FASTOCTREE)
    indexed.save(path, "PNG", compress_level=1, transparency=bytes(range(64, 128)))


def _write_deep(path: Path, width: int, height: int) -> None:
    """Write a PNG of sixteen bits with alpha, row by row: Pillow writes no such file."""
    row = np.zeros((width, 4), ">u2")
    row[:, 3] = 60_000
    packer = zlib.compressobj(1)
    data = bytearray()
    shown = _draw(width, height)
    for top in range(height):
        pixels = np.asarray(shown.crop((0, top, width, top + 1)))[0]
        row[:, :3] = pixels.astype(np.uint16) * 257
        data += packer.compress(b"\0" + row.tobytes())
    data += packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 16, 6, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", bytes(data)), (b"IEND", b""))
    with path.open("wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n")
        for name, body in chunks:
            file.write(struct.pack(">I", len(body)) + name + body)
            file.write(struct.pack(">I", zlib.crc32(name + body)))


def _write_drawing(path: Path, width: int, height: int) -> None:
    """Write a furry disc of one colour on white, as PNG."""
    drawing = Image.new("RGB", (width, height), "white")
    shape = furry_disc(height // 4, width // 4).resize((width, height))
    drawing.paste((180, 70, 40), (0, 0), shape)
    drawing.save(path, "PNG", compress_level=1)


def furry_disc(height: int, width: int) -> Image.Image:
    """Draw a disc with a frayed, soft edge: mode L."""
    y, x = np.mgrid[:height, :width].astype(np.float32)
    y, x = (y - height / 2) / height, (x - width / 2) / height
    angle = np.arctan2(y, x)
    edge = 0.32 + 0.02 * np.sin(60 * angle) + 0.015 * np.sin(143 * angle + 1)
    alpha = np.clip((edge - np.hypot(y, x)) / 0.03 + 0.5, 0, 1)
    return Image.fromarray(np.rint(alpha * 255).astype(np.uint8))


@dataclass(frozen=True, slots=True)
class MemoryCase:
    """A kind of file and options whose peak is measured."""

    write: Callable[[Path, int, int], None]
    options: dict[str, Any] = field(default_factory=dict[str, Any])


MEMORY_CASES: Final = {
    "JPEG": MemoryCase(write_picture),
    "progressive JPEG": MemoryCase(_write_progressive),
    "turned JPEG": MemoryCase(_write_turned),
    "PNG of 16 bits with alpha": MemoryCase(_write_deep),
    "PNG with palette and alpha": MemoryCase(_write_palette),
    "PNG, flat graphic": MemoryCase(_write_drawing),
    "JPEG, feathered, grown, blurred background, shadow": MemoryCase(
        write_picture,
        {"feather": 40, "shift_edge": 6, "background": "blur", "shadow": True},
    ),
    "JPEG, feathered, shadow, on a canvas of the same size": MemoryCase(
        write_picture, {"feather": 40, "shadow": True, "canvas": "9999x9999", "scale": 0.9}
    ),
    "JPEG to JPEG": MemoryCase(write_picture, {"format": "jpeg"}),
}
