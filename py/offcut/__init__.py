"""Offcut: remove the background of a picture on your own machine."""

from __future__ import annotations

from offcut.cutout import Cutout
from offcut.errors import OffcutError
from offcut.options import OffcutOptions
from offcut.pipeline import run_pipeline

__all__ = ["Cutout", "OffcutError", "OffcutOptions", "run_pipeline"]
