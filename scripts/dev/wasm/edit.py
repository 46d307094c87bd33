"""Edits the WebAssembly of onnxruntime-web and Pyodide; README.md here tells what and why.

The edits are made by the scripts beside this file, and again only when they, the kernels or
the published file have changed.
"""

import hashlib
import json
import sys
from pathlib import Path

from dev.environment import ensure_node
from dev.paths import BUILD, EXTENSION
from dev.terminal import SetupError, run_quietly, say

HERE = Path(__file__).parent
KEPT = BUILD / "wasm"
KERNELS = EXTENSION / "assembly/mlas/kernels.wasm"
NOT_KNOWN = 3
"""Exit status of `put_kernels.mjs`."""
PUBLISHED_INSTEAD = """\
**********************************************************************************
WARNING: {name} goes into the build as it was published, without our
kernels: every network takes about THREE TIMES AS LONG. The reason:
{reason}.
scripts/dev/wasm/README.md tells how to move the kernels to another onnxruntime-web.
**********************************************************************************"""


class NotKnownError(Exception):
    """A published file is not the one that the edits were made for."""


def put_kernels(runtime: Path) -> Path:
    """Put our own kernels into an onnxruntime-web.

    Parameters
    ----------
    runtime : Path
        The published WebAssembly; its JavaScript is beside it.

    Returns
    -------
    Path
        The edited WebAssembly, or the published one if it is not the version that we know: then
        standard error says so, loudly.

    Raises
    ------
    SetupError
        If the edit failed in another way, or Node is not there.
    """
    try:
        return _edit("put_kernels.mjs", runtime, runtime.with_suffix(".mjs"))
    except NotKnownError as error:
        warning = PUBLISHED_INSTEAD.format(name=runtime.name, reason=error)
        print(warning, file=sys.stderr, flush=True)
        return runtime


def wrap_indirect_calls(module: Path, export: str) -> Path:
    """Take the indirect calls out of an exported function, and out of the small ones it calls.

    Parameters
    ----------
    module : Path
        The published WebAssembly.
    export : str
        Name by which it exports the function.

    Returns
    -------
    Path
        The edited WebAssembly.

    Raises
    ------
    SetupError
        If the edit failed, or Node is not there.
    """
    return _edit("wrap_indirect_calls.mjs", module, export)


def _edit(script: str, source: Path, extra: Path | str) -> Path:
    kept = KEPT / source.stem / f"{_key(script, source, extra)}.wasm"
    if kept.is_file():
        return kept
    ensure_node()
    say(f"Editing {source.name} (first time only, about 20 seconds) ...")
    kept.parent.mkdir(parents=True, exist_ok=True)
    unfinished = kept.with_suffix(".part")
    done = run_quietly(["node", HERE / script, source, str(extra), unfinished])
    if done.returncode == NOT_KNOWN:
        raise NotKnownError(done.stderr.strip())
    if done.returncode != 0:
        raise SetupError(f"{script} failed; it said:\n{done.stderr.strip()}")
    for old in kept.parent.glob("*.wasm"):
        old.unlink()
    return unfinished.rename(kept)


def _key(script: str, source: Path, extra: Path | str) -> str:
    """Give a digest of all that the edited file depends on."""
    tools = json.loads((EXTENSION / "package.json").read_text(encoding="utf-8"))
    parts = [script.encode(), tools["devDependencies"]["binaryen"].encode()]
    parts.append(extra.read_bytes() if isinstance(extra, Path) else extra.encode())
    files = [source, KERNELS, HERE / "known.json", *sorted(HERE.glob("*.mjs"))]
    parts += [file.read_bytes() for file in files]
    return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()
