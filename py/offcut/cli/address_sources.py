"""Which pictures are found by an address: a file, all of a folder or a bucket, a pattern, a ZIP.

Decides: how a folder at an address is searched, that a ZIP with two entries of one name is refused:
one of them could not be had.
"""

from __future__ import annotations

import glob
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from offcut.cli.addresses import open_address
from offcut.cli.picture_names import is_clutter, is_named_like_picture
from offcut.cli.source import Source

# A page of a web server is no list of files.
_WITHOUT_FOLDERS: Final = ("http://", "https://", "data:")


def sources_at(address: str, results: str | None) -> Iterator[Source]:
    """Find the pictures of an address, in order.

    Parameters
    ----------
    address : str
    results : str or None
        The address of the results, which is not searched.

    Raises
    ------
    ValueError
        If fsspec is not installed, or a ZIP has two entries of one name.
    OSError
        If the place cannot be reached.
    """
    files, name = open_address(address)
    _refuse_double_entries(files, address)
    if address.startswith(_WITHOUT_FOLDERS) and not glob.has_magic(name):
        yield Source(Path(name), address=address)
    elif glob.has_magic(name):
        for found in sorted(files.glob(name)):
            if files.isfile(found):
                yield Source(Path(found), address=_address_of(files, found, address))
    elif files.isdir(name):
        yield from _in_folder(files, name, address, results)
    else:
        yield Source(Path(name), address=address)


def _in_folder(files: Any, folder: str, address: str, results: str | None) -> Iterator[Source]:
    for found in sorted(files.find(folder)):
        path, inside = Path(found), Path(found[len(folder) :].lstrip("/"))
        place = _address_of(files, found, address)
        is_result = results is not None and place.startswith(results.rstrip("/") + "/")
        if is_named_like_picture(path) and not is_clutter(inside) and not is_result:
            yield Source(path, inside.parent, place)


def _address_of(files: Any, name: str, address: str) -> str:
    """Give the address of a file that was found; ``::`` names what an archive lies in."""
    head, chain, rest = address.partition("::")
    if chain:
        return f"{head.partition('://')[0]}://{name}{chain}{rest}"
    return files.unstrip_protocol(name)


def _refuse_double_entries(files: Any, address: str) -> None:
    archive = getattr(files, "zip", None)
    if archive is None:
        return
    entries = Counter(entry.filename for entry in archive.infolist())
    double = [name for name, count in entries.items() if count > 1]
    if double:
        raise ValueError(f"{address} has {double[0]} twice: unpack it first")
