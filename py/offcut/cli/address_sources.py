"""Which pictures are found by an address: a file, all of a folder or a bucket, a pattern, a ZIP.

Decides: how a folder at an address is searched, that a ZIP is refused which has two entries of one
name, or a picture whose name leads out of it: these could not be had, or not kept in their place.
"""

from __future__ import annotations

import glob
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import Any, Final

from offcut.cli.addresses import open_address, plain_errors
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
        If fsspec is not installed, or a ZIP has entries that could not be had.
    OSError
        If the place cannot be reached.
    """
    files, name = open_address(address)
    _require_plain_entries(files, address)
    if address.startswith(_WITHOUT_FOLDERS) and not glob.has_magic(name):
        yield Source(Path(name), address=address)
        return
    with plain_errors(address):
        found, is_folder = _look_up(files, name)
    if found is None:
        yield Source(Path(name), address=address)
    elif is_folder:
        yield from _in_folder(files, name, found, address, results)
    else:
        for each in found:
            yield Source(Path(each), address=_address_of(files, each, address))


def _look_up(files: Any, name: str) -> tuple[list[str] | None, bool]:
    """List what a pattern or a folder has, and tell whether it is a folder; None for a file."""
    if glob.has_magic(name):
        return [each for each in sorted(files.glob(name)) if files.isfile(each)], False
    return (sorted(files.find(name)), True) if files.isdir(name) else (None, False)


def _in_folder(
    files: Any, folder: str, found_there: Sequence[str], address: str, results: str | None
) -> Iterator[Source]:
    for found in found_there:
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


def _require_plain_entries(files: Any, address: str) -> None:
    archive = getattr(files, "zip", None)
    if archive is None:
        return
    entries = Counter(entry.filename for entry in archive.infolist())
    double = [name for name, count in entries.items() if count > 1]
    if double:
        raise ValueError(f"{address} has {double[0]} twice: unpack it first")
    outside = [name for name in entries if _leads_out(PurePosixPath(name.replace("\\", "/")))]
    if outside:
        raise ValueError(
            f"{address} has {outside[0]}, whose place is outside of it: unpack it first"
        )


def _leads_out(entry: PurePosixPath) -> bool:
    """Tell whether an entry is a picture whose name climbs out of the archive."""
    is_picture = is_named_like_picture(Path(entry.name)) and not is_clutter(Path(entry.name))
    return is_picture and (entry.is_absolute() or ".." in entry.parts)
