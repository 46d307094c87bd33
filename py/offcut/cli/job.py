"""What all pictures of one call share: models, options, and the files that options name.

Decides: what fails before the first picture is read: a bad background picture or strokes file, a
folder that cannot be written.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from offcut.cli.heif import decode_if_heic
from offcut.cli.svg import draw_if_svg
from offcut.decoding.decode import decode
from offcut.editing.strokes import Correction, strokes_from_json
from offcut.errors import DecodeError
from offcut.network.automatic import Automatic
from offcut.network.inference import Session
from offcut.network.models import ModelSpec
from offcut.options.options import OffcutOptions
from offcut.source_image import SourceImage
from offcut.weights.model_files import read_registry, weights_path

LoadSession = Callable[[ModelSpec], Session]


@dataclass(frozen=True, slots=True)
class Job:
    """What all pictures of one call have in common."""

    models: Automatic
    options: OffcutOptions
    background_picture: SourceImage | None
    strokes: tuple[Correction, ...]


def prepare_job(
    arguments: argparse.Namespace, options: OffcutOptions, load_session: LoadSession
) -> Job:
    """Load what all pictures need.

    Parameters
    ----------
    arguments : argparse.Namespace
        Of `parse_arguments`.
    options : OffcutOptions
    load_session : callable
        Loads a model.

    Raises
    ------
    ValueError
        If the arguments do not fit together, or a file that they name cannot be used.
    OffcutError, OSError
        If a model or a file cannot be loaded.
    """
    registry = read_registry()
    models = Automatic(registry, options, lambda spec: weights_path(spec) is not None, load_session)
    picture = None
    if arguments.background_picture is not None:
        picture = _read_background_picture(Path(arguments.background_picture), options)
    elif options.background == "picture":
        raise ValueError("--background picture needs --background-picture FILE")
    strokes = () if arguments.strokes is None else _read_strokes(Path(arguments.strokes))
    _require_folder(arguments)
    models.load()
    return Job(models, options, picture, strokes)


def _read_background_picture(file: Path, options: OffcutOptions) -> SourceImage:
    try:
        limit = options.max_megapixels
        data = decode_if_heic(draw_if_svg(file.read_bytes()), limit)
        return data if isinstance(data, SourceImage) else decode(data, max_megapixels=limit)
    except DecodeError as error:
        raise ValueError(f"{file}: {error.message} ({error.code})") from error


def _read_strokes(file: Path) -> tuple[Correction, ...]:
    try:
        return strokes_from_json(json.loads(file.read_text(encoding="utf-8")))
    except ValueError as error:  # of JSON, and of UTF-8
        raise ValueError(f"{file} is no JSON file: {error}") from error


def _require_folder(arguments: argparse.Namespace) -> None:
    """Make the results' folder now: no time is spent on results that cannot be written."""
    if arguments.folder is not None:
        folder = Path(arguments.folder)
        folder.mkdir(parents=True, exist_ok=True)
        if not os.access(folder, os.W_OK):
            raise ValueError(f"nothing can be written into {folder}")
