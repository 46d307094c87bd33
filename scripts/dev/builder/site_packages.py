"""Packs Python's packages the way the extension mounts them: one archive, no unpacking.

See `extension/python/site_packages.js` for the other side.
"""

import json
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath

from dev.paths import PACKAGE, VENDOR

SITE = PurePosixPath("/lib/python3.14/site-packages")
# The compiled modules that are imported, in the order in which they are linked.
LIBRARIES = (
    "numpy/_core/_multiarray_umath",
    "numpy/linalg/_umath_linalg",
    "PIL/_imaging",
    "PIL/_imagingmath",
    "PIL/_webp",
)
# The command and the other runtime of our own package are for CPython.
UNUSED_OURS = ("offcut/cli/", "offcut/runtime/native.py", "offcut/__main__.py")
# Of no use at run time; a path that contains one of these is left out.
UNUSED = ("/tests/", "/f2py/", "/_pyinstaller/", "/typing/mypy", "/testing/")


def site_files() -> dict[PurePosixPath, bytes]:
    """Pack the vendored wheels and our package.

    Returns
    -------
    dict
        Content of each file of the extension's folder `py/`; the same sources give the
        same bytes.
    """
    sources: dict[PurePosixPath, bytes] = {}
    libraries: dict[str, tuple[PurePosixPath, bytes]] = {}
    for wheel in sorted((VENDOR / "pyodide").glob("*.whl")):
        with zipfile.ZipFile(wheel) as archive:
            for name in sorted(archive.namelist()):
                if is_used_source(name):
                    sources[SITE / name] = archive.read(name)
                elif name.endswith(".so") and (module := name.partition(".")[0]) in LIBRARIES:
                    libraries[module] = SITE / name, archive.read(name)
    sources |= {SITE / path: content for path, content in package_sources()}
    return _pack(sources, [libraries[module] for module in LIBRARIES])


def is_used_source(name: str) -> bool:
    """Say whether a wheel's member is a Python source that may be imported."""
    return name.endswith(".py") and not any(part in name for part in UNUSED)


def package_sources() -> Iterator[tuple[str, bytes]]:
    """Give the files of our package that the extension uses: path from `py/`, and content."""
    for path in sorted((*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.json"))):
        name = path.relative_to(PACKAGE.parent).as_posix()
        if not name.startswith(UNUSED_OURS):
            yield name, path.read_bytes()


def _pack(
    sources: dict[PurePosixPath, bytes], libraries: list[tuple[PurePosixPath, bytes]]
) -> dict[PurePosixPath, bytes]:
    archive = bytearray()
    places: dict[str, tuple[int, int]] = {}
    for path, content in sources.items():
        places[str(path)] = (len(archive), len(content))
        archive += content
    files: dict[PurePosixPath, bytes] = {}
    linked: list[dict[str, str]] = []
    for path, content in libraries:
        # Streaming compilation wants the media type that browsers give to this suffix.
        url = f"lib/{path.name.partition('.')[0]}.wasm"
        files[PurePosixPath(url)] = content
        linked.append({"path": str(path), "url": url})
    index = {"files": places, "libraries": linked}
    return {
        PurePosixPath("site.bin"): bytes(archive),
        PurePosixPath("site.json"): json.dumps(index).encode(),
        **files,
    }
