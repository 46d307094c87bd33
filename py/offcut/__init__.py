"""Offcut: remove the background of a picture on your own machine.

Decides: the names that `from offcut import ...` offers, and that each is loaded when it is asked
for: the command must be able to answer Ctrl-C before numpy is there.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
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

_HOMES: Final = {
    "AnyPicture": "api",
    "Cutout": "cutout",
    "OffcutError": "errors",
    "OffcutOptions": "options.options",
    "Region": "editing.regions",
    "Remover": "remover",
    "Stroke": "editing.strokes",
    "encode_alpha": "alpha_file",
    "remove_background": "api",
    "render": "cutout",
    "run_pipeline": "pipeline",
    "strokes_from_json": "editing.strokes",
}
"""The modules of these names; for programs that read types, they are stated above."""


def __getattr__(name: str) -> object:
    """Load what a name stands for, once."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
