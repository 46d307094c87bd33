"""Brings the rivals, pinned by lock files, into folders of their own in the cache."""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

from dev.paths import MODELS, cache_folder
from dev.terminal import SetupError, run_quietly, say

HERE = Path(__file__).parent
LOCKS = HERE / "rivals"
ENTRY = HERE / "pages" / "imgly.js"


def has_imgly() -> bool:
    """Say whether imgly was brought before."""
    return (_imgly_folder() / "done").exists()


def imgly_site() -> Path:
    """Give a folder with imgly's code as one bundle, `imgly.js`, and its npm data, `data/`."""
    folder = _imgly_folder()
    if not (folder / "done").exists():
        say("Bringing @imgly/background-removal and its data from npm (first time only) ...")
        for name in ("package.json", "package-lock.json"):
            shutil.copyfile(LOCKS / name, folder / name)
        shutil.copyfile(ENTRY, folder / "entry.js")
        _run(["npm", "ci", "--silent"], folder)
        bundle = ["--bundle", "--format=esm", "--minify", "--outfile=imgly.js"]
        # onnxruntime-web has branches for Node in it.
        node = [f"--external:{name}" for name in ("fs", "path", "perf_hooks", "os", "url", "util")]
        _run(["node_modules/.bin/esbuild", "entry.js", *bundle, *node, "--log-level=error"], folder)
        data = folder / "node_modules" / "@imgly" / "background-removal-data" / "dist"
        (folder / "data").symlink_to(data)
        (folder / "done").touch()
    return folder


def rembg_python() -> Path:
    """Give the interpreter of an environment that has nothing but rembg."""
    lock = LOCKS / "rembg-requirements.txt"
    folder = _folder("rembg", lock)
    python = folder / "bin" / "python"
    if not (folder / "done").exists():
        say("Setting up rembg in an environment of its own (first time only) ...")
        _run([sys.executable, "-m", "venv", "--clear", str(folder)], folder)
        _run([str(python), "-m", "pip", "install", "-q", "--require-hashes", "-r", str(lock)])
        weights = folder / "u2net"
        weights.mkdir()
        shutil.copyfile(MODELS / "weights" / "u2netp.onnx", weights / "u2netp.onnx")
        (folder / "done").touch()
    return python


def _imgly_folder() -> Path:
    return _folder("imgly", LOCKS / "package-lock.json", ENTRY)


def _folder(name: str, *sources: Path) -> Path:
    key = hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()[:16]
    folder = cache_folder() / "bench" / f"{name}-{key}"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _run(command: list[str], folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    done = run_quietly(command, cwd=folder)
    if done.returncode != 0:
        raise SetupError(f"`{' '.join(command)}` failed; it said:\n{done.stderr.strip()}")
    return done
