"""What rembg itself makes of the pictures: the package, in an environment of its own."""

import tempfile
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from dev.bench.native_runs import NativeRun, native_run
from dev.quality.scores import Truth

Bytes = NDArray[np.uint8]
Cut = Callable[[Truth], tuple[Bytes, Bytes]]
"""Gives a picture's matte and colours."""


@contextmanager
def rembg_methods() -> Generator[dict[str, Cut]]:
    """Start rembg with u2netp; gives it as it is, and with its alpha matting.

    Raises
    ------
    SetupError
        If it can't be installed, or if it fails.
    """
    with (
        tempfile.TemporaryDirectory(prefix="offcut-rembg-") as scratch,
        native_run("rembg") as plain,
        native_run("rembg-matting") as matting,
    ):
        picture = Path(scratch) / "picture.png"
        yield {
            "rembg": _method(plain, picture, "rembg"),
            "rembg, alpha matting": _method(matting, picture, "rembg-matting"),
        }


def _method(program: NativeRun, picture: Path, name: str) -> Cut:
    last: list[tuple[Truth, tuple[Bytes, Bytes]]] = []  # the tables ask twice for each picture

    def run(truth: Truth) -> tuple[Bytes, Bytes]:
        if not last or last[0][0] is not truth:
            Image.fromarray(truth.image).save(picture, compress_level=1)
            program.cut_out(picture)
            rgba = np.asarray(Image.open(f"{picture}.{name}.png").convert("RGBA"))
            last[:] = [(truth, (rgba[..., 3], rgba[..., :3]))]
        return last[0][1]

    return run
