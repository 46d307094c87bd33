"""Python's recorded memory is the same whatever arrives first: packages are made again alike."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path, PurePosixPath
from threading import Event

import pytest
from dev.builder import memory_image as recorder

STDLIB = PurePosixPath("vendor/pyodide/python_stdlib.zip")
PACKAGES = PurePosixPath("py/site.bin")
# In the order that is right, what is waited for never comes.
AT_MOST_S = 5


class Watched(type(Path())):
    """A file that does something before it is served."""

    before: Callable[[], object] | None = None
    reads = 0

    def read_bytes(self) -> bytes:
        """It is read once before, to know whether a recording is there already."""
        self.reads += 1
        if self.reads > 1 and self.before:
            self.before()
        return super().read_bytes()


def test_a_library_that_comes_late_leaves_no_trace(
    extension: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recorder, "KEPT", tmp_path / "kept")
    files: dict[PurePosixPath, Path | bytes] = {
        PurePosixPath(path.relative_to(extension).as_posix()): path
        for path in extension.rglob("*")
        if path.is_file()
    }
    made = [PurePosixPath("py/memory.bin"), PurePosixPath("py/memory.json")]
    image, about = (Path(str(files.pop(path))).read_bytes() for path in made)
    late, packages = Watched(str(files[STDLIB])), Watched(str(files[PACKAGES]))
    other = Event()
    late.before = lambda: other.wait(AT_MOST_S)
    packages.before = other.set
    assert recorder.memory_image({**files, STDLIB: late, PACKAGES: packages}) == (image, about)
