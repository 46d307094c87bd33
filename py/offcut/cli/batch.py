"""Which pictures the command line works on, and what their results are called.

Decides: which files of a folder or pattern are taken (by their endings, never our own results),
what a result is called and where it goes, equal names, which results are up to date.
"""

from __future__ import annotations

import glob
import os
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

PICTURE_SUFFIXES: Final = frozenset(
    {".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".apng", ".webp", ".gif", ".bmp", ".tif", ".tiff"}
    | {".avif", ".ico", ".cur"}
)
OTHER_SUFFIXES: Final = frozenset(
    {".heic", ".heif", ".jxl", ".svg", ".svgz", ".jp2", ".j2k", ".psd", ".tga", ".dng", ".cr2"}
    | {".cr3", ".nef", ".arw", ".raf", ".orf", ".rw2", ".exr", ".hdr", ".ppm", ".pgm", ".qoi"}
)
"""Of pictures that are not read, or only if they are named one by one."""
KINDS: Final = {"cutout": "cutout", "matte": "matte", "inverse": "background"}
"""What a result's name ends with, by the option `output`."""
ALPHA: Final = "alpha"
"""What the name of a matte ends with that lies beside a result."""
_OUR_ENDINGS: Final = tuple(f"-{kind}" for kind in (*KINDS.values(), ALPHA))

STREAM: Final = "-"

# Folders in which Macs and network disks keep what nobody has put there, beside those that begin
# with a dot, in small letters.
_CLUTTER: Final = frozenset(
    {
        "__macosx",
        "@eadir",
        "@recycle",
        "@recently-snapshot",
        "#recycle",
        "#snapshot",
        "$recycle.bin",
        "system volume information",
        "lost+found",
        "network trash folder",
        "temporary items",
        "thumbs.db",
        "desktop.ini",
    }
)


@dataclass(frozen=True, slots=True)
class Source:
    """One picture to be read.

    Attributes
    ----------
    path : Path or None
        None is the standard input.
    inside : Path
        Where it lies inside of the folder that was named, for the same place under the
        results' folder.
    """

    path: Path | None
    inside: Path = Path()

    @property
    def place(self) -> Path | None:
        """The folder that it lies in."""
        return None if self.path is None else self.path.parent

    @property
    def stem_key(self) -> str:
        """Its name without the ending, equal where file systems may not tell names apart."""
        return "" if self.path is None else _fold(self.path.stem)


@dataclass(frozen=True, slots=True)
class Task:
    """One picture and its result; None stands for the standard streams.

    Attributes
    ----------
    source, target : Path or None
    alpha : Path or None
        Where the matte goes that is wanted beside the result.
    """

    source: Path | None
    target: Path | None
    alpha: Path | None = None

    @property
    def name(self) -> str:
        """What the source is called in messages."""
        return STREAM if self.source is None else str(self.source)

    def is_done(self) -> bool:
        """Tell whether all results are there, and at least as new as the picture."""
        if self.source is None or self.target is None:
            return False
        results = [self.target] if self.alpha is None else [self.target, self.alpha]
        try:
            made = min(file.stat().st_mtime_ns for file in results)
            return made >= self.source.stat().st_mtime_ns
        except OSError:
            return False


def find_sources(inputs: Sequence[str], results: Path | None) -> list[Source]:
    """Resolve files, folders, patterns and ``-`` into pictures, each once, in order.

    Parameters
    ----------
    inputs : sequence of str
        Folders are searched with all that is in them for files that are called like
        pictures, but not like our results, nor what a system has put there by itself. What
        does not exist is taken for a file, and fails when it is read.
    results : Path or None
        The folder of the results, which is not searched.

    Raises
    ------
    ValueError
        If a pattern or a folder yields nothing, or the standard input is named twice.
    """
    found: list[Source] = []
    alike: dict[str, list[Source]] = {}
    for text in inputs:
        sources = list(_sources_of(text, results))
        if not sources:
            raise ValueError(f"no picture is found by {text}")
        for source in sources:
            key = STREAM if source.path is None else name_key(source.path)
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
        if folder.is_dir()
        for file in folder.rglob("*")
        if file.suffix.lower() in OTHER_SUFFIXES
        and not file.stem.endswith(_OUR_ENDINGS)
        and not is_clutter(file.relative_to(folder))
    )


def plan_tasks(
    sources: Sequence[Source], folder: Path | None, kind: str, suffix: str
) -> list[Task]:
    """Give every picture's result a name: beside the picture, or in `folder`.

    No name is that of a picture that is read, and no two are the same. Where several pictures
    could have the plainest name, here or in the picture's own folder, none has it: what is called
    so may be another's result, whichever of them was there first.

    Parameters
    ----------
    sources : sequence of Source
    folder : Path or None
    kind : str
        Of `KINDS`' values.
    suffix : str
        With its dot.
    """
    taken = {name_key(source.path) for source in sources if source.path is not None}
    plainest = Counter(name_key(next(_names(source, folder, kind, suffix))) for source in sources)
    stems = {place: _count_stems(place) for place in {source.place for source in sources}}
    tasks: list[Task] = []
    for source in sources:
        target = None
        if source.path is not None or folder is not None:
            names = _names(source, folder, kind, suffix)
            is_shared = (
                plainest[name_key(next(names))] > 1 or stems[source.place][source.stem_key] > 1
            )
            names = _names(source, folder, kind, suffix, is_plain=not is_shared)
            target = next(path for path in names if name_key(path) not in taken)
            taken.add(name_key(target))
        tasks.append(Task(source.path, target))
    return tasks


def _count_stems(folder: Path | None) -> Counter[str]:
    """Count the pictures in a folder that are called the same but for their endings."""
    if folder is None or not folder.is_dir():
        return Counter()
    return Counter(_fold(file.stem) for file in folder.iterdir() if _is_picture(file, None))


def _sources_of(text: str, results: Path | None) -> Iterator[Source]:
    path = Path(text)
    if text == STREAM:
        yield Source(None)
    elif path.is_dir():
        for file in sorted(path.rglob("*")):
            inside = file.relative_to(path)
            if _is_picture(file, results) and not is_clutter(inside):
                yield Source(file, inside.parent)
    elif not path.exists() and glob.has_magic(text):
        for match in sorted(glob.glob(text, recursive=True)):  # noqa: PTH207 (absolute, too)
            if Path(match).is_file():
                yield Source(Path(match))
    else:
        yield Source(path)


def is_clutter(inside: Path) -> bool:
    """Tell whether a file of a folder is a system's own: hidden, thrown away, or a thumbnail.

    Parameters
    ----------
    inside : Path
        The file, seen from the folder that was named.
    """
    return any(part.startswith(".") or part.casefold() in _CLUTTER for part in inside.parts)


def _is_picture(file: Path, results: Path | None) -> bool:
    if file.suffix.lower() not in PICTURE_SUFFIXES or not file.is_file():
        return False
    if results is not None and file.resolve().is_relative_to(results.resolve()):
        return False
    return not file.stem.endswith(_OUR_ENDINGS)


def _names(
    source: Source, folder: Path | None, kind: str, suffix: str, *, is_plain: bool = True
) -> Iterator[Path]:
    """Propose names, the plainest first."""
    path = source.path or Path("stdin")
    place = path.parent if folder is None else folder / source.inside
    if is_plain:
        yield place / f"{path.stem}-{kind}{suffix}"
    longer = f"{path.stem}-{path.suffix.lstrip('.')}" if path.suffix else path.stem
    yield place / f"{longer}-{kind}{suffix}"
    number = 2
    while True:
        yield place / f"{longer}-{number}-{kind}{suffix}"
        number += 1


def name_key(path: Path) -> str:
    """Make equal what may be one file."""
    return _fold(os.path.normcase(path.resolve()))


def _fold(name: str) -> str:
    """Make equal what some file systems do: A and a, a letter with and one beside its accent."""
    return unicodedata.normalize("NFC", name).casefold()


def _is_same(source: Source, other: Source) -> bool:
    """Tell whether two sources whose keys are equal are one file."""
    if source.path is None or other.path is None:
        return source.path is other.path
    if source.path.resolve() == other.path.resolve():
        return True
    try:
        return source.path.samefile(other.path)
    except OSError:
        return False
