"""Brings third-party parts and model weights, checks every byte, writes their notices.

Nothing is trusted but the SHA-256 in `parts.json`: any source, the cache and a file
put there by hand are all equally good if it matches, and refused if it does not.
"""

import argparse
import hashlib
import shutil
import tempfile
from pathlib import Path

from dev.builder.notices import write_notices
from dev.builder.parts import Part, PartFile, read_parts
from dev.builder.sources import Fetcher, UnavailableError
from dev.paths import EXTENSION, ROOT, VENDOR, cache_folder
from dev.terminal import SetupError, exit_with, say


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="scripts/vendor", description=__doc__)
    parser.parse_args()
    fetched = vendor()
    say("All parts are in place." if not fetched else f"{fetched} files put in place.")
    return 0


def vendor() -> int:
    """Make sure that every part is there, whole.

    Returns
    -------
    int
        Number of files that had to be brought.

    Raises
    ------
    SetupError
        If a file can't be had from any source; says which and what to do.
    """
    parts = read_parts()
    wanted = [(part, file) for part in parts for file in part.files if not is_intact(file)]
    if wanted:
        with tempfile.TemporaryDirectory(prefix="offcut-vendor-") as scratch:
            fetcher = Fetcher(Path(scratch))
            for part, file in wanted:
                _bring(part, file, fetcher, Path(scratch) / "incoming")
    write_notices(parts)
    _put_type_stubs()
    return len(wanted)


def is_intact(file: PartFile) -> bool:
    """Say whether the file is there with the right content."""
    return file.path.is_file() and matches(file.path, file)


def matches(candidate: Path, file: PartFile) -> bool:
    """Say whether `candidate` has the size and the SHA-256 listed for `file`."""
    if candidate.stat().st_size != file.bytes:
        return False
    with candidate.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest() == file.sha256


def _put_type_stubs() -> None:
    """Lay our type descriptions beside the vendored modules.

    tsc reads the minified module itself unless a `.d.mts` or `.d.ts` of its name is in the
    same folder.
    """
    stubs = EXTENSION / "types" / "vendor"
    for stub in stubs.rglob("*.d.*ts"):
        target = VENDOR / stub.relative_to(stubs)
        if not target.exists() or target.read_bytes() != stub.read_bytes():
            target.write_bytes(stub.read_bytes())


def _bring(part: Part, file: PartFile, fetcher: Fetcher, incoming: Path) -> None:
    cached = cache_folder() / file.sha256
    if not (cached.is_file() and matches(cached, file)):
        _download(part, file, fetcher, incoming)
        # Moved in one step, so that a broken download can't look like a cached file.
        half = cached.with_suffix(".part")
        shutil.copyfile(incoming, half)
        half.replace(cached)
    file.path.parent.mkdir(parents=True, exist_ok=True)
    half = file.path.with_name(f"{file.path.name}.part")
    shutil.copyfile(cached, half)
    half.replace(file.path)


def _download(part: Part, file: PartFile, fetcher: Fetcher, incoming: Path) -> None:
    refusals: list[str] = []
    for source in part.sources:
        try:
            fetcher.fetch(source, file.path.name, incoming)
        except UnavailableError as error:
            refusals.append(str(error))
            continue
        if matches(incoming, file):
            say(f"{file.path.name}: {file.bytes:,} bytes from {source.locator.split('{')[0]}")
            return
        refusals.append(f"{source.locator}: the file there is not the one wanted (SHA-256 differs)")
    raise SetupError(
        f"{file.path.name} of {part.title} {part.version} can't be had from here:\n"
        + "".join(f"  - {refusal}\n" for refusal in refusals)
        + f"Get it in another way (see {part.home}) and put it at\n"
        f"  {file.path.relative_to(ROOT)}\n"
        f"It must have {file.bytes:,} bytes and the SHA-256 {file.sha256}. Then start again."
    )


if __name__ == "__main__":
    exit_with(main)
