"""Offcut: remove the background of a picture on your own machine.

Decides: the names that `from offcut import ...` offers.
"""

from __future__ import annotations

from offcut.alpha_file import encode_alpha
from offcut.api import AnyPicture, remove_background
from offcut.cutout import Cutout, render
from offcut.editing.regions import Region
from offcut.editing.strokes import Stroke, strokes_from_json
from offcut.errors import OffcutError
from offcut.options.options import OffcutOptions
from offcut.pipeline import run_pipeline
from offcut.remover import Remover

__all__ = [
    "AnyPicture",
    "Cutout",
    "OffcutError",
    "OffcutOptions",
    "Region",
    "Remover",
    "Stroke",
    "encode_alpha",
    "remove_background",
    "render",
    "run_pipeline",
    "strokes_from_json",
]
