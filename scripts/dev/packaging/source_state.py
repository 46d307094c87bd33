"""From which source a package is made: its files, its commit, its date.

Decides: what of a clone is in the source package; what stands in place of Git in an unpacked one.
"""

import json
import os
from dataclasses import dataclass

from dev.builder.parts import read_parts
from dev.packaging.archives import Entry
from dev.paths import ROOT
from dev.terminal import SetupError, run_quietly

# Says in a source package what Git says in a clone.
STATE_FILE = "SOURCE.json"
CHANGED = "+changes"


@dataclass(frozen=True, slots=True)
class SourceState:
    """A tree of sources.

    Attributes
    ----------
    commit : str
        Its hash; ends in `CHANGED` where files differ from it.
    epoch : int
        Seconds since 1970: when it was committed.
    files : tuple of str
        Paths of all sources.
    """

    commit: str
    epoch: int
    files: tuple[str, ...]


def read_state() -> SourceState:
    """Say from which source we are made: Git knows, or the file that a source package has of it.

    Raises
    ------
    SetupError
        If neither is there.
    """
    kept = ROOT / STATE_FILE
    if kept.is_file():
        said = json.loads(kept.read_text(encoding="utf-8"))
        return SourceState(said["commit"], said["epoch"], tuple(said["files"]))
    listed = _git("ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0")
    files = tuple(sorted(path for path in set(listed) if path and (ROOT / path).is_file()))
    commit, epoch = _git("log", "-1", "--format=%H %ct").split()
    is_changed = bool(_git("status", "--porcelain").strip())
    return SourceState(commit + CHANGED * is_changed, int(epoch), files)


def source_files(state: SourceState) -> dict[str, Entry]:
    """Give what is in the source package.

    That is every source, and the third-party parts as they were published, so that the packages can
    be made again without asking anybody for these.
    """
    parts = [file.path.relative_to(ROOT).as_posix() for part in read_parts() for file in part.files]
    about = {"commit": state.commit, "epoch": state.epoch, "files": state.files}
    return {
        **{path: _read(path) for path in (*state.files, *parts)},
        STATE_FILE: Entry((json.dumps(about, indent=1) + "\n").encode()),
    }


def _read(path: str) -> Entry:
    file = ROOT / path
    return Entry(file.read_bytes(), os.access(file, os.X_OK))


def _git(*arguments: str) -> str:
    done = run_quietly(["git", "-C", ROOT, *arguments])
    if done.returncode != 0:
        raise SetupError(
            "A package names the commit that it is made of, so it is made in a clone, or in an "
            f"unpacked source package. Git said:\n{done.stderr.strip()}"
        )
    return done.stdout
