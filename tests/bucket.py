"""File systems of fsspec, which has no types."""

from __future__ import annotations

from typing import Any


def files_of(kind: str) -> Any:
    """Give the file system of a kind of addresses, such as ``s3``."""
    # It takes a second to load, which most tests of the command have no use for.
    import fsspec  # noqa: PLC0415  # pyright: ignore[reportMissingTypeStubs]

    return fsspec.filesystem(kind)  # pyright: ignore[reportUnknownMemberType]
