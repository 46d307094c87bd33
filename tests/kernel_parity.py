"""Runs every kernel by numpy and by WebAssembly, and compares the bits; inside Pyodide.

Started by `js/kernel_parity.js`, which has put the module's exports into `module`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import Any, cast

import numpy as np
from kernel_cases import CASES, Arguments, Cases
from numpy.typing import NDArray
from offcut.kernels import wasm_colors, wasm_kernels
from offcut.kernels.numpy_kernels import NumpyKernels
from offcut.kernels.wasm_module import WasmModule

SEED = 20
GUARD = 64
"""Bytes around each array that WasmKernels makes."""
FILLING = 0xA5


class GuardedNumpy:
    """Is numpy, but puts new arrays between bytes that nobody may change."""

    def __init__(self) -> None:
        self._rooms: list[NDArray[np.uint8]] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(np, name)

    def empty(self, shape: int | tuple[int, ...], dtype: Any = np.float64) -> NDArray[Any]:
        sides = (shape,) if isinstance(shape, int) else shape
        length = math.prod(sides) * np.dtype(dtype).itemsize
        room = np.full(length + 2 * GUARD, FILLING, np.uint8)
        self._rooms.append(room)
        return room[GUARD : GUARD + length].view(dtype).reshape(sides)

    def empty_like(self, array: NDArray[Any]) -> NDArray[Any]:
        return self.empty(array.shape, array.dtype)

    def are_guards_whole(self) -> bool:
        """Tell whether nothing around the arrays was written, and forget them."""
        rooms, self._rooms = self._rooms, []
        return all(
            (room[:GUARD] == FILLING).all() and (room[-GUARD:] == FILLING).all() for room in rooms
        )


def results(value: Any) -> Iterator[Any]:
    """Give all numbers and arrays in arguments or an answer, and what arrays are parts of."""
    if isinstance(value, tuple):
        for part in value:  # pyright: ignore[reportUnknownVariableType]
            yield from results(part)
        return
    yield value
    if isinstance(value, np.ndarray) and isinstance(value.base, np.ndarray):
        yield value.base


def is_same(first: Any, second: Any) -> bool:
    if not isinstance(first, np.ndarray):
        return first == second
    one, other = cast("NDArray[Any]", first), cast("NDArray[Any]", second)
    if (one.shape, one.dtype) != (other.shape, other.dtype):
        return False
    return one.tobytes() == other.tobytes()


def described(arguments: Arguments) -> str:
    return ", ".join(map(_describe, arguments))


def _describe(part: object) -> str:
    if not isinstance(part, np.ndarray):
        return repr(part)[:40]
    array = cast("NDArray[Any]", part)
    return f"{array.dtype}{list(array.shape)}"


def difference(kernel: str, cases: Cases, module: WasmModule) -> str:
    """Say of which arguments the two implementations make something else; empty if of none."""
    guarded = GuardedNumpy()
    for implementation in (wasm_colors, wasm_kernels):
        implementation.np = guarded  # pyright: ignore[reportAttributeAccessIssue]
    by_numpy = getattr(NumpyKernels(), kernel)
    by_wasm = getattr(wasm_kernels.WasmKernels(module), kernel)
    # Drawn twice, so that what one changes in place the other does not see.
    twice = (cases(np.random.default_rng(SEED)) for _ in range(2))
    count = 0
    for first, second in zip(*twice, strict=True):
        count += 1
        answers = by_numpy(*first), by_wasm(*second)
        # Where an answer lies in memory is each implementation's own matter.
        answer = zip(*map(flat_answer, answers), strict=True)
        changed = zip(results(first), results(second), strict=True)
        if not all(is_same(*pair) for pair in (*answer, *changed)):
            return f"differs for {described(second)}"
        if not guarded.are_guards_whole():
            return f"writes beside its arrays for {described(second)}"
    return "" if count else "has no cases"


def flat_answer(answer: Any) -> tuple[Any, ...]:
    return answer if isinstance(answer, tuple) else (answer,)  # pyright: ignore[reportUnknownVariableType]


def report(module: WasmModule) -> str:
    """Give JSON: by kernel what is wrong with it, or an empty text."""
    return json.dumps(
        {kernel: difference(kernel, cases, module) for kernel, cases in CASES.items()}
    )
