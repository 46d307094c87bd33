"""Puts our own kernels into the WebAssembly of onnxruntime-web."""

from __future__ import annotations

from dev.wasm.module import Module
from dev.wasm.sgemm import enlarge_blocks
from dev.wasm.winograd import put_winograd


def with_own_kernels(data: bytes, glue: str) -> bytes:
    """Make the networks run faster; see the two files that this calls.

    Parameters
    ----------
    data : bytes
        The published WebAssembly.
    glue : str
        The JavaScript that comes with it.

    Raises
    ------
    WasmError
        If it is another version of onnxruntime than is known here.
    """
    module = Module(data)
    multiply = enlarge_blocks(module)
    put_winograd(module, multiply, glue)
    return module.to_bytes()
