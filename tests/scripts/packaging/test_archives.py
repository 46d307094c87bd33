"""Packages are the same to the byte wherever and whenever they are made."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import tarfile
import zipfile
from pathlib import Path

import pytest
from dev.packaging.archives import (
    Entry,
    hash_content,
    make_tar,
    make_zip,
    read_tar,
    read_zip,
)
from dev.packaging.package import read_folder

EPOCH = 1_790_000_000
FILES = {"manifest.json": b"{}", "vendor/a b.wasm": bytes(5000), "_locales/é.json": b"[]"}


def laid_out(folder: Path, order: list[str], mode: int) -> dict[str, Entry]:
    """The files in a folder of some machine: written in an order, with its rights and dates."""
    for at, name in enumerate(order):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(FILES[name])
        path.chmod(mode)
        os.utime(path, (at * 1e6, at * 1e6))
    return read_folder(folder)


def test_order_rights_and_dates_of_a_machine_are_not_in_a_package(tmp_path: Path) -> None:
    here = laid_out(tmp_path / "here", sorted(FILES), 0o600)
    there = laid_out(tmp_path / "there" / "deeper", sorted(FILES, reverse=True), 0o664)
    assert make_zip(here, EPOCH) == make_zip(there, EPOCH)
    assert make_tar(here, EPOCH, "offcut") == make_tar(there, EPOCH, "offcut")


def test_every_file_of_a_package_has_the_date_of_the_commit() -> None:
    entries = {name: Entry(content) for name, content in FILES.items()}
    with zipfile.ZipFile(io.BytesIO(make_zip(entries, EPOCH))) as archive:
        assert {info.date_time for info in archive.infolist()} == {(2026, 9, 21, 14, 13, 20)}
    with tarfile.open(fileobj=io.BytesIO(make_tar(entries, EPOCH, "x"))) as archive:
        assert {(info.mtime, info.uid, info.uname) for info in archive} == {(EPOCH, 0, "")}
    # A clock that was never set: ZIP cannot say so.
    with zipfile.ZipFile(io.BytesIO(make_zip(entries, 0))) as archive:
        assert {info.date_time[0] for info in archive.infolist()} == {1980}


def test_what_is_packed_comes_out_again() -> None:
    entries = {name: Entry(content) for name, content in FILES.items()}
    entries["scripts/run"] = Entry(b"#!/bin/sh\n", is_program=True)
    assert read_zip(make_zip(entries, EPOCH)) == entries
    assert read_tar(make_tar(entries, EPOCH, "offcut-1")) == entries


def test_the_hash_of_the_content_is_what_a_reviewer_computes(tmp_path: Path) -> None:
    entries = laid_out(tmp_path, sorted(FILES), 0o644)
    command = "find . -type f -printf '%P\\n' | LC_ALL=C sort | xargs -d '\\n' sha256sum"
    listed = subprocess.run(command, shell=True, cwd=tmp_path, capture_output=True, check=True)
    assert hash_content(entries) == hashlib.sha256(listed.stdout).hexdigest()


@pytest.mark.parametrize("changed", [{"manifest.json": b"{ }"}, {"more.js": b""}])
def test_the_hash_of_the_content_tells_every_change(changed: dict[str, bytes]) -> None:
    entries = {name: Entry(content) for name, content in FILES.items()}
    other = entries | {name: Entry(content) for name, content in changed.items()}
    assert hash_content(entries) != hash_content(other)
