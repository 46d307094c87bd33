"""Makes the loadable extension: a copy by folder with one rule, no bundler.

A file called `<name>.<browser>.js` takes the place of `<name>.js` for that browser and is left
out for the others. What is in git is what the browser runs.
"""

import argparse
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from dev.builder.manifest import manifest_for
from dev.builder.memory_image import memory_image
from dev.builder.packed_models import pack_models
from dev.builder.site_packages import site_files
from dev.builder.vendor import vendor
from dev.one_at_a_time import one_at_a_time
from dev.paths import BUILD, EXTENSION, ROOT
from dev.terminal import exit_with, say
from dev.wasm.edit import put_kernels, wrap_indirect_calls

# All targets share what is vendored.
LOCK = BUILD / "build.lock"
TARGETS = ("chrome", "firefox")
# Firefox's reviewers compare third-party files with those that were published.
AS_PUBLISHED = frozenset({"firefox"})
# Beside the extension in its folder, for developers only.
LEFT_OUT_FOLDERS = frozenset({"assembly", "node_modules", "screenshots", "types"})
LEFT_OUT_FILES = (
    "package*.json",
    "tsconfig*.json",
    "biome.json",
    "README.md",
    "BENCH.md",
    "PICTURES.md",
)
# What the build takes out of these goes into the folder py/.
UNPACKED = ("vendor/pyodide/*.whl", "vendor/pyodide/pyodide-lock.json")
TYPE_STUBS = "*.d.*ts"
PYTHON_CORE = PurePosixPath("vendor/pyodide/pyodide.asm.wasm")
PYTHON_LOOP = "_PyEval_EvalFrameDefault"
RUNTIMES = "vendor/onnxruntime/*.wasm"
STOCK_HELP = "leave the WebAssembly of onnxruntime-web and Pyodide as published, which is slower"


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="scripts/build", description=__doc__)
    parser.add_argument("--target", choices=TARGETS, help="this browser only")
    parser.add_argument("--stock", action="store_true", help=STOCK_HELP)
    options = parser.parse_args()
    for target in [options.target] if options.target else TARGETS:
        folder, changed = build(target, stock=options.stock)
        say(f"{folder.relative_to(ROOT)}: {changed} files changed.")
    return 0


def build(target: str = "chrome", *, stock: bool = False) -> tuple[Path, int]:
    """Bring `build/<target>` up to date.

    Parameters
    ----------
    target : str
        The browser, one of `TARGETS`.
    stock : bool
        Whether onnxruntime-web and Pyodide are left as published, as they always are for
        `AS_PUBLISHED`.

    Returns
    -------
    tuple of Path and int
        The folder to load, and how many files were written or removed.

    Raises
    ------
    SetupError
        If a vendored part is missing and can't be had.
    """
    folder = BUILD / target
    with one_at_a_time(LOCK):
        vendor()
        return folder, _bring_up_to_date(folder, target, stock)


def _bring_up_to_date(folder: Path, target: str, stock: bool) -> int:
    wanted: dict[PurePosixPath, Path | bytes] = {
        PurePosixPath("manifest.json"): manifest_for(target),
        PurePosixPath("LICENSE.txt"): ROOT / "LICENSE",
        **pack_models(),
        **{"py" / path: content for path, content in site_files().items()},
        **dict(extension_files(EXTENSION, target)),
    }
    if not stock and target not in AS_PUBLISHED:
        wanted |= _edited_modules(wanted)
    image, about = memory_image(wanted)
    wanted[PurePosixPath("py/memory.bin")] = image
    wanted[PurePosixPath("py/memory.json")] = about
    written = sum(_put(content, folder / path) for path, content in wanted.items())
    return written + _remove_stale(folder, {folder / path for path in wanted})


def _edited_modules(files: Iterable[PurePosixPath]) -> dict[PurePosixPath, Path]:
    runtimes = [path for path in files if path.match(RUNTIMES)]
    edited = {path: put_kernels(EXTENSION / path) for path in runtimes}
    return edited | {PYTHON_CORE: wrap_indirect_calls(EXTENSION / PYTHON_CORE, PYTHON_LOOP)}


def extension_files(source: Path, target: str) -> Iterator[tuple[PurePosixPath, Path]]:
    """Name the files of the extension for one browser.

    Yields
    ------
    tuple of PurePosixPath and Path
        Place in the build, and where the content is.
    """
    for path in sorted(source.rglob("*")):
        inside = PurePosixPath(path.relative_to(source).as_posix())
        if not path.is_file() or _is_left_out(inside):
            continue
        browser = _browser_of(inside)
        if browser is None and not path.with_suffix(f".{target}{path.suffix}").exists():
            yield inside, path
        elif browser == target:
            yield inside.with_name(inside.name.replace(f".{target}.", ".")), path


def _is_left_out(inside: PurePosixPath) -> bool:
    hidden = any(part.startswith(".") for part in inside.parts)
    tool = len(inside.parts) == 1 and any(inside.match(pattern) for pattern in LEFT_OUT_FILES)
    unpacked = any(inside.match(pattern) for pattern in UNPACKED)
    unused = inside.match(TYPE_STUBS) or inside.parts[0] in LEFT_OUT_FOLDERS
    return hidden or tool or unpacked or unused


def _browser_of(inside: PurePosixPath) -> str | None:
    last = PurePosixPath(inside.stem).suffix.lstrip(".")
    return last if last in TARGETS else None


def _put(content: Path | bytes, target: Path) -> bool:
    """Write a file if it is not already there just so; say whether it was written."""
    if isinstance(content, bytes):
        if target.is_file() and target.read_bytes() == content:
            return False
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        return True
    if target.is_file() and _is_same(content, target):
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(content, target)
    return True


def _is_same(source: Path, copy: Path) -> bool:
    ours, theirs = source.stat(), copy.stat()
    return (ours.st_size, ours.st_mtime_ns) == (theirs.st_size, theirs.st_mtime_ns)


def _remove_stale(folder: Path, wanted: set[Path]) -> int:
    stale = [path for path in folder.rglob("*") if path.is_file() and path not in wanted]
    for path in stale:
        path.unlink()
    for path in sorted((path for path in folder.rglob("*") if path.is_dir()), reverse=True):
        if not any(path.iterdir()):
            path.rmdir()
    return len(stale)


if __name__ == "__main__":
    exit_with(main)
