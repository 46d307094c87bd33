"""What all pictures of one call share: models, options, and the files that options name.

Decides: which results count as made in the same way (the fingerprint), what fails before the first
picture is read: a bad background picture or strokes file, a folder that cannot be written.
"""

from __future__ import annotations

import argparse
import json
import os
from copy import copy
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from offcut.cli.addresses import is_address
from offcut.cli.heif import decode_if_heic
from offcut.cli.svg import draw_if_svg
from offcut.cli.version import installed_version
from offcut.decoding.decode import decode
from offcut.editing.strokes import Correction, strokes_from_json
from offcut.errors import DecodeError
from offcut.options.options import OffcutOptions
from offcut.remover import LoadSession, Remover
from offcut.source_image import SourceImage


@dataclass(frozen=True, slots=True)
class Job:
    """What all pictures of one call have in common; it can be sent to other processes.

    Attributes
    ----------
    remover : Remover
    fingerprint : str
        Of all that decides what becomes of a picture: the same for the same results.
    """

    remover: Remover
    fingerprint: str


def prepare_job(
    arguments: argparse.Namespace, options: OffcutOptions, load_session: LoadSession | None
) -> Job:
    """Read what all pictures need, but load no model.

    Parameters
    ----------
    arguments : argparse.Namespace
        Of `parse_arguments`.
    options : OffcutOptions
    load_session : callable, optional
        Loads a model; native onnxruntime by default.

    Raises
    ------
    ValueError
        If the arguments do not fit together, or a file that they name cannot be used.
    OffcutError, OSError
        If a model is unknown, or a file cannot be read.
    """
    picture = None
    if arguments.background_picture is not None:
        picture = _read_background_picture(Path(arguments.background_picture), options)
    elif options.background == "picture":
        raise ValueError("--background picture needs --background-picture FILE")
    strokes = () if arguments.strokes is None else _read_strokes(Path(arguments.strokes))
    _require_folder(arguments)
    remover = Remover(
        options, background_picture=picture, strokes=strokes, load_session=load_session
    )
    return Job(remover, _fingerprint(remover, arguments))


def with_threads(job: Job, threads: int) -> Job:
    """Give the same job, with a number of threads for the network."""
    remover = copy(job.remover)
    remover.threads = threads
    return replace(job, remover=remover)


def _fingerprint(remover: Remover, arguments: argparse.Namespace) -> str:
    """Make a number of the options, the models and the files that the options name."""
    models = [(spec.id, spec.sha256) for spec in remover.models]
    made_by = [remover.options.to_json(), models, installed_version("offcut")]
    digest = sha256(json.dumps(made_by, sort_keys=True).encode())
    for file in (arguments.background_picture, arguments.strokes):
        digest.update(b"" if file is None else sha256(Path(file).read_bytes()).digest())
    return digest.hexdigest()


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
    if arguments.folder is not None and not is_address(arguments.folder):
        folder = Path(arguments.folder)
        folder.mkdir(parents=True, exist_ok=True)
        if not os.access(folder, os.W_OK):
            raise ValueError(f"nothing can be written into {folder}")
