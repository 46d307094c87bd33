"""Indirect calls that are taken out of a WebAssembly function."""

import json
import shutil
import subprocess

import pytest
from dev.wasm.module import Module, WasmError, leb, sized
from dev.wasm.thunks import without_indirect_calls

ADD, MULTIPLY = b"\x6a", b"\x6c"
RUN = """
const bytes = Buffer.from(process.argv[1], 'hex');
const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes));
console.log(JSON.stringify([0, 1].map((place) => exports.entry(place))));
"""


def module(*, entry: bytes) -> bytes:
    """Assemble functions 0 and 1 (sum, product), 2 (a small one) and 3 (`entry`)."""
    pair, single = b"\x60\x02\x7f\x7f\x01\x7f", b"\x60\x01\x7f\x01\x7f"
    bodies = [operate(ADD), operate(MULTIPLY), calling(2, 3), entry]
    sections = {
        1: leb(2) + pair + single,
        3: leb(4) + bytes([0, 0, 1, 1]),
        4: leb(1) + b"\x70\x00\x02",
        7: leb(1) + sized(b"entry") + b"\x00\x03",
        9: leb(1) + b"\x00\x41\x00\x0b" + leb(2) + b"\x00\x01",
        10: leb(4) + b"".join(sized(body) for body in bodies),
    }
    parts = [bytes([kind]) + sized(content) for kind, content in sections.items()]
    return b"\0asm\1\0\0\0" + b"".join(parts)


def operate(operation: bytes) -> bytes:
    return b"\x00\x20\x00\x20\x01" + operation + b"\x0b"


def calling(left: int, right: int, then: bytes = b"") -> bytes:
    """Call what the table has at the place given, with two numbers."""
    numbers = bytes([0x41, left, 0x41, right])
    return b"\x00" + numbers + b"\x20\x00\x11\x00\x00" + then + b"\x0b"


def test_the_function_and_what_it_calls_do_what_they_did() -> None:
    # The small function's answer is added, after instructions with operands of every kind.
    others = b"\x02\x40\x43\x00\x00\x80\x3f\x1a\x41\x00\x0e\x01\x00\x00\x0b\x42\x80\x01\x1a"
    # And vectors: a constant, whose bytes are calls of unknown functions, and one of its lanes.
    others += b"\xfd\x0c" + bytes([0x10, 0x7F] * 8) + b"\xfd\x15\x0f\x1a"
    source = module(entry=calling(6, 7, others + b"\x20\x00\x10\x02\x6a"))
    changed = without_indirect_calls(source, "entry")
    before, after = Module(source).bodies, Module(changed).bodies
    assert len(after) == len(before) + 1
    assert all(b"\x11\x00\x00" not in body for body in after[: len(before)])
    if shutil.which("node"):
        assert answers(changed) == answers(source) == [6 + 7 + 2 + 3, 6 * 7 + 2 * 3]


def test_what_is_not_understood_is_refused() -> None:
    with pytest.raises(WasmError, match="no function other"):
        without_indirect_calls(module(entry=calling(6, 7)), "other")
    with pytest.raises(WasmError, match="0xff"):
        without_indirect_calls(module(entry=calling(6, 7, b"\xff")), "entry")


def answers(source: bytes) -> list[int]:
    command = ["node", "-e", RUN, source.hex()]
    return json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
