"""What is in Python's memory when the extension starts: every import, and a few small jobs.

Run by `record.js` inside Pyodide, with the registry's text in `registry`. The jobs make
modules import what they import late, and fill caches.
"""

import gc
import importlib
import io
import pkgutil

import numpy as np
import offcut
from numpy.typing import NDArray
from offcut.network.inference import Feeds
from offcut.network.models import read_model_spec
from offcut.options.options import DEFAULT_MODEL, OffcutOptions
from offcut.pipeline import run_pipeline
from PIL import Image

# For the command line, or for another runtime than Pyodide.
LEFT_OUT = {"__main__", "cli", "native"}
FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF")
JOBS = (
    OffcutOptions(),
    OffcutOptions(quality="best", background="blur", crop=True, format="webp"),
    OffcutOptions(background="#336699", shadow=True, feather=1, format="jpeg"),
)


class Seeing:
    """Sees a disc in the middle."""

    def run(self, feeds: Feeds, fetch: str) -> NDArray[np.float32]:
        """Answer as `offcut.network.inference.Session` says."""
        assert fetch
        ((_, _, height, width),) = (tensor.shape for tensor in feeds.values())
        y, x = np.mgrid[:height, :width].astype(np.float32)
        distance = np.hypot(y / height - 0.5, x / width - 0.5)
        return np.clip((0.35 - distance) / 0.1, 0, 1).astype(np.float32)[None, None]


def picture(kind: str) -> bytes:
    """Draw a small picture of many colours."""
    colors = (np.arange(96 * 128 * 3, dtype=np.uint32) * 2654435761 >> 24).astype(np.uint8)
    file = io.BytesIO()
    Image.fromarray(colors.reshape(96, 128, 3)).save(file, kind)
    return file.getvalue()


def warm_up(registry: str) -> None:
    """Import all of the package, and run every job once."""
    for module in pkgutil.walk_packages(offcut.__path__, "offcut."):
        if LEFT_OUT.isdisjoint(module.name.split(".")):
            importlib.import_module(module.name)
    spec = read_model_spec(registry, DEFAULT_MODEL)
    for kind in FORMATS:
        run_pipeline(picture(kind), Seeing(), spec, JOBS[0])
    for options in JOBS[1:]:
        run_pipeline(picture("PNG"), Seeing(), spec, options)


warm_up(registry)  # noqa: F821 (record.js has put it there)  # pyright: ignore
gc.collect()
