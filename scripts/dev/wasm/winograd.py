"""Puts extension/assembly/convolution into onnxruntime-web: see convolve.ts there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from dev.paths import EXTENSION
from dev.wasm.code import CALL, END, LOCAL_GET, calls
from dev.wasm.module import Module, Signature, WasmError, leb

SOURCE: Final = EXTENSION / "assembly/convolution/convolve.wasm"
I32, F32 = b"\x7f", b"\x7d"
CONVOLVE: Final = (I32 * 8, b"")
"""Signature of MlasConvOperation."""
PRODUCT: Final = (I32 * 5 + F32 + I32 * 4 + F32 + I32 * 2, b"")
"""Of MlasSgemmOperation, which it calls, and which calls the kernels."""


def put_winograd(module: Module, multiply: int, glue: str) -> None:
    """Let an onnxruntime-web make convolutions with fewer multiplications.

    Adds the functions of `convolve.wasm`, of which one takes the place of MlasConvOperation.

    Parameters
    ----------
    module : Module
        Of onnxruntime-web; changed in place.
    multiply : int
        Number of its function MlasSgemmKernelZero.
    glue : str
        The JavaScript that loads it, which knows by what name it exports `malloc`.

    Raises
    ------
    WasmError
        If not exactly one function can be MlasConvOperation, or an export is not found.
    """
    added = Module(SOURCE.read_bytes())
    place = _find_operation(module, multiply)
    known = {
        b"expand": module.add(module.kind(place), module.body(place)),
        b"multiply": multiply,
        b"allocate": module.exported(_exported_as(glue, "malloc")),
        b"release": module.exported(_exported_as(glue, "free")),
    }
    first = module.imported + len(module.bodies)
    numbers = [known[name] for name in added.imports]
    numbers += range(first, first + len(added.bodies))
    for kind, body in zip(added.kinds, added.bodies, strict=True):
        module.add(module.find_type(added.types[kind]), _with_calls_of(body, numbers))
    arguments = b"".join(LOCAL_GET + leb(index) for index in range(len(CONVOLVE[0])))
    made = numbers[added.exported("convolve")]
    module.replace(place, leb(0) + arguments + CALL + leb(made) + END)


def _find_operation(module: Module, multiply: int) -> int:
    def callers(signature: Signature, called: int) -> Iterator[int]:
        for place, kind in enumerate(module.kinds):
            body = module.bodies[place]
            if module.types[kind] == signature and called in (made for _, _, made in calls(body)):
                yield module.imported + place

    products = list(callers(PRODUCT, multiply))
    found = [place for product in products for place in callers(CONVOLVE, product)]
    if len(found) != 1:
        raise WasmError(f"{len(found)} functions can be MlasConvOperation")
    return found[0]


def _exported_as(glue: str, name: str) -> str:
    """Give the name in the WebAssembly of a function that the JavaScript calls `_name`."""
    found = re.search(rf"\b_{name}=\w+\.(\w+)", glue)
    if found is None:
        raise WasmError(f"no export is used as {name}")
    return found[1]


def _with_calls_of(body: bytes, numbers: list[int]) -> bytes:
    """Give the body with the functions' numbers of another module."""
    out, done = bytearray(), 0
    for start, end, number in calls(body):
        out += body[done:start] + CALL + leb(numbers[number])
        done = end
    return bytes(out) + body[done:]
