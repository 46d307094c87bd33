"""What the results of pictures are called, so that no two have one name.

Decides: what a result is called and where it goes, equal names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from offcut.cli.addresses import Place
from offcut.cli.picture_names import is_picture
from offcut.cli.source import Source, fold, key_of
from offcut.cli.task import Task


def plan_tasks(
    sources: Sequence[Source], folder: Place | None, kind: str, suffix: str
) -> list[Task]:
    """Give every picture's result a name: beside the picture, or in `folder`.

    No name is that of a picture that is read, and no two are the same. Where several pictures
    could have the plainest name, here or in the picture's own folder, none has it: what is called
    so may be another's result, whichever of them was there first.

    Parameters
    ----------
    sources : sequence of Source
    folder : Place or None
    kind : str
        Of `picture_names.KINDS`' values.
    suffix : str
        With its dot.

    Raises
    ------
    ValueError
        If a picture lies at an address, and there is no folder for results.
    """
    if folder is None and any(source.address for source in sources):
        raise ValueError("pictures at addresses need --out: a folder or an address for results")
    taken = {source.key for source in sources if source.path is not None}
    plainest = Counter(key_of(next(_names(source, folder, kind, suffix))) for source in sources)
    neighbours = _count_stems(sources)
    tasks: list[Task] = []
    for source in sources:
        target = None
        if source.path is not None or folder is not None:
            names = _names(source, folder, kind, suffix)
            is_shared = plainest[key_of(next(names))] > 1 or neighbours(source) > 1
            names = _names(source, folder, kind, suffix, is_plain=not is_shared)
            target = next(place for place in names if key_of(place) not in taken)
            taken.add(key_of(target))
        tasks.append(Task(source.place, target))
    return tasks


def _count_stems(sources: Sequence[Source]) -> Callable[[Source], int]:
    """Count the pictures beside one that are called the same but for their endings."""
    on_disk: dict[Path, Counter[str]] = {}
    elsewhere = Counter(
        (_address_folder(source), source.stem_key) for source in sources if source.address
    )

    def count(source: Source) -> int:
        if source.address:
            return elsewhere[_address_folder(source), source.stem_key]
        if source.folder is None:
            return 0
        if source.folder not in on_disk:
            on_disk[source.folder] = _stems_in(source.folder)
        return on_disk[source.folder][source.stem_key]

    return count


def _address_folder(source: Source) -> str:
    return str(source.path and source.path.parent) + source.address.partition("::")[2]


def _stems_in(folder: Path) -> Counter[str]:
    if not folder.is_dir():
        return Counter()
    return Counter(fold(file.stem) for file in folder.iterdir() if is_picture(file, None))


def _names(
    source: Source, folder: Place | None, kind: str, suffix: str, *, is_plain: bool = True
) -> Iterator[Place]:
    """Propose names, the plainest first."""
    path = source.path or Path("stdin")
    if is_plain:
        yield _inside(folder, source, f"{path.stem}-{kind}{suffix}")
    longer = f"{path.stem}-{path.suffix.lstrip('.')}" if path.suffix else path.stem
    yield _inside(folder, source, f"{longer}-{kind}{suffix}")
    number = 2
    while True:
        yield _inside(folder, source, f"{longer}-{number}-{kind}{suffix}")
        number += 1


def _inside(folder: Place | None, source: Source, name: str) -> Place:
    """Give the place of a result; in a folder with the folders that its picture has."""
    if folder is None:
        return (source.path or Path()).parent / name
    if isinstance(folder, Path):
        return folder / source.inside / name
    head, chain, rest = folder.partition("::")
    return f"{head.rstrip('/')}/{(source.inside / name).as_posix()}{chain}{rest}"
