"""The options of a call: what was given, what a file's name says, what a format asks for.

Decides: that the ending of `-o` chooses the format, what excludes what (`--background` and
`--background-picture`), what a sheet may be called, and that a market place and an office fill in
what was not given. What would do nothing: idle_options.py.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any, Final

from offcut.cli.arguments import given_options
from offcut.cli.idle_options import refuse_idle_options
from offcut.cli.task import STREAM
from offcut.encoding.file_formats import FILE_SUFFIXES
from offcut.options.id_photos import id_photo_options
from offcut.options.markets import market_options
from offcut.options.options import OffcutOptions

_FORMATS: Final = {suffix: name for name, suffix in FILE_SUFFIXES.items()} | {
    ".jpeg": "jpeg",
    ".jpe": "jpeg",
}


def read_options(arguments: argparse.Namespace) -> OffcutOptions:
    """Read the options of a call.

    Parameters
    ----------
    arguments : argparse.Namespace
        Of `parse_arguments`.

    Raises
    ------
    ValueError
        If they do not fit together, or the file's name does not fit them.
    OptionsError
        BAD_OPTION.
    """
    given = given_options(arguments)
    values = dict(given)
    has_picture = arguments.background_picture is not None
    if has_picture and values.setdefault("background", "picture") != "picture":
        raise ValueError("--background and --background-picture exclude each other")
    file = arguments.file
    if file is not None and file != STREAM:
        suffix = Path(file).suffix.lower()
        if suffix == ".pdf" and values.get("sheet") is not None:
            values["sheet_pdf"] = True
        named = "jpeg" if values.get("sheet_pdf") and suffix == ".pdf" else _FORMATS.get(suffix)
        if suffix == ".pdf" and named is None:
            raise ValueError(f"{file}: only a --sheet of an --id-photo can be a PDF")
        if named is None and "format" not in values:
            raise ValueError(
                f"the ending of {file} names no format: .png, .webp, .gif, .jpg, .psd or .ora"
            )
        if named is not None and values.setdefault("format", named) != named:
            raise ValueError(f"{file} is no name for a {values['format']} file")
    if values.get("sheet") is not None:
        _check_sheet_file(values, "" if file in (None, STREAM) else Path(file).suffix.lower())
    if values.get("id_photo"):
        values = id_photo_options(values["id_photo"], values)
    if values.get("market"):
        values = market_options(values["market"], values)
    options = OffcutOptions.from_json(values)
    refuse_idle_options(arguments, given, options)
    return options


def _check_sheet_file(values: dict[str, Any], suffix: str) -> None:
    """Refuse a sheet that would be called or asked for as what it is not."""
    is_pdf = bool(values.get("sheet_pdf"))
    endings = {".pdf"} if is_pdf else {".jpg", ".jpeg"}
    if values.get("format", "jpeg") != "jpeg" or suffix not in endings | {""}:
        raise ValueError("a sheet is a JPEG or a PDF: -o NAME.jpg or -o NAME.pdf")
