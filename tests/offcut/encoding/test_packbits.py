"""Rows that PackBits has packed are unpacked again, and shrink where they are even."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from offcut.encoding.packbits import PackedBits, pack_bits


def unpacked(packed: bytes) -> bytes:
    """Unpack one row as Apple's Technical Note TN1023 says."""
    row = bytearray()
    at = 0
    while at < len(packed):
        head = packed[at]
        assert head != 128, "it stands for nothing"
        if head < 128:
            row += packed[at + 1 : at + 2 + head]
            at += 2 + head
        else:
            row += packed[at + 1 : at + 2] * (257 - head)
            at += 2
    assert at == len(packed)
    return bytes(row)


def rows_of(packed: PackedBits) -> list[bytes]:
    ends = np.cumsum(packed.lengths.astype(int))
    assert ends[-1] == len(packed.data)
    starts = ends - packed.lengths
    return [packed.data[start:end].tobytes() for start, end in zip(starts, ends, strict=True)]


def pictures() -> list[NDArray[np.uint8]]:
    random = np.random.default_rng(3)
    made = [np.zeros((1, 1), np.uint8), np.full((3, 2), 7, np.uint8)]
    for number in range(200):
        height, width = random.integers(1, 7), random.integers(1, 600)
        levels = random.integers(0, random.integers(2, 7), (height, width)).astype(np.uint8)
        longest = int(random.integers(1, 300)) if number % 2 else 1
        made.append(np.repeat(levels, longest, axis=1)[:, :width])
    return made


def test_every_row_comes_back() -> None:
    for picture in pictures():
        for row, packed in zip(picture, rows_of(pack_bits(picture)), strict=True):
            assert unpacked(packed) == row.tobytes()


@pytest.mark.parametrize("length", [3, 127, 128, 129, 130, 256, 257, 1000])
def test_a_run_takes_two_bytes_for_every_128(length: int) -> None:
    packed = pack_bits(np.full((2, length), 9, np.uint8))
    assert packed.lengths.tolist() == [2 * -(-length // 128)] * 2


def test_noise_grows_by_one_byte_in_128() -> None:
    noise = np.random.default_rng(4).permutation(np.arange(256)).astype(np.uint8)[np.newaxis]
    assert pack_bits(noise).lengths.tolist() == [258]


def test_a_run_ends_with_its_row() -> None:
    even = np.full((4, 5), 1, np.uint8)
    assert [unpacked(row) for row in rows_of(pack_bits(even))] == [bytes([1] * 5)] * 4
