"""What a job costs: peak memory natively, and stage times in Pyodide."""

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image

from dev.paths import PACKAGE, REGISTRY, SCRIPTS, VENDOR
from dev.terminal import SetupError, run_quietly, say

MEGABYTE: Final = 1_000_000
# The bound that the docs give, in megabytes, by size of the picture in pixels.
MEMORY_BOUNDS: Final = {(6000, 4000): 700, (12500, 8000): 1500}
TIMED: Final = (4000, 3000)
BENCH: Final = SCRIPTS / "dev" / "pyodide_bench.mjs"


def report_memory() -> None:
    """Print the peak of a whole job, network and process included, at two sizes."""
    with tempfile.TemporaryDirectory(prefix="offcut-memory-") as scratch:
        for (width, height), bound in MEMORY_BOUNDS.items():
            picture = Path(scratch) / "picture.jpg"
            write_picture(picture, width, height)
            child = run_quietly([sys.executable, "-m", "dev.quality_peak", picture])
            if child.returncode != 0:
                raise SetupError(f"The job at {width} x {height} failed:\n{child.stderr}")
            peak = float(child.stdout)
            size = f"{width * height / 1e6:.0f} megapixels, JPEG to PNG"
            say(f"{size}: {peak:.0f} MB at most (bound {bound} MB)")


def report_time() -> None:
    """Print stage times in Pyodide under Node, the best of five; the network answers at once."""
    with tempfile.TemporaryDirectory(prefix="offcut-time-") as scratch:
        picture = Path(scratch) / "picture.jpg"
        write_picture(picture, *TIMED)
        command = ["node", BENCH, VENDOR / "pyodide", PACKAGE, REGISTRY, picture]
        done = subprocess.run(list(map(str, command)), check=False, capture_output=True, text=True)
    if done.returncode != 0:
        raise SetupError(f"Node could not run it:\n{done.stderr[-2000:]}")
    say(done.stdout.strip())


def write_picture(path: Path, width: int, height: int) -> None:
    """Write a JPEG of a furry disc before a ripple: edges, texture and a wide soft band."""
    small = np.random.default_rng(0).integers(0, 256, (height // 8, width // 8, 3), np.uint8)
    backdrop = Image.fromarray(small // 4 + 150).resize((width, height), Image.Resampling.BICUBIC)
    subject = Image.new("RGB", (width, height), (180, 70, 40))
    backdrop.paste(subject, (0, 0), furry_disc(height // 4, width // 4).resize((width, height)))
    backdrop.save(path, quality=90)


def furry_disc(height: int, width: int) -> Image.Image:
    """Draw a disc with a frayed, soft edge: mode L."""
    y, x = np.mgrid[:height, :width].astype(np.float32)
    y, x = (y - height / 2) / height, (x - width / 2) / height
    angle = np.arctan2(y, x)
    edge = 0.32 + 0.02 * np.sin(60 * angle) + 0.015 * np.sin(143 * angle + 1)
    alpha = np.clip((edge - np.hypot(y, x)) / 0.03 + 0.5, 0, 1)
    return Image.fromarray(np.rint(alpha * 255).astype(np.uint8))
