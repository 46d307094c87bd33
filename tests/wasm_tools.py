"""Small WebAssembly modules, from and to text, and programs that run them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from dev.paths import NODE_MODULES

TOOLS = NODE_MODULES / "binaryen/bin"


def assemble(text: str, target: Path) -> Path:
    """Write a module that is given as text."""
    _run([TOOLS / "wasm-as", "--all-features", "-o", target, "-"], text)
    return target


def disassemble(module: Path) -> str:
    """Give a module as text."""
    return _run([TOOLS / "wasm-dis", "--all-features", module])


def node(program: str, *arguments: Path) -> str:
    """Run a program and give what it printed."""
    return _run(["node", "-e", program, *arguments])


def _run(command: list[str | Path], given: str = "") -> str:
    if not TOOLS.is_dir() or shutil.which("node") is None:
        pytest.skip("needs the npm tools")
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout
