"""The command line, with a network that sees a disc in everything."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest
from command import PHOTO, names_in, offcut, photo_in
from files import saved
from native import ROOT, native_session
from offcut import OffcutOptions
from offcut.cli.arguments import given_options, make_parser
from offcut.cli.command import main
from offcut.errors import ModelError
from offcut.network.models import ModelSpec
from PIL import Image
from subjects import Seeing


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    return photo_in(tmp_path)


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


# ---- failures ---------------------------------------------------------------------------


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


@pytest.mark.parametrize(
    "flags", [["--nonsense"], ["--quality", "good"], ["-o", "a", "--out", "b"]]
)
def test_arguments_that_cannot_be_parsed_end_with_2(photo: Path, flags: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        offcut(photo, *flags)
    assert caught.value.code == 2


def test_two_pictures_do_not_go_into_one_file(photo: Path) -> None:
    other = photo.with_name("other.png")
    other.write_bytes(PHOTO)
    assert offcut(photo, other, "-o", photo.with_name("result.png")) == 2


def test_a_model_that_cannot_be_loaded_ends_with_2(photo: Path) -> None:
    def fail(_spec: ModelSpec) -> Seeing:
        raise ModelError("WEIGHTS_MISMATCH", "The weights are nowhere.")

    assert main([str(photo)], load_session=fail) == 2


# ---- options and reports ----------------------------------------------------------------


def test_every_option_has_its_flag() -> None:
    flags = {action.dest for action in make_parser()._actions}
    assert {field.name for field in fields(OffcutOptions)} <= flags


def test_flags_become_options() -> None:
    text = (
        "x --quality best --model m --max-megapixels 9 --threshold 50% --shift-edge -1.5 "
        "--feather 2 --inverse --crop --margin 1,2 --canvas 9x8 --scale 0.9 --position 0%,1% "
        "--background blur --background-blur 3 --shadow --shadow-offset=-1px,2px "
        "--shadow-blur 4 --shadow-opacity 25% --shadow-color red --format webp "
        "--file-quality 80 --lossless --metadata all"
    )
    options = OffcutOptions.from_json(given_options(make_parser().parse_args(text.split())))
    assert options == OffcutOptions(
        quality="best", model="m", max_megapixels=9, threshold=0.5, shift_edge=-1.5, feather=2,
        output="inverse", crop=True, margin="1,2", canvas="9x8", scale=0.9, position="0%,1%",
        background="blur", background_blur=3, shadow=True, shadow_offset="-1px,2px",
        shadow_blur="4", shadow_opacity=0.25, shadow_color="red", format="webp",
        file_quality=80, lossless=True, metadata="all",
    )  # fmt: skip


def test_without_flags_all_options_have_their_defaults() -> None:
    assert given_options(make_parser().parse_args(["x"])) == {}


def test_options_reach_the_picture(photo: Path) -> None:
    behind = photo.with_name("behind.webp")
    behind.write_bytes(saved(np.full((9, 9, 3), (255, 0, 0), np.uint8), "WEBP", lossless=True))
    target = photo.with_name("result.png")
    flags = ["--background-picture", behind, "--canvas", "50x40", "--scale", "50%"]
    assert offcut(photo, *flags, "-o", target) == 0
    with Image.open(target) as image:
        assert (image.mode, image.size) == ("RGB", (50, 40))
        assert image.getpixel((0, 0)) == (255, 0, 0)


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


def test_help_names_every_option(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        offcut("--help")
    assert caught.value.code == 0
    text = capsys.readouterr().out
    for field in fields(OffcutOptions):
        assert f"--{field.name.replace('_', '-')}" in text
    assert "%%" not in text


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


def test_strokes_correct_the_one_picture(photo: Path, tmp_path: Path) -> None:
    strokes = tmp_path / "strokes.json"
    erase = {"kind": "erase", "radius": 5, "points": [[40, 32]]}
    paint = {"kind": "paint", "radius": 4, "points": [[5, 5], [10, 5]]}
    strokes.write_text(json.dumps([erase, paint]))
    assert offcut(photo, "-o", tmp_path / "plain.png", "--output", "matte") == 0
    assert offcut(photo, "-o", tmp_path / "a.png", "--output", "matte", "--strokes", strokes) == 0
    with Image.open(tmp_path / "plain.png") as image:
        plain = np.asarray(image)
    with Image.open(tmp_path / "a.png") as image:
        changed = np.asarray(image)
    assert (plain[32, 40], plain[5, 7]) == (255, 0)
    assert (changed[32, 40], changed[5, 7]) == (0, 255)
    assert np.array_equal(changed[45:], plain[45:])


@pytest.mark.parametrize("text", ["[", '[{"kind": "smear", "radius": 1, "points": [[1, 1]]}]', "3"])
def test_strokes_that_cannot_be_read_are_refused(
    photo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    strokes = tmp_path / "strokes.json"
    strokes.write_text(text)
    assert offcut(photo, "--strokes", strokes) == 2
    assert "strokes" in capsys.readouterr().err
    assert names_in(tmp_path) == ["photo.png", "strokes.json"]


def test_strokes_are_for_one_picture(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    strokes = tmp_path / "strokes.json"
    strokes.write_text("[]")
    first, second = photo_in(tmp_path), tmp_path / "second.png"
    second.write_bytes(PHOTO)
    assert offcut(first, second, "--strokes", strokes) == 2
    assert "--strokes" in capsys.readouterr().err
