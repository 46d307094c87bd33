"""The third-party parts of the extension, as `parts.json` lists them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dev.paths import ROOT

PARTS_FILE = Path(__file__).with_name("parts.json")


@dataclass(frozen=True, slots=True)
class PartFile:
    """One file, the same whichever source it came from."""

    path: Path
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Source:
    """One way to get a part's files.

    Attributes
    ----------
    kind : {"url", "npm", "pip"}
        What `locator` is: an address, or a package with its version for that client.
    locator : str
        May contain `{name}`, the file's own name.
    member : str
        Path inside the package, with `{name}`; empty for an address.
    """

    kind: str
    locator: str
    member: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A licence text: `kind` says where `locator` is found, see `notices.py`."""

    kind: str
    locator: str
    about: str


@dataclass(frozen=True, slots=True)
class Part:
    """One third-party product: its files, its sources in the order to try, its licence.

    What it `contains` are the libraries compiled into it, as its notices name them: SPDX id of the
    licence by name, or "public domain".
    """

    name: str
    title: str
    version: str
    licence: str
    home: str
    files: tuple[PartFile, ...]
    sources: tuple[Source, ...]
    notices: tuple[Notice, ...]
    contains: Mapping[str, str]


def read_parts() -> list[Part]:
    """Read `parts.json`."""
    listed: list[dict[str, Any]] = json.loads(PARTS_FILE.read_text(encoding="utf-8"))["parts"]
    return [_part_from(entry) for entry in listed]


def _part_from(entry: Mapping[str, Any]) -> Part:
    return Part(
        name=entry["name"],
        title=entry["title"],
        version=entry["version"],
        licence=entry["licence"],
        home=entry["home"],
        files=tuple(
            PartFile(ROOT / file["path"], file["bytes"], file["sha256"]) for file in entry["files"]
        ),
        sources=tuple(_source_from(source) for source in entry["sources"]),
        notices=tuple(_notice_from(notice) for notice in entry["notices"]),
        contains=entry.get("contains", {}),
    )


def _source_from(entry: Mapping[str, str]) -> Source:
    kind = next(kind for kind in ("url", "npm", "pip") if kind in entry)
    return Source(kind, entry[kind], entry.get("member", ""))


def _notice_from(entry: Mapping[str, str]) -> Notice:
    kind = next(kind for kind in ("file", "member", "root") if kind in entry)
    return Notice(kind, entry[kind], entry["about"])
