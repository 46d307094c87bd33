"""Makes the packages that people get, in dist/: the same bytes of the same commit, anywhere.

Decides: which packages there are, their names, what the files beside them say.
"""

import argparse
import json
import sys
from pathlib import Path

from dev.builder.build import TARGETS, build
from dev.environment import ensure_node, enter_venv
from dev.packaging.archives import Entries, Entry, hash_content, hash_of, make_tar, make_zip
from dev.packaging.room import MOST_BYTES, room_table
from dev.packaging.source_state import CHANGED, SourceState, read_state, source_files
from dev.paths import MANIFEST, ROOT
from dev.terminal import SetupError, exit_with, say

DIST = ROOT / "dist"
OUT_HELP = "where the packages are put; else dist/"
TARGET_HELP = "this browser only, and no Python package"
MODEL_HELP = "put this model into the packages for browsers as well; shows its licence"
VERIFY_HELP = "make all once more, in another folder, of the source package, and compare every byte"


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="scripts/package", description=__doc__)
    parser.add_argument("--out", type=Path, metavar="DIR", default=DIST, help=OUT_HELP)
    parser.add_argument("--target", choices=TARGETS, action="append", help=TARGET_HELP)
    parser.add_argument("--with-model", metavar="NAME", help=MODEL_HELP)
    parser.add_argument("--verify", action="store_true", help=VERIFY_HELP)
    options = parser.parse_args()
    enter_venv("dev.packaging.package", sys.argv[1:])
    state = read_state()
    if state.commit.endswith(CHANGED):
        say("This tree differs from its commit; what is packed is the tree.")
    made = make_packages(state, options.target, options.with_model)
    write_packages(made, options.out)
    if options.verify:
        from dev.packaging.verify import make_again  # noqa: PLC0415 (imports this module)

        make_again(options.out, sorted(made), sys.argv[1:])
    return 0


def make_packages(
    state: SourceState, targets: list[str] | None, model: str | None
) -> dict[str, bytes]:
    """Make every package and what stands beside it, or those for some browsers.

    Returns
    -------
    dict of str to bytes
        The files by their names.

    Raises
    ------
    SetupError
        If something can't be had, or a package became too large.
    """
    # What these import is in .venv only.
    from dev.packaging.python_package import make_python_package  # noqa: PLC0415

    ensure_node()
    made: dict[str, bytes] = {}
    for target in targets or TARGETS:
        made |= make_extension(state, target, model)
    if not targets:
        made |= make_python_package(state)
    name = f"offcut-source-{version()}"
    source = make_tar(source_files(state), state.epoch, name)
    sums = {**made, f"{name}.tar.gz": source}
    lines = [f"{hash_of(content)}  {file}\n" for file, content in sorted(sums.items())]
    return {**sums, "SHA256SUMS": "".join(lines).encode()}


def make_extension(state: SourceState, target: str, model: str | None) -> dict[str, bytes]:
    """Make the package for one browser, its bill of materials and its sidecar."""
    from dev.packaging.added_models import add_model  # noqa: PLC0415
    from dev.packaging.sbom import make_sbom  # noqa: PLC0415

    entries, models = read_folder(build(target)[0]), []
    if model:
        entries, entry = add_model(entries, model)
        models = [entry]
    name = "-".join(["offcut", target, *([model] if model else []), version()])
    packed = make_zip(entries, state.epoch)
    say(f"\n{name}.zip: {len(packed) / 1e6:.2f} MB\n{room_table(entries)}\n")
    if not model and len(packed) > MOST_BYTES:
        raise SetupError(f"{name}.zip is larger than {MOST_BYTES / 1e6:.0f} MB.")
    return {
        f"{name}.zip": packed,
        f"{name}.json": _as_json(_sidecar(state, f"{name}.zip", packed, entries)),
        f"{name}.cdx.json": _as_json(make_sbom(entries, version(), state.epoch, models)),
    }


def read_folder(folder: Path) -> dict[str, Entry]:
    """Read what the build has made."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): Entry(path.read_bytes()) for path in files}


def version() -> str:
    """Give the version, as the manifest has it."""
    return json.loads(MANIFEST.read_text(encoding="utf-8"))["version"]


def write_packages(made: dict[str, bytes], folder: Path) -> None:
    """Write the packages, and say what they are."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in sorted(made.items()):
        (folder / name).write_bytes(content)
        say(f"{hash_of(content)}  {name} ({len(content):,} bytes)")


def _sidecar(
    state: SourceState, name: str, packed: bytes, entries: Entries
) -> dict[str, str | int]:
    """Say what a store's reviewer compares."""
    return {
        "file": name,
        "bytes": len(packed),
        "sha256": hash_of(packed),
        "files": len(entries),
        "content_sha256": hash_content(entries),
        "commit": state.commit,
        "source_date_epoch": state.epoch,
    }


def _as_json(content: object) -> bytes:
    return (json.dumps(content, indent=2, ensure_ascii=False) + "\n").encode()


if __name__ == "__main__":
    exit_with(main)
