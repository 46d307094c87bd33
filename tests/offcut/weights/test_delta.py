"""Deltas: small, and never applied to what they do not fit."""

from __future__ import annotations

import random
import struct

import pytest
from dev.builder.delta import PIECE, make_delta
from hypothesis import given
from hypothesis import strategies as st
from offcut.weights.delta import HEADER, MAGIC, apply_delta

SOURCE = random.Random(0).randbytes(10_000)
BLOCKS = st.lists(st.sampled_from([bytes([value]) * 70 + b"end" for value in range(6)]))
PATCHES = st.lists(st.binary(max_size=90))


def part(start: int, length: int, fresh: bytes = b"") -> bytes:
    return struct.pack("<3I", start, length, len(fresh)) + fresh


def test_what_both_have_in_common_is_not_in_the_delta() -> None:
    target = SOURCE[:3000] + b"something new" + SOURCE[3010:]
    delta = make_delta(SOURCE, target)
    assert apply_delta(SOURCE, delta) == target
    assert len(delta) < 100


@given(BLOCKS, BLOCKS, PATCHES)
def test_every_delta_makes_its_target(
    old: list[bytes], new: list[bytes], patches: list[bytes]
) -> None:
    source = b"".join(old)
    target = b"".join(piece for pair in zip(new, patches, strict=False) for piece in pair)
    target += b"".join(new)
    delta = make_delta(source, target)
    assert apply_delta(source, delta) == target
    assert delta == make_delta(source, target)


@pytest.mark.parametrize(("source", "target"), [(b"", b""), (b"", SOURCE), (SOURCE, b"")])
def test_empty_files_have_deltas(source: bytes, target: bytes) -> None:
    assert apply_delta(source, make_delta(source, target)) == target


def test_files_shorter_than_a_piece_have_deltas() -> None:
    assert apply_delta(b"a" * (PIECE - 1), make_delta(b"a" * (PIECE - 1), b"b")) == b"b"


@pytest.mark.parametrize(
    ("delta", "reason"),
    [
        (b"", "no delta"),
        (b"<html>not found</html>", "no delta"),
        (HEADER.pack(MAGIC, len(SOURCE) + 1, 0), "for a file of"),
        (HEADER.pack(MAGIC, len(SOURCE), 1), "make up"),
        (HEADER.pack(MAGIC, len(SOURCE), 3) + part(0, 4), "make up"),
        (HEADER.pack(MAGIC, len(SOURCE), 4) + part(len(SOURCE) - 3, 4), "beyond the end"),
        (HEADER.pack(MAGIC, len(SOURCE), 4) + part(0, 0, b"four")[:-1], "beyond the end"),
        (HEADER.pack(MAGIC, len(SOURCE), 4) + part(0, 4)[:-1], "cut off"),
    ],
)
def test_a_delta_that_does_not_fit_is_refused(delta: bytes, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        apply_delta(SOURCE, delta)
