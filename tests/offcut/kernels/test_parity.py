"""Both implementations of the kernels give the same bits, in a real WebAssembly."""

from __future__ import annotations

import inspect
import json
import shutil
import subprocess
from pathlib import Path

import pytest
from kernel_cases import CASES
from offcut.kernels.interface import Kernels
from offcut.kernels.numpy_kernels import NumpyKernels
from offcut.kernels.wasm_kernels import WasmKernels

ROOT = Path(__file__).parents[3]
RUNNER = ROOT / "tests" / "js" / "kernel_parity.js"
PYODIDE = ROOT / "extension" / "vendor" / "pyodide" / "pyodide.mjs"


def methods(kind: type) -> set[str]:
    return {name for name, _ in inspect.getmembers(kind, callable) if not name.startswith("_")}


def test_every_kernel_has_cases() -> None:
    assert set(CASES) == methods(Kernels)


@pytest.mark.parametrize("implementation", [NumpyKernels, WasmKernels])
def test_an_implementation_has_every_kernel_and_no_other(implementation: type) -> None:
    assert methods(implementation) == methods(Kernels)


@pytest.fixture(scope="module")
def report() -> dict[str, str]:
    if shutil.which("node") is None or not PYODIDE.is_file():
        pytest.skip("needs node and the vendored Pyodide (scripts/vendor)")
    done = subprocess.run(["node", RUNNER], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("kernel", sorted(CASES))
def test_webassembly_gives_the_bits_of_numpy(kernel: str, report: dict[str, str]) -> None:
    assert report[kernel] == ""
