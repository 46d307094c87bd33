"""A copy of the built extension for a browser that a program drives: without its start page.

Decides: how a driven browser is kept from opening the start page, which would be a tab too many.
The page itself is there, and opens where it is asked for.

The files are links to those of the build: a copy takes no time and no room, and follows the build.
"""

import os
from pathlib import Path

from dev.one_at_a_time import one_at_a_time

SILENT = Path("background/start_page.js")
OPENING = "if (reason === 'install') await api.tabs.create"
NEVER = "if (!reason) await api.tabs.create"


def driven_copy(build: Path) -> Path:
    """Bring the copy beside a build up to date.

    Parameters
    ----------
    build : Path
        Folder of the extension, e.g. `build/chrome`.

    Returns
    -------
    Path
        The folder to load.
    """
    copy = build.with_name(f"{build.name}-driven")
    with one_at_a_time(copy.with_name(f"{copy.name}.lock")):
        _bring_up_to_date(build, copy)
    return copy


def _bring_up_to_date(build: Path, copy: Path) -> None:
    wanted = {path.relative_to(build) for path in build.rglob("*") if path.is_file()}
    for path in wanted - {SILENT}:
        _link(build / path, copy / path)
    _silence(build / SILENT, copy / SILENT)
    for path in [path for path in copy.rglob("*") if path.is_file()]:
        if path.relative_to(copy) not in wanted:
            path.unlink()


def _link(source: Path, target: Path) -> None:
    """Put a link in place in one step: a browser may have the copy open."""
    if target.exists() and target.samefile(source):
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    half = target.with_name(f"{target.name}.{os.getpid()}")
    os.link(source, half)
    half.replace(target)


def _silence(source: Path, target: Path) -> None:
    text = source.read_text(encoding="utf-8")
    silent = text.replace(OPENING, NEVER)
    if silent == text:
        raise AssertionError(f"{source} does not open the start page as {OPENING!r} any more")
    if target.exists() and target.read_text(encoding="utf-8") == silent:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    half = target.with_name(f"{target.name}.{os.getpid()}")
    half.write_text(silent, encoding="utf-8")
    half.replace(target)
