"""Which pictures the command line works on, each once.

Decides: what an input may be (a file, a folder, a pattern, an address, the standard input), and
that a picture that is named twice is one. Names: picture_names.py; addresses: address_sources.py.
"""

from __future__ import annotations

import glob
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from offcut.cli.address_sources import sources_at
from offcut.cli.addresses import Place, is_address
from offcut.cli.picture_names import (
    OTHER_SUFFIXES,
    is_clutter,
    is_named_like_result,
    is_picture,
)
from offcut.cli.source import Source
from offcut.cli.task import STREAM


def find_sources(inputs: Sequence[str], results: Place | None) -> list[Source]:
    """Resolve files, folders, patterns and ``-`` into pictures, each once, in order.

    Parameters
    ----------
    inputs : sequence of str
        Folders are searched with all that is in them for files that are called like
        pictures, but not like our results, nor what a system has put there by itself. What
        does not exist is taken for a file, and fails when it is read.
    results : Place or None
        The folder of the results, which is not searched.

    Raises
    ------
    ValueError
        If a pattern or a folder yields nothing, the standard input is named twice, or there
        is no fsspec for an address.
    OSError
        If an address cannot be reached.
    """
    found: list[Source] = []
    alike: dict[str, list[Source]] = {}
    for text in inputs:
        sources = list(_sources_of(text, results))
        if not sources:
            raise ValueError(f"no picture is found by {text}")
        for source in sources:
            key = source.key
            if key == STREAM and key in alike:
                raise ValueError("the standard input can be read only once")
            former = alike.setdefault(key, [])
            if not any(_is_same(source, other) for other in former):
                former.append(source)
                found.append(source)
    return found


def count_left_out(inputs: Sequence[str]) -> Counter[str]:
    """Count the pictures in the folders that were named which are of kinds that are left out.

    Returns
    -------
    Counter of str
        How many there are of each suffix.
    """
    return Counter(
        file.suffix.lower()
        for folder in map(Path, inputs)
        if _is_folder(folder)
        for file in folder.rglob("*")
        if file.suffix.lower() in OTHER_SUFFIXES
        and not is_named_like_result(file)
        and not is_clutter(file.relative_to(folder))
    )


def _sources_of(text: str, results: Place | None) -> Iterator[Source]:
    path = Path(text)
    if text == STREAM:
        yield Source(None)
    elif is_address(text):
        yield from sources_at(text, results if isinstance(results, str) else None)
    elif _is_folder(path):
        own_results = results if isinstance(results, Path) else None
        for file in sorted(path.rglob("*")):
            inside = file.relative_to(path)
            if is_picture(file, own_results) and not is_clutter(inside):
                yield Source(file, inside.parent)
    elif not _exists(path) and glob.has_magic(text):
        for match in sorted(glob.glob(text, recursive=True)):  # noqa: PTH207 (absolute, too)
            if Path(match).is_file():
                yield Source(Path(match))
    else:
        yield Source(path)


def _is_folder(path: Path) -> bool:
    # Unlike Path's, this raises nothing for a name that the disk cannot have.
    return os.path.isdir(path)  # noqa: PTH112


def _exists(path: Path) -> bool:
    return os.path.exists(path)  # noqa: PTH110


def _is_same(source: Source, other: Source) -> bool:
    """Tell whether two sources whose keys are equal are one file."""
    if source.address or other.address:
        return source.address == other.address
    if source.path is None or other.path is None:
        return source.path is other.path
    if source.path.resolve() == other.path.resolve():
        return True
    try:
        return source.path.samefile(other.path)
    except OSError:
        return False
