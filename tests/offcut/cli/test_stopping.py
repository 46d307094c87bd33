"""The command and the signals that stop it, in a process of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from command import PHOTO, names_in, photo_in
from native import ROOT

# However the tests were started: `nohup` and a shell's background jobs ignore signals.
START = """
import os, signal, sys
number, disposition, *command = sys.argv[1:]
signal.signal(int(number), getattr(signal, disposition))
os.execv(sys.executable, [sys.executable, *command])
"""
# The command, which is sent a signal in the middle of its second picture.
STOPPED = """
import os, sys
from offcut.cli.command import main
from subjects import Seeing

number, *arguments = sys.argv[1:]

class Stopping(Seeing):
    runs = 0

    def run(self, feeds, fetch):
        self.runs += 1
        if self.runs == 2:
            os.kill(os.getpid(), int(number))
        return super().run(feeds, fetch)

session = Stopping()
sys.exit(main(arguments, load_session=lambda _spec: session))
"""
SIGNALS = pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two pictures."""
    photo_in(tmp_path).with_name("second.png").write_bytes(PHOTO)
    return tmp_path


def run_stopped(
    folder: Path, number: signal.Signals, disposition: str
) -> subprocess.CompletedProcess[str]:
    """Run the command on a folder, with a signal handled from the start in some way."""
    path = os.pathsep.join([str(ROOT / "py"), str(ROOT / "tests")])
    how = [str(int(number)), disposition, "-c", STOPPED, str(int(number)), "--quality", "fast"]
    return subprocess.run(
        [sys.executable, "-c", START, *how, str(folder)],
        env=os.environ | {"PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )


@SIGNALS
def test_a_stopped_command_leaves_what_is_finished_and_nothing_half(
    folder: Path, number: signal.Signals
) -> None:
    done = run_stopped(folder, number, "SIG_DFL")
    assert done.returncode == 130, done.stderr
    assert names_in(folder) == ["photo-cutout.png", "photo.png", "second.png"]
    assert "stopped" in done.stderr


@SIGNALS
def test_a_signal_that_was_ignored_from_the_start_stops_nothing(
    folder: Path, number: signal.Signals
) -> None:
    done = run_stopped(folder, number, "SIG_IGN")
    assert done.returncode == 0, done.stderr
    assert names_in(folder) == [
        "photo-cutout.png", "photo.png", "second-cutout.png", "second.png",
    ]  # fmt: skip


# Stands where numpy is looked for: the signal comes while it would be loaded.
STILL_LOADING = "import os, signal; os.kill(os.getpid(), signal.SIGINT)"


def test_ctrl_c_in_the_first_moment_is_answered_in_a_line(folder: Path) -> None:
    (folder / "stub").mkdir()
    (folder / "stub" / "numpy.py").write_text(STILL_LOADING)
    path = os.pathsep.join([str(folder / "stub"), str(ROOT / "py")])
    command = ["-m", "offcut", str(folder / "photo.png")]
    done = subprocess.run(
        [sys.executable, "-c", START, str(int(signal.SIGINT)), "SIG_DFL", *command],
        env=os.environ | {"PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == "offcut: stopped; what is finished is there\n"
    assert done.returncode == 130
