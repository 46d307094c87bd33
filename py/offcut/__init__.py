"""Offcut: remove the background of a picture on your own machine."""

from __future__ import annotations

from offcut.api import AnyPicture, remove_background
from offcut.cutout import Cutout, render
from offcut.errors import OffcutError
from offcut.options import OffcutOptions
from offcut.pipeline import run_pipeline

__all__ = [
    "AnyPicture",
    "Cutout",
    "OffcutError",
    "OffcutOptions",
    "remove_background",
    "render",
    "run_pipeline",
]
