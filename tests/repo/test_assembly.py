"""The WebAssembly in git is what its source gives."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

EXTENSION = Path(__file__).parents[2] / "extension"
SOURCES = EXTENSION / "assembly"
COMPILER = EXTENSION / "node_modules" / ".bin" / "asc"


@pytest.mark.parametrize("config", sorted(SOURCES.glob("*.json")), ids=lambda path: path.stem)
def test_a_module_is_compiled_from_its_source(config: Path, tmp_path: Path) -> None:
    if not COMPILER.exists() or shutil.which("node") is None:
        pytest.skip("needs the npm tools")
    compiled = tmp_path / "compiled.wasm"
    command = [COMPILER, "--config", config, "--outFile", compiled]
    subprocess.run(command, cwd=EXTENSION, check=True)
    out_file = json.loads(config.read_text(encoding="utf-8"))["options"]["outFile"]
    kept = SOURCES / out_file
    assert compiled.read_bytes() == kept.read_bytes(), "run `npm run assembly` in extension/"


def test_every_module_has_a_source() -> None:
    others = {"vendor", "node_modules"}
    ours = [path for path in EXTENSION.rglob("*.wasm") if not others & set(path.parts)]
    configs = [json.loads(path.read_text(encoding="utf-8")) for path in SOURCES.glob("*.json")]
    made = {(SOURCES / config["options"]["outFile"]).resolve() for config in configs}
    assert {path.resolve() for path in ours} == made
