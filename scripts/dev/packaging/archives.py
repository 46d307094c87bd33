"""Archives that are the same to the byte, wherever and whenever they are made.

Decides: order, dates, rights and compression of what is in a package.

Names are sorted, every date is the commit's, rights are 644 or 755, and nobody owns anything.
"""

import gzip
import hashlib
import io
import tarfile
import time
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass

# What the ZIP format can say at least.
FIRST_YEAR = 1980
LEVEL = 9


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a package."""

    content: bytes
    is_program: bool = False

    @property
    def rights(self) -> int:
        """Its rights as Unix has them."""
        return 0o755 if self.is_program else 0o644


Entries = Mapping[str, Entry]


def make_zip(entries: Entries, epoch: int) -> bytes:
    """Pack files into a ZIP.

    Parameters
    ----------
    entries : mapping of str to Entry
        By their paths, with slashes.
    epoch : int
        Seconds since 1970: the date of all.
    """
    moment = time.gmtime(epoch)
    date = (max(moment.tm_year, FIRST_YEAR), *moment[1:6])
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for path, entry in sorted(entries.items()):
            info = zipfile.ZipInfo(path, date)
            info.create_system = 3  # Unix, also on Windows
            info.external_attr = (0o100000 | entry.rights) << 16
            archive.writestr(info, entry.content, zipfile.ZIP_DEFLATED, LEVEL)
    return made.getvalue()


def make_tar(entries: Entries, epoch: int, folder: str) -> bytes:
    """Pack files into a compressed tar archive, all of them in one folder."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for path, entry in sorted(entries.items()):
            info = tarfile.TarInfo(f"{folder}/{path}")
            info.size, info.mtime, info.mode = len(entry.content), epoch, entry.rights
            archive.addfile(info, io.BytesIO(entry.content))
    return gzip.compress(made.getvalue(), LEVEL, mtime=epoch)


def read_zip(packed: bytes) -> dict[str, Entry]:
    """Unpack a ZIP."""
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        return {
            info.filename: Entry(archive.read(info), bool(info.external_attr >> 16 & 0o100))
            for info in archive.infolist()
            if not info.is_dir()
        }


def read_tar(packed: bytes) -> dict[str, Entry]:
    """Unpack a tar archive; paths are without its one folder."""
    entries: dict[str, Entry] = {}
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        for info in archive:
            file = archive.extractfile(info) if info.isfile() else None
            if file is not None:
                path = info.name.partition("/")[2]
                entries[path] = Entry(file.read(), bool(info.mode & 0o100))
    return entries


def hash_content(entries: Entries) -> str:
    """Hash what is in a package, however it is packed.

    Returns
    -------
    str
        SHA-256 of a line for each file in the order of their paths, as `sha256sum` writes it: the
        file's own SHA-256, two spaces, its path.
    """
    lines = [f"{hash_of(entry.content)}  {path}\n" for path, entry in sorted(entries.items())]
    return hash_of("".join(lines).encode())


def hash_of(content: bytes) -> str:
    """SHA-256 of bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()
