"""The form in which Python's recorded memory is kept."""

import hashlib

from dev.builder.memory_image.sparse import PAGE, sparse

HEADER = b"\0snp" + (12).to_bytes(4, "little") + b"four"


def test_what_is_left_out_was_zero() -> None:
    used = {0: b"\1", 3 * PAGE - 1: b"\2\3", 9 * PAGE: b"\4"}
    memory = bytearray(12 * PAGE)
    for address, content in used.items():
        memory[address : address + len(content)] = content
    parts, index = sparse(HEADER + memory, table=7)
    assert bytes(index["header"]) == HEADER
    assert (index["bytes"], index["table"]) == (len(memory), 7)
    assert index["sha256"] == hashlib.sha256(parts).hexdigest()
    assert index["runs"] == [(0, PAGE), (2 * PAGE, 2 * PAGE), (9 * PAGE, PAGE)]
    restored = bytearray(len(memory))
    start = 0
    for address, length in index["runs"]:
        restored[address : address + length] = parts[start : start + length]
        start += length
    assert start == len(parts)
    assert restored == memory
