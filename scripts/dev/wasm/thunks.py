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

from dev.wasm.code import CALL, END, LOCAL_GET, skip_locals, skip_operands
from dev.wasm.module import Module, Reader, leb

CALL_INDIRECT: Final = 0x11
I32: Final = b"\x7f"
NOP: Final = b"\x01"
INLINED: Final = 512
"""Bytes; V8 puts a function of less than about as many into its callers, calls and all."""


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
    skip_locals(reader)
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
            skip_operands(reader, opcode)
        out += body[start : reader.at]
    return bytes(out), called
