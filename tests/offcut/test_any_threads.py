"""The same cut-out with as many threads of the linear algebra library as a machine has cores."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from command import names_in
from files import saved
from native import ROOT
from subjects import disc, photo_of

MAKE = """import sys
from networks import seeing
from offcut.cli.command import main
main(["--quality", "fast", sys.argv[1], "--out", sys.argv[2]], load_session=seeing)"""
VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")


def made(folder: Path, out: Path, threads: int) -> dict[str, bytes]:
    """Have a folder's cut-outs by a process with so many threads."""
    found = os.pathsep.join(str(ROOT / each) for each in ("py", "tests"))
    environment = {**os.environ, "PYTHONPATH": found, **dict.fromkeys(VARIABLES, str(threads))}
    command = [sys.executable, "-c", MAKE, str(folder), str(out)]
    subprocess.run(command, env=environment, check=True, capture_output=True)
    return {name: (out / name).read_bytes() for name in names_in(out)}


@pytest.mark.skipif(os.cpu_count() == 1, reason="the library takes no more threads than cores")
def test_the_number_of_threads_changes_no_pixel(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(12):
        pixels = photo_of(disc(60 + number, 80, radius=20))
        (folder / f"{number}.png").write_bytes(saved(pixels, "PNG"))
    one, several = (made(folder, tmp_path / str(n), n) for n in (1, 2))
    assert len(one) == 12
    assert one == several
