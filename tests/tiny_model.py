"""A network of two steps, written as ONNX by hand: what is red is the subject."""

from __future__ import annotations

import random
import struct

FLOAT = 1
REDNESS = (40.0, -20.0, -20.0)
"""Weights of red, green and blue, in [0, 1]."""
BIAS = -12.0


def tiny_model(side: int = 64, *, padding: int = 0, fetch: str = "matte") -> bytes:
    """Write the model: `picture` (1, 3, side, side) to a matte in [0, 1] of the same size.

    Parameters
    ----------
    side : int
    padding : int
        Bytes that are in the file and do nothing.
    fetch : str
        Name of the output.
    """
    weights = _tensor("weights", (1, 3, 1, 1), struct.pack("<3f", *REDNESS))
    bias = _tensor("bias", (1,), struct.pack("<f", BIAS))
    idle = _tensor("idle", (padding // 4,), random.Random(0).randbytes(padding // 4 * 4))
    graph = b"".join(
        [
            _field(1, _node("Conv", ["picture", "weights", "bias"], "raw")),
            _field(1, _node("Sigmoid", ["raw"], fetch)),
            _field(2, b"tiny"),
            *(_field(5, tensor) for tensor in (weights, bias, idle)),
            _field(11, _value("picture", (1, 3, side, side))),
            _field(12, _value(fetch, (1, 1, side, side))),
        ]
    )
    return _number(1, 8) + _field(7, graph) + _field(8, _number(2, 13))


def _node(kind: str, inputs: list[str], output: str) -> bytes:
    names = b"".join(_field(1, name.encode()) for name in inputs)
    return names + _field(2, output.encode()) + _field(4, kind.encode())


def _tensor(name: str, shape: tuple[int, ...], raw: bytes) -> bytes:
    dims = b"".join(_number(1, size) for size in shape)
    return dims + _number(2, FLOAT) + _field(8, name.encode()) + _field(9, raw)


def _value(name: str, shape: tuple[int, ...]) -> bytes:
    dims = b"".join(_field(1, _number(1, size)) for size in shape)
    tensor = _number(1, FLOAT) + _field(2, dims)
    return _field(1, name.encode()) + _field(2, _field(1, tensor))


def _field(number: int, content: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(content)) + content


def _number(number: int, value: int) -> bytes:
    return _varint(number << 3) + _varint(value)


def _varint(value: int) -> bytes:
    done = bytearray()
    while value > 0x7F:
        done.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*done, value])
