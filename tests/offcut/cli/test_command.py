"""The command line, with a network that sees a disc in everything."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from command import PHOTO, names_in, offcut
from native import ROOT, native_session
from offcut.cli.command import main
from offcut.errors import ModelError
from offcut.network.models import ModelSpec
from PIL import Image
from subjects import Seeing


class Stream:
    """A standard stream that is no terminal, with bytes under it."""

    def __init__(self, data: bytes = b"") -> None:
        self.buffer = io.BytesIO(data)

    def isatty(self) -> bool:
        return False


def test_standard_input_and_output_are_files_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    output = Stream()
    monkeypatch.setattr(sys, "stdin", Stream(PHOTO))
    monkeypatch.setattr(sys, "stdout", output)
    assert offcut("-", "--json", "--format", "webp") == 0
    with Image.open(output.buffer) as image:
        assert (image.format, image.size) == ("WEBP", (80, 64))
    report = json.loads(capsys.readouterr().err)
    assert (report["input"], report["output"], report["status"]) == ("-", "-", "done")


def test_standard_input_can_go_into_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", Stream(PHOTO))
    assert offcut("-", "--out", tmp_path) == 0
    assert names_in(tmp_path) == ["stdin-cutout.png"]


def test_one_bad_picture_does_not_stop_the_others(
    photo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = photo.with_name("bad.jpg")
    bad.write_bytes(b"\xff\xd8\xff\xe0 no picture")
    missing = photo.with_name("missing.png")
    assert offcut(bad, missing, photo) == 1
    assert photo.with_name("photo-cutout.png").is_file()
    assert names_in(photo.parent) == ["bad.jpg", "photo-cutout.png", "photo.png"]
    lines = capsys.readouterr().err.splitlines()
    assert lines[0].startswith(f"{bad}: ")
    assert lines[0].endswith("(CORRUPT_IMAGE)")
    assert lines[1].endswith("(FILE_ERROR)")


@pytest.mark.parametrize(
    "flags",
    [
        ["--margin", "wide"],
        ["--feather", "-3"],
        ["--model", "nobody"],
        ["--scale", "50%"],
        ["--background", "picture"],
        ["--background-picture", "missing.png"],
        ["--background", "red", "--background-picture", "missing.png"],
        ["-o", "result"],
        ["-o", "result.png", "--format", "webp"],
    ],
)
def test_wrong_usage_ends_with_2_and_a_reason_before_anything_is_written(
    photo: Path, flags: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert offcut(photo, *flags) == 2
    assert re.match(r"offcut: \S+", capsys.readouterr().err)
    assert names_in(photo.parent) == ["photo.png"]


def test_two_pictures_do_not_go_into_one_file(photo: Path) -> None:
    other = photo.with_name("other.png")
    other.write_bytes(PHOTO)
    assert offcut(photo, other, "-o", photo.with_name("result.png")) == 2


def test_a_model_that_cannot_be_loaded_ends_with_2(photo: Path) -> None:
    def fail(_spec: ModelSpec) -> Seeing:
        raise ModelError("WEIGHTS_MISMATCH", "The weights are nowhere.")

    assert main([str(photo)], load_session=fail) == 2


def test_the_report_has_one_object_for_each_picture(
    photo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = photo.with_name("bad.png")
    bad.write_bytes(b"")
    skipped = photo.with_name("skipped.png")
    skipped.write_bytes(PHOTO)
    skipped.with_name("skipped-cutout.png").write_bytes(b"done")
    assert offcut(photo, bad, skipped, "--json") == 1
    output = capsys.readouterr()
    done, failed, left = (json.loads(line) for line in output.out.splitlines())
    assert output.err == ""
    assert (done["input"], done["status"]) == (str(photo), "done")
    assert done["output"] == str(photo.with_name("photo-cutout.png"))
    assert (done["width"], done["height"], done["notices"]) == (80, 64, [])
    assert {"decode", "inference", "encode"} <= set(done["timings"])
    assert (failed["status"], failed["failure"]["code"]) == ("failed", "EMPTY_FILE")
    assert left["status"] == "skipped"


def test_quiet_says_nothing_but_failures(photo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert offcut(photo, "--quiet") == 0
    assert capsys.readouterr() == ("", "")
    assert offcut(photo.with_name("missing.png"), "--quiet") == 1
    assert "FILE_ERROR" in capsys.readouterr().err


def test_there_is_a_progress_bar_on_a_terminal_only(
    photo: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert offcut(photo, "--force") == 0
    assert "\r" not in capsys.readouterr().err
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert offcut(photo, "--force") == 0
    assert "[1/1]" in capsys.readouterr().err


@pytest.mark.weights
def test_the_module_is_the_command(photo: Path) -> None:
    native_session()
    target = photo.with_name("photo-cutout.png")
    subprocess.run(
        [sys.executable, "-m", "offcut", photo, "-o", target],
        check=True,
        env=os.environ | {"PYTHONPATH": str(ROOT / "py")},
    )
    with Image.open(target) as image:
        assert image.mode == "RGBA"
