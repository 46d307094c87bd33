"""The command keeps what moves moving, in the format that is asked for, or takes one frame."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command import offcut
from wild_animations import WILD, frames_of


def moving_in(folder: Path) -> Path:
    path = folder / "sticker.gif"
    path.write_bytes(WILD["gif-disposal-keep"])
    return path


def test_a_gif_moves_by_itself_and_that_is_reported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    picture = moving_in(tmp_path)
    assert offcut(picture) == 0
    assert "(4 frames)" in capsys.readouterr().err
    assert len(frames_of((tmp_path / "sticker-cutout.png").read_bytes())) == 4


@pytest.mark.parametrize("suffix", ["gif", "webp", "png"])
def test_the_ending_chooses_the_format(
    tmp_path: Path, suffix: str, capsys: pytest.CaptureFixture[str]
) -> None:
    result = tmp_path / f"out.{suffix}"
    assert offcut(moving_in(tmp_path), "-o", result, "--json") == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["frames"], report["notices"]) == (4, [])
    delays = [delay for _, delay in frames_of(result.read_bytes())]
    assert delays == [50, 50, 50, 50]


def test_one_frame_is_taken_by_its_number(tmp_path: Path) -> None:
    result = tmp_path / "out.png"
    assert offcut(moving_in(tmp_path), "--frame", "2", "-o", result) == 0
    assert len(frames_of(result.read_bytes())) == 1
