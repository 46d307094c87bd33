"""Pictures that are made side by side, in processes that may die."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from command import names_in
from files import saved
from native import ROOT
from networks import MARK, RED, dying, seeing
from offcut.cli.command import main
from offcut.cli.memory import MB, held_bytes
from offcut.remover import LoadSession
from PIL import Image
from subjects import disc, photo_of

Output = pytest.CaptureFixture[str]


def pictures_in(folder: Path, count: int = 6) -> Path:
    """Write pictures that are all different."""
    folder.mkdir()
    for number in range(count):
        pixels = photo_of(disc(60 + number, 80, radius=20))
        (folder / f"{number}.png").write_bytes(saved(pixels, "PNG"))
    return folder


def run(*arguments: str | Path, network: LoadSession = seeing) -> int:
    return main(["--quality", "fast", *map(str, arguments)], load_session=network)


def contents(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in names_in(folder)}


def reports(capsys: Output) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_however_many_processes_the_files_and_the_order_of_reports_are_the_same(
    tmp_path: Path, capsys: Output
) -> None:
    folder = pictures_in(tmp_path / "in")
    (folder / "3.png").write_bytes(b"broken")
    # So that others are ready before the first one.
    (folder / "0.png").write_bytes(saved(photo_of(disc(900, 1200, radius=300)), "PNG"))
    for out, flags in (("one", []), ("two", ["--workers", "2"]), ("three", ["--workers", "3"])):
        assert run(folder, "--out", tmp_path / out, "--json", *flags) == 1
        made = reports(capsys)
        assert [Path(str(report["input"])).name for report in made] == [
            f"{number}.png" for number in range(6)
        ]
        assert [report["status"] for report in made].index("failed") == 3
    assert len(contents(tmp_path / "one")) == 5
    assert contents(tmp_path / "one") == contents(tmp_path / "two") == contents(tmp_path / "three")


def test_a_process_that_is_killed_takes_nothing_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    folder, mark = pictures_in(tmp_path / "in"), tmp_path / "mark"
    mark.touch()
    monkeypatch.setenv(MARK, str(mark))
    assert run(folder, "--out", tmp_path / "out", "--workers", "2", "--json", network=dying) == 0
    assert not mark.exists()
    assert [report["status"] for report in reports(capsys)] == ["done"] * 6
    assert run(folder, "--out", tmp_path / "plain") == 0
    assert contents(tmp_path / "out") == contents(tmp_path / "plain")


def test_a_picture_of_which_processes_die_is_given_up(tmp_path: Path, capsys: Output) -> None:
    folder = pictures_in(tmp_path / "in", 3)
    red = np.full((60, 80, 3), RED, np.uint8)
    red[30, 40] = 0
    (folder / "1.png").write_bytes(saved(red, "PNG"))
    assert run(folder, "--out", tmp_path / "out", "--workers", "1", "--json", network=dying) == 1
    made = reports(capsys)
    assert [report["status"] for report in made] == ["done", "failed", "done"]
    assert "WORKER_ENDED" in str(made[1]["failure"])
    assert names_in(tmp_path / "out") == ["0-cutout.png", "2-cutout.png"]


INTERRUPTED = """
import signal, sys
from networks import interrupting
from offcut.cli.command import main

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.exit(main(sys.argv[1:], load_session=interrupting))
"""


def test_ctrl_c_leaves_whole_files_and_a_later_call_makes_the_others(tmp_path: Path) -> None:
    folder, out, mark = pictures_in(tmp_path / "in", 9), tmp_path / "out", tmp_path / "mark"
    script = tmp_path / "script.py"
    script.write_text(INTERRUPTED)
    mark.touch()
    path = os.pathsep.join([str(ROOT / "py"), str(ROOT / "tests")])
    done = subprocess.run(
        [sys.executable, script, folder, "--out", out, "--workers", "2", "--quality", "fast"],
        env=os.environ | {"PYTHONPATH": path, MARK: str(mark)},
        capture_output=True, text=True, check=False, start_new_session=True,
    )  # fmt: skip
    assert done.returncode == 130, done.stderr
    assert "Traceback" not in done.stderr
    left = contents(out)
    assert len(left) < 9
    assert all(name.endswith("-cutout.png") for name in left)
    assert run(folder, "--out", out) == 0
    assert run(folder, "--out", tmp_path / "plain") == 0
    made = contents(tmp_path / "plain")
    assert contents(out) == made
    assert left.items() <= made.items()


def test_a_picture_too_large_for_the_memory_is_refused_before_it_is_decoded(
    tmp_path: Path, capsys: Output
) -> None:
    folder = pictures_in(tmp_path / "in", 2)
    Image.new("RGB", (8000, 5000), "red").save(folder / "1.png")
    # This process, which counts as the command's own, may have grown by all earlier tests.
    memory = held_bytes() + 650 * MB
    flags = ["--workers", "2", "--memory", str(memory), "--json"]
    assert run(folder, "--out", tmp_path / "out", *flags) == 1
    small, large = reports(capsys)
    assert small["status"] == "done"
    assert "OUT_OF_MEMORY" in str(large["failure"])
    assert "--memory" in str(large["failure"])


def test_so_it_is_where_there_are_too_few_pictures_for_processes(
    tmp_path: Path, capsys: Output
) -> None:
    folder = pictures_in(tmp_path / "in", 2)
    Image.new("RGB", (8000, 5000), "red").save(folder / "1.png")
    flags = ["--memory", str(held_bytes() + 650 * MB), "--json"]
    assert run(folder, "--out", tmp_path / "out", *flags) == 1
    small, large = reports(capsys)
    assert small["status"] == "done"
    assert "OUT_OF_MEMORY" in str(large["failure"])
    assert "--memory" in str(large["failure"])


THREADS: list[int | None] = []


def test_threads_that_are_named_are_those_of_the_only_process_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def note(_spec: object, threads: int | None = None) -> object:
        THREADS.append(threads)
        return seeing(_spec)  # pyright: ignore[reportArgumentType]

    monkeypatch.setattr("offcut.remover.native_session", note)
    folder = pictures_in(tmp_path / "in", 1)
    for flags in (["--threads", "3"], []):
        assert main([str(folder), "--quality", "fast", "--force", *flags]) == 0
    assert THREADS == [3, None]


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        (["--threads", "0"], "--threads is a number"),
        (["--workers", "none"], "--workers is a number or auto"),
        (["--workers", "0"], "--workers is a number or auto"),
        (["--memory", "much"], "no amount of memory"),
    ],
)
def test_numbers_that_are_none_are_wrong_usage(
    tmp_path: Path, flags: list[str], words: str, capsys: Output
) -> None:
    assert run(pictures_in(tmp_path / "in", 1), *flags) == 2
    assert words in capsys.readouterr().err


def failing(_spec: object) -> object:
    """Load no network: there is none."""
    raise OSError("There is no network.")


def test_a_model_that_no_process_can_load_ends_with_2(tmp_path: Path, capsys: Output) -> None:
    folder = pictures_in(tmp_path / "in", 2)
    assert main([str(folder), "--workers", "1"], load_session=failing) == 2  # pyright: ignore
    assert capsys.readouterr().err.splitlines()[-1] == "offcut: There is no network."
