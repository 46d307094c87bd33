"""The WebAssembly in git is what its source gives."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

EXTENSION = Path(__file__).parents[2] / "extension"
SOURCES = EXTENSION / "assembly"
COMPILER = EXTENSION / "node_modules" / ".bin" / "asc"


def test_the_png_packer_is_compiled_from_its_source(tmp_path: Path) -> None:
    if not COMPILER.exists() or shutil.which("node") is None:
        pytest.skip("needs the npm tools")
    compiled = tmp_path / "pack.wasm"
    subprocess.run(
        [COMPILER, "--config", SOURCES / "asconfig.json", "--outFile", compiled],
        cwd=EXTENSION,
        check=True,
    )
    kept = EXTENSION / "png" / "pack.wasm"
    assert compiled.read_bytes() == kept.read_bytes(), "run `npm run assembly` in extension/"
