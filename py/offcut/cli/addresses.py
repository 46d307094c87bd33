"""Where pictures are read and results are written: local files, and addresses by fsspec.

Decides: what counts as an address ("://" or "::"), that a file is never half there under its name,
what is said when fsspec, or the package for an address, is not installed.
"""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Generator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import get_ident
from typing import Any, Final

Place = Path | str
"""A local file, or the address of another: ``s3://bucket/a.jpg``, ``zip://a.jpg::photos.zip``."""

# What is stored there appears whole, or not at all.
_WHOLE_AT_ONCE: Final = frozenset({"s3", "s3a", "gs", "gcs", "abfs", "az", "memory"})

_KNOWN_ERRORS: Final[Mapping[str, str]] = dict.fromkeys(
    ("NoCredentialsError", "PartialCredentialsError", "TokenRetrievalError", "SSOTokenLoadError"),
    "there are no credentials for it; for S3: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or "
    "what `aws configure` writes",
)


def is_address(text: str) -> bool:
    """Tell whether something is no path of this machine."""
    return "://" in text or "::" in text


def place_of(text: str) -> Place:
    """Give what a person has typed as a place."""
    return text if is_address(text) else Path(text)


def open_address(address: str) -> tuple[Any, str]:
    """Find the file system of an address, and what the place is called in it.

    Raises
    ------
    ValueError
        If fsspec is not installed, or does not know such addresses.
    OSError
        If the place cannot be reached.
    """
    try:
        import fsspec  # noqa: PLC0415 (an extra)  # pyright: ignore[reportMissingTypeStubs]
    except ImportError as error:
        raise ValueError(
            f"{address} is an address, which needs fsspec: pip install 'offcut[remote]'"
        ) from error
    try:
        with plain_errors(address):
            return fsspec.core.url_to_fs(address)  # pyright: ignore (it has no types)
    except ImportError as error:  # of the package for this kind of address
        raise ValueError(f"{address}: {error}") from error


def read(place: Place) -> bytes:
    """Read a whole file.

    Raises
    ------
    OSError
        If that is not possible, also for reasons of a network.
    """
    if isinstance(place, Path):
        return place.read_bytes()
    files, name = open_address(place)
    with plain_errors(place):
        return files.cat_file(name)


def version_of(place: Place) -> str:
    """Give what changes when a file is written anew, without reading it; "" if that is unknown."""
    if isinstance(place, Path):
        status = place.stat()
        return f"{status.st_size}-{status.st_mtime_ns}"
    files, name = open_address(place)
    with plain_errors(place):
        return str(files.ukey(name))


def size_of(place: Place) -> int | None:
    """Give a file's length in bytes; None if there is none."""
    if isinstance(place, Path):
        return place.stat().st_size if place.is_file() else None
    files, name = open_address(place)
    with plain_errors(place):
        files.invalidate_cache()  # another process may have written it
        return int(files.size(name)) if files.isfile(name) else None


def write_whole(place: Place, data: bytes) -> None:
    """Write a file so that it is whole whenever it is there.

    Raises
    ------
    OSError
        If that is not possible; what was there before then still is.
    """
    if isinstance(place, str):
        _write_at_address(place, data)
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    unfinished = place.with_name(_unfinished_name())
    try:
        unfinished.write_bytes(data)
        unfinished.replace(place)
    finally:
        unfinished.unlink(missing_ok=True)


def remove_unfinished(place: Path, process: int) -> None:
    """Remove what a process of this machine, which has ended, has not finished beside a place."""
    for file in place.parent.glob(f"{_prefix(process)}*.part"):
        file.unlink(missing_ok=True)


def _unfinished_name() -> str:
    """Name a file that is being written: as nobody else does, also where machines share a disk.

    It is not named after the file that it becomes, whose name may be as long as names can be.
    """
    return f"{_prefix(os.getpid())}{get_ident()}.part"


def _prefix(process: int) -> str:
    node = re.sub(r"[^A-Za-z0-9.-]", "", platform.node())[:60]
    return f".offcut-{node}-{process}-"


def _write_at_address(address: str, data: bytes) -> None:
    files, name = open_address(address)
    protocol = files.protocol if isinstance(files.protocol, str) else files.protocol[0]
    folder = name.rpartition("/")[0]
    with plain_errors(address):
        if protocol in _WHOLE_AT_ONCE:
            files.pipe_file(name, data)
            return
        files.makedirs(folder, exist_ok=True)
        unfinished = f"{folder}/{_unfinished_name()}"
        try:
            files.pipe_file(unfinished, data)
            files.mv(unfinished, name)
        except BaseException:
            with suppress(Exception):
                files.rm_file(unfinished)
            raise


@contextmanager
def plain_errors(address: str) -> Generator[None]:
    """Make one kind of error of all that the many packages behind fsspec raise.

    Raises
    ------
    OSError
        With the address and what was wrong there.
    """
    try:
        yield
    except (OSError, ImportError):
        raise
    except Exception as error:
        raise OSError(f"{address}: {_in_words(error)}") from error


def _in_words(error: Exception) -> str:
    # By name: the packages that raise them need not be there.
    words = _KNOWN_ERRORS.get(type(error).__name__)
    if "Protocol not known" in str(error):
        return "this kind of address is not known"
    return words or f"{type(error).__name__}: {error}"
