"""The instructions in the body of a WebAssembly function, one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from dev.wasm.module import Reader, WasmError

CALL, LOCAL_GET, END = b"\x10", b"\x20", b"\x0b"

# How many numbers (LEB128) follow an opcode; what is not listed has none.
NUMBERS: Final[dict[int, int]] = {
    **dict.fromkeys((0x02, 0x03, 0x04, 0x06, 0x07, 0x08, 0x09, 0x0C, 0x0D, 0x10, 0x12, 0x18), 1),
    **dict.fromkeys(range(0x20, 0x27), 1),
    **dict.fromkeys((0x3F, 0x40, 0x41, 0x42, 0xD0, 0xD2), 1),
    **dict.fromkeys((0x11, 0x13), 2),
    **dict.fromkeys(range(0x28, 0x3F), 2),
}
BYTES: Final = {0x43: 4, 0x44: 8}
BR_TABLE, SELECT_TYPED, PREFIX, VECTOR_PREFIX, ATOMIC_PREFIX = 0x0E, 0x1C, 0xFC, 0xFD, 0xFE
FENCE: Final = 0x03
TRY_TABLE: Final = 0x1F
CATCH_ALL: Final = 0x02
# The same after the prefix 0xfc.
MORE_NUMBERS: Final = {8: 2, 9: 1, 10: 2, 11: 1, 12: 2, 13: 1, 14: 2, 15: 1, 16: 1, 17: 1}
# And after 0xfd, that of vectors: numbers, then bytes.
LANES: Final = dict.fromkeys(range(0x54, 0x5C), 1)
VECTOR_NUMBERS: Final = dict.fromkeys((*range(0x0C), *LANES, 0x5C, 0x5D), 2)
VECTOR_BYTES: Final = {0x0C: 16, 0x0D: 16, **dict.fromkeys(range(0x15, 0x23), 1), **LANES}
PLAIN: Final = {0x00, 0x01, 0x05, 0x0A, 0x0B, 0x0F, 0x19, 0x1A, 0x1B, 0xD1, *range(0x45, 0xC5)}


def calls(body: bytes) -> Iterator[tuple[int, int, int]]:
    """Find the calls in a body of functions by their number.

    Yields
    ------
    tuple of int, int and int
        Start and end of the instruction, and the number.
    """
    reader = Reader(body)
    skip_locals(reader)
    while reader.at < len(body):
        start = reader.at
        opcode = reader.byte()
        if opcode == CALL[0]:
            number = reader.number()
            yield start, reader.at, number
        else:
            skip_operands(reader, opcode)


def skip_locals(reader: Reader) -> None:
    """Go to the first instruction of a body."""
    for _ in range(reader.number()):
        reader.number()
        reader.byte()


def skip_operands(reader: Reader, opcode: int) -> None:
    """Go to the instruction after the one whose opcode has been read.

    Raises
    ------
    WasmError
        If the opcode is not known here.
    """
    numbers, count = NUMBERS.get(opcode, 0), BYTES.get(opcode, 0)
    if opcode in (BR_TABLE, SELECT_TYPED):
        numbers = reader.number() + (opcode == BR_TABLE)
    elif opcode == PREFIX:
        numbers = MORE_NUMBERS.get(reader.number(), 0)
    elif opcode == VECTOR_PREFIX:
        code = reader.number()
        numbers, count = VECTOR_NUMBERS.get(code, 0), VECTOR_BYTES.get(code, 0)
    elif opcode == TRY_TABLE:  # its type; for each clause its kind, a tag, and where to go
        reader.number()
        for _ in range(reader.number()):
            numbers = 1 if reader.byte() >= CATCH_ALL else 2
            for _ in range(numbers):
                reader.number()
        numbers = 0
    elif opcode == ATOMIC_PREFIX:
        numbers = 1 if reader.number() == FENCE else 2
    elif not numbers and not count and opcode not in PLAIN:
        raise WasmError(f"opcode {opcode:#x}")
    for _ in range(numbers):
        reader.number()
    reader.take(count)
