"""What rembg itself makes of the pictures: the package, in an environment of its own."""

import json
import os
import subprocess
import tempfile
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from dev.bench.rivals import rembg_python
from dev.scores import Truth
from dev.terminal import SetupError

WORKER: Final = Path(__file__).with_name("quality_rembg_worker.py")

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
    python = rembg_python()
    with tempfile.TemporaryDirectory(prefix="offcut-rembg-") as scratch:
        process = subprocess.Popen(
            [python, WORKER, scratch],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={**os.environ, "U2NET_HOME": str(python.parents[1] / "u2net")},
        )
        try:
            yield {
                "rembg": _method(process, Path(scratch), is_matting=False),
                "rembg, alpha matting": _method(process, Path(scratch), is_matting=True),
            }
        finally:
            process.terminate()
            process.wait()


def _method(process: subprocess.Popen[str], folder: Path, *, is_matting: bool) -> Cut:
    last: list[tuple[Truth, tuple[Bytes, Bytes]]] = []

    def run(truth: Truth) -> tuple[Bytes, Bytes]:
        if not last or last[0][0] is not truth:
            Image.fromarray(truth.image).save(folder / "picture.png", compress_level=1)
            _ask(process, is_matting=is_matting)
            rgba = np.asarray(Image.open(folder / "cutout.png").convert("RGBA"))
            last[:] = [(truth, (rgba[..., 3], rgba[..., :3]))]
        return last[0][1]

    return run


def _ask(process: subprocess.Popen[str], *, is_matting: bool) -> None:
    asks, answers = process.stdin, process.stdout
    if asks is None or answers is None:
        raise TypeError("rembg was started without pipes")
    asks.write(json.dumps({"alpha_matting": is_matting}) + "\n")
    asks.flush()
    if not answers.readline():
        raise SetupError("rembg ended before it had an answer.")
