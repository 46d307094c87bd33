"""Calls of the command line with a network that sees a disc in everything."""

from __future__ import annotations

from pathlib import Path

from files import saved
from offcut.cli.command import main
from subjects import Seeing, disc, photo_of

PHOTO = saved(photo_of(disc(64, 80, radius=20)), "PNG")


def offcut(*arguments: str | Path) -> int:
    """Run the command; the exit status."""
    return main([str(argument) for argument in arguments], load_session=lambda _spec: Seeing())


def photo_in(folder: Path) -> Path:
    """Write a picture of a disc."""
    path = folder / "photo.png"
    path.write_bytes(PHOTO)
    return path


def names_in(folder: Path) -> list[str]:
    """List all files below a folder."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
