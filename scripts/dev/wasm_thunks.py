"""Takes the indirect calls out of one large WebAssembly function, and of what it calls.

V8 puts the targets of indirect calls that it has seen into the function that calls them, and
compiles that function anew when another target turns up. CPython's loop over bytecodes has
hundreds of such calls, some in small functions that V8 puts into it as well, and takes a
quarter of a second to compile: in the first picture it was compiled five times. Made by one
function for each signature, the calls leave the loop as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

TYPE, IMPORT, FUNCTION, EXPORT, CODE = 1, 2, 3, 7, 10
CALL, CALL_INDIRECT, LOCAL_GET, END = b"\x10", 0x11, b"\x20", b"\x0b"
I32: Final = b"\x7f"
NOP: Final = b"\x01"
INLINED: Final = 512
"""Bytes; V8 puts a function of less than about as many into its callers, calls and all."""
FUNCTION_TYPE: Final = 0x60

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


class WasmError(Exception):
    """The module has something in it that is not understood here."""


@dataclass(slots=True)
class Reader:
    """Reads numbers and strings from a place on."""

    data: bytes
    at: int = 0

    def byte(self) -> int:
        """Read one byte."""
        self.at += 1
        return self.data[self.at - 1]

    def number(self) -> int:
        """Read an unsigned number; of a signed one, only the place after it is right."""
        value = shift = 0
        while True:
            byte = self.byte()
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value

    def take(self, count: int) -> bytes:
        """Read some bytes."""
        self.at += count
        return self.data[self.at - count : self.at]

    def string(self) -> bytes:
        """Read a count and as many bytes."""
        return self.take(self.number())


@dataclass(slots=True)
class Thunks:
    """The small functions, made as they are asked for."""

    types: list[tuple[bytes, bytes]]
    first_function: int
    made: dict[tuple[int, int], int] = field(default_factory=dict[tuple[int, int], int])
    new_types: list[bytes] = field(default_factory=list[bytes])
    bodies: list[bytes] = field(default_factory=list[bytes])

    def index(self, kind: int, table: int) -> int:
        """Give the function that calls what a table has, of one signature."""
        if (kind, table) not in self.made:
            parameters, results = self.types[kind]
            count = len(parameters)
            gets = b"".join(LOCAL_GET + leb(place) for place in range(count + 1))
            call = bytes([CALL_INDIRECT]) + leb(kind) + leb(table)
            self.made[kind, table] = self.first_function + len(self.bodies)
            self.bodies.append(sized(leb(0) + gets + call + NOP * INLINED + END))
            taken = leb(count + 1) + parameters + I32
            self.new_types.append(bytes([FUNCTION_TYPE]) + taken + leb(len(results)) + results)
        return self.made[kind, table]


def without_indirect_calls(module: bytes, export: str) -> bytes:
    """Replace the indirect calls in one function, and in the small ones that it calls.

    Parameters
    ----------
    module : bytes
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
    header, sections = module[:8], list(_sections(module))
    content = dict(sections)
    imported = _imported_functions(Reader(content.get(IMPORT, leb(0))))
    defined, kinds = _counted(content[FUNCTION])
    thunks = Thunks(_types(Reader(content[TYPE])), imported + defined)
    bodies = Reader(content[CODE])
    functions = [bodies.string() for _ in range(bodies.number())]
    ahead = {_exported_function(Reader(content[EXPORT]), export.encode())}
    done: set[int] = set()
    while ahead:
        index = ahead.pop()
        done.add(index)
        body, called = _rewritten(functions[index - imported], thunks)
        functions[index - imported] = body
        for other in called - done:
            if other >= imported and len(functions[other - imported]) < INLINED:
                ahead.add(other)
    added = len(thunks.bodies)
    type_count, types = _counted(content[TYPE])
    new_kinds = b"".join(leb(type_count + each) for each in range(added))
    content[TYPE] = leb(type_count + added) + types + b"".join(thunks.new_types)
    content[FUNCTION] = leb(defined + added) + kinds + new_kinds
    code = b"".join(sized(body) for body in functions) + b"".join(thunks.bodies)
    content[CODE] = leb(defined + added) + code
    parts = [
        bytes([kind]) + sized(content.get(kind, body) if kind else body) for kind, body in sections
    ]
    return header + b"".join(parts)


def leb(value: int) -> bytes:
    """Write an unsigned number."""
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def sized(content: bytes) -> bytes:
    """Write the length before the content."""
    return leb(len(content)) + content


def _sections(module: bytes) -> Iterator[tuple[int, bytes]]:
    reader = Reader(module, 8)
    while reader.at < len(module):
        kind = reader.byte()
        yield kind, reader.string()


def _counted(section: bytes) -> tuple[int, bytes]:
    reader = Reader(section)
    count = reader.number()
    return count, section[reader.at :]


def _types(reader: Reader) -> list[tuple[bytes, bytes]]:
    types: list[tuple[bytes, bytes]] = []
    for _ in range(reader.number()):
        if reader.byte() != FUNCTION_TYPE:
            raise WasmError("a type that is no function's")
        types.append((reader.string(), reader.string()))
    return types


def _imported_functions(reader: Reader) -> int:
    found = 0
    for _ in range(reader.number()):
        reader.string()
        reader.string()
        kind = reader.byte()
        if kind == 0:
            reader.number()
            found += 1
        elif kind in (1, 2):
            if kind == 1:
                reader.byte()
            has_most = reader.byte() & 1
            reader.number()
            if has_most:
                reader.number()
        else:  # a global: type and mutability; a tag: attribute and type
            reader.byte()
            reader.number()
    return found


def _exported_function(reader: Reader, wanted: bytes) -> int:
    for _ in range(reader.number()):
        name, kind, index = reader.string(), reader.byte(), reader.number()
        if name == wanted and kind == 0:
            return index
    raise WasmError(f"no function {wanted.decode()}")


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
