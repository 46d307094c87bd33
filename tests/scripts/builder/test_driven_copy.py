"""Test runs on several workers each ask for the copy that a driven browser loads."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from dev.browser.driven_copy import OPENING, SILENT, driven_copy
from dev.paths import SCRIPTS

PROGRAM = """
import sys
from pathlib import Path
from dev.browser.driven_copy import driven_copy
for _ in range(5):
    driven_copy(Path(sys.argv[1]))
"""


def build_in(folder: Path, count: int) -> Path:
    build = folder / "chrome"
    (build / SILENT).parent.mkdir(parents=True)
    (build / SILENT).write_text(f"{OPENING}(page)", encoding="utf-8")
    for number in range(count):
        (build / f"{number}.js").write_text(str(number), encoding="utf-8")
    return build


def files_in(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_the_copy_has_the_files_of_the_build_and_no_start_page(tmp_path: Path) -> None:
    build = build_in(tmp_path, 3)
    copy = driven_copy(build)
    assert files_in(copy) == files_in(build)
    assert OPENING not in (copy / SILENT).read_text(encoding="utf-8")
    (build / "1.js").unlink()
    (build / "2.js").unlink()
    (build / "2.js").write_text("another", encoding="utf-8")
    driven_copy(build)
    assert files_in(copy) == files_in(build)
    assert (copy / "2.js").read_text(encoding="utf-8") == "another"


def test_several_processes_may_ask_at_once(tmp_path: Path) -> None:
    build = build_in(tmp_path, 1500)
    command = [sys.executable, "-c", PROGRAM, build]
    asked = [subprocess.Popen(command, env={"PYTHONPATH": str(SCRIPTS)}) for _ in range(6)]
    assert [process.wait() for process in asked] == [0] * 6
    assert files_in(tmp_path / "chrome-driven") == files_in(build)
