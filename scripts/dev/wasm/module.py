"""WebAssembly modules as bytes: taken apart, given other functions, put together again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

TYPE, IMPORT, FUNCTION, EXPORT, CODE = 1, 2, 3, 7, 10
FUNCTION_TYPE: Final = 0x60
Signature = tuple[bytes, bytes]


class WasmError(Exception):
    """The module has something in it that is not understood here, or lacks what is looked for."""


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

    def numbers(self) -> list[int]:
        """Read a count and as many numbers."""
        return [self.number() for _ in range(self.number())]

    def take(self, count: int) -> bytes:
        """Read some bytes."""
        self.at += count
        return self.data[self.at - count : self.at]

    def string(self) -> bytes:
        """Read a count and as many bytes."""
        return self.take(self.number())

    def strings(self) -> list[bytes]:
        """Read a count and as many strings."""
        return [self.string() for _ in range(self.number())]


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


class Module:
    """A module whose functions can be changed and added to.

    Attributes
    ----------
    types : list of tuple of bytes and bytes
        Types of the parameters and of the results, by the number of the signature.
    imports : list of bytes
        Names of the imported functions; those of the module itself are numbered after them.
    imported : int
        How many those are.
    kinds : list of int
        Signature of each function of the module itself.
    bodies : list of bytes
        Locals and instructions of each.
    """

    def __init__(self, data: bytes) -> None:
        """Take a module apart.

        Raises
        ------
        WasmError
            If it has types that are no functions'.
        """
        self._header = data[:8]
        self._sections = list(_sections(data))
        content = dict(self._sections)
        self._exports = content.get(EXPORT, leb(0))
        self.types = _types(Reader(content[TYPE]))
        self.imports = list(_imported_functions(Reader(content.get(IMPORT, leb(0)))))
        self.imported = len(self.imports)
        self.kinds = Reader(content[FUNCTION]).numbers()
        self.bodies = Reader(content[CODE]).strings()

    def exported(self, wanted: str) -> int:
        """Give the number of a function by the name of its export.

        Raises
        ------
        WasmError
            If no function is exported by this name.
        """
        reader = Reader(self._exports)
        for _ in range(reader.number()):
            name, kind, index = reader.string(), reader.byte(), reader.number()
            if name == wanted.encode() and kind == 0:
                return index
        raise WasmError(f"no function {wanted}")

    def kind(self, index: int) -> int:
        """Give the number of the signature of a function of the module itself."""
        return self.kinds[index - self.imported]

    def body(self, index: int) -> bytes:
        """Give the body of a function of the module itself."""
        return self.bodies[index - self.imported]

    def replace(self, index: int, body: bytes) -> None:
        """Give a function of the module itself another body."""
        self.bodies[index - self.imported] = body

    def add(self, kind: int, body: bytes) -> int:
        """Add a function of a signature, and give its number."""
        self.kinds.append(kind)
        self.bodies.append(body)
        return self.imported + len(self.bodies) - 1

    def add_type(self, signature: Signature) -> int:
        """Add a signature, and give its number."""
        self.types.append(signature)
        return len(self.types) - 1

    def find_type(self, signature: Signature) -> int:
        """Give the number of a signature, which is added if it is not there."""
        if signature in self.types:
            return self.types.index(signature)
        return self.add_type(signature)

    def to_bytes(self) -> bytes:
        """Put the module together."""
        prefix = bytes([FUNCTION_TYPE])
        types = [prefix + sized(taken) + sized(given) for taken, given in self.types]
        content = {
            TYPE: leb(len(types)) + b"".join(types),
            FUNCTION: leb(len(self.kinds)) + b"".join(map(leb, self.kinds)),
            CODE: leb(len(self.bodies)) + b"".join(map(sized, self.bodies)),
        }
        parts = (bytes([kind]) + sized(content.get(kind, old)) for kind, old in self._sections)
        return self._header + b"".join(parts)


def _sections(data: bytes) -> Iterator[tuple[int, bytes]]:
    reader = Reader(data, 8)
    while reader.at < len(data):
        kind = reader.byte()
        yield kind, reader.string()


def _types(reader: Reader) -> list[Signature]:
    types: list[Signature] = []
    for _ in range(reader.number()):
        if reader.byte() != FUNCTION_TYPE:
            raise WasmError("a type that is no function's")
        types.append((reader.string(), reader.string()))
    return types


def _imported_functions(reader: Reader) -> Iterator[bytes]:
    for _ in range(reader.number()):
        reader.string()
        name = reader.string()
        kind = reader.byte()
        if kind == 0:
            reader.number()
            yield name
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
