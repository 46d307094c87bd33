"""Takes the indirect calls out of one large WebAssembly function, and of what it calls.

V8 puts the targets of indirect calls that it has seen into the function that calls them, and
compiles that function anew when another target turns up. CPython's loop over bytecodes has
hundreds of such calls, some in small functions that V8 puts into it as well, and takes a
quarter of a second to compile: in the first picture it was compiled five times. Made by one
function for each signature, the calls leave the loop as it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from dev.wasm_module import Module, Reader, WasmError, leb

CALL, CALL_INDIRECT, LOCAL_GET, END = b"\x10", 0x11, b"\x20", b"\x0b"
I32: Final = b"\x7f"
NOP: Final = b"\x01"
INLINED: Final = 512
"""Bytes; V8 puts a function of less than about as many into its callers, calls and all."""

# How many numbers (LEB128) follow an opcode; what is not listed has none.
NUMBERS: Final[dict[int, int]] = {
    **dict.fromkeys((0x02, 0x03, 0x04, 0x06, 0x07, 0x08, 0x09, 0x0C, 0x0D, 0x10, 0x12, 0x18), 1),
    **dict.fromkeys(range(0x20, 0x27), 1),
    **dict.fromkeys((0x3F, 0x40, 0x41, 0x42, 0xD0, 0xD2), 1),
    **dict.fromkeys((0x11, 0x13), 2),
    **dict.fromkeys(range(0x28, 0x3F), 2),
}
BYTES: Final = {0x43: 4, 0x44: 8}
# The same after the prefix 0xfc.
MORE_NUMBERS: Final = {8: 2, 9: 1, 10: 2, 11: 1, 12: 2, 13: 1, 14: 2, 15: 1, 16: 1, 17: 1}
BR_TABLE, SELECT_TYPED, PREFIX = 0x0E, 0x1C, 0xFC
PLAIN: Final = {0x00, 0x01, 0x05, 0x0B, 0x0F, 0x19, 0x1A, 0x1B, 0xD1, *range(0x45, 0xC5)}


@dataclass(slots=True)
class Thunks:
    """The small functions, made as they are asked for."""

    module: Module
    made: dict[tuple[int, int], int] = field(default_factory=dict[tuple[int, int], int])

    def index(self, kind: int, table: int) -> int:
        """Give the function that calls what a table has, of one signature."""
        if (kind, table) not in self.made:
            parameters, results = self.module.types[kind]
            gets = b"".join(LOCAL_GET + leb(place) for place in range(len(parameters) + 1))
            call = bytes([CALL_INDIRECT]) + leb(kind) + leb(table)
            new_kind = self.module.add_type((parameters + I32, results))
            body = leb(0) + gets + call + NOP * INLINED + END
            self.made[kind, table] = self.module.add(new_kind, body)
        return self.made[kind, table]


def without_indirect_calls(data: bytes, export: str) -> bytes:
    """Replace the indirect calls in one function, and in the small ones that it calls.

    Parameters
    ----------
    data : bytes
        A module.
    export : str
        Name by which the module exports the function.

    Returns
    -------
    bytes
        The module, with as many more functions as there are signatures.

    Raises
    ------
    WasmError
        If the module has no such function, or one with instructions that are not known here.
    """
    module = Module(data)
    thunks = Thunks(module)
    ahead = {module.exported(export)}
    done: set[int] = set()
    while ahead:
        index = ahead.pop()
        done.add(index)
        body, called = _rewritten(module.body(index), thunks)
        module.replace(index, body)
        for other in called - done:
            if other >= module.imported and len(module.body(other)) < INLINED:
                ahead.add(other)
    return module.to_bytes()


def _rewritten(body: bytes, thunks: Thunks) -> tuple[bytes, set[int]]:
    """Give the new body, and the functions that it had called by number."""
    reader = Reader(body)
    for _ in range(reader.number()):  # locals
        reader.number()
        reader.byte()
    out = bytearray(body[: reader.at])
    called = set[int]()
    while reader.at < len(body):
        start = reader.at
        opcode = reader.byte()
        if opcode == CALL_INDIRECT:
            out += CALL + leb(thunks.index(reader.number(), reader.number()))
            continue
        if opcode == CALL[0]:
            called.add(reader.number())
        else:
            _skip_operands(reader, opcode)
        out += body[start : reader.at]
    return bytes(out), called


def _skip_operands(reader: Reader, opcode: int) -> None:
    numbers = NUMBERS.get(opcode, 0)
    if opcode in BYTES:
        reader.take(BYTES[opcode])
    elif opcode in (BR_TABLE, SELECT_TYPED):
        numbers = reader.number() + (opcode == BR_TABLE)
    elif opcode == PREFIX:
        numbers = MORE_NUMBERS.get(reader.number(), 0)
    elif not numbers and opcode not in PLAIN:
        raise WasmError(f"opcode {opcode:#x}")
    for _ in range(numbers):
        reader.number()
