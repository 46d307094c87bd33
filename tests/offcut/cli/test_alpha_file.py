"""`--alpha-file`: the matte beside the result; and the formats with layers."""

from __future__ import annotations

import json
import os
from pathlib import Path
from zipfile import ZipFile

import pytest
from command import names_in, offcut
from layered import psd_of
from PIL import Image


def test_the_matte_lies_beside_the_result_and_is_called_like_it(photo: Path) -> None:
    assert offcut(photo, "--alpha-file", "--crop", "--format", "webp") == 0
    stem = photo.stem
    assert names_in(photo.parent) == sorted(
        [photo.name, f"{stem}-cutout-alpha.png", f"{stem}-cutout.webp"]
    )
    with (
        Image.open(photo) as picture,
        Image.open(photo.with_name(f"{stem}-cutout-alpha.png")) as alpha,
    ):
        assert (alpha.mode, alpha.size) == ("L", picture.size)


@pytest.mark.parametrize(
    ("name", "alpha"), [("out.png", "out-alpha.png"), ("a-cutout.psd", "a-cutout-alpha.png")]
)
def test_beside_a_named_result_it_has_its_name(
    photo: Path, tmp_path: Path, name: str, alpha: str
) -> None:
    folder = tmp_path / "named"
    folder.mkdir()
    assert offcut(photo, "-o", folder / name, "--alpha-file") == 0
    assert names_in(folder) == sorted([name, alpha])


def test_it_is_reported_and_made_again_when_it_is_gone(
    photo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def report() -> dict[str, object]:
        assert offcut(photo, "--alpha-file", "--json") == 0
        return json.loads(capsys.readouterr().out)

    first = report()
    alpha = photo.with_name(f"{photo.stem}-cutout-alpha.png")
    assert (first["alpha"], first["status"]) == (str(alpha), "done")
    assert report()["status"] == "skipped"
    alpha.unlink()
    assert report()["status"] == "done"
    assert alpha.exists()
    os.utime(alpha, (0, 0))
    assert report()["status"] == "done"


def test_mattes_in_a_folder_are_not_cut_out_in_their_turn(photo: Path) -> None:
    assert offcut(photo, "--alpha-file") == 0
    before = names_in(photo.parent)
    assert offcut(photo.parent, "--alpha-file") == 0
    assert names_in(photo.parent) == before


def test_a_matte_overwrites_no_picture(photo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = photo.with_name(f"{photo.stem}-cutout-alpha.png")
    other.write_bytes(photo.read_bytes())
    assert offcut(photo, other, "--alpha-file") == 2
    assert "would overwrite" in capsys.readouterr().err
    assert other.read_bytes() == photo.read_bytes()


def test_that_it_does_not_follow_the_frame_is_said(
    photo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert offcut(photo, "--alpha-file") == 0
    assert "own size" not in capsys.readouterr().err
    for frame in (["--crop"], ["--canvas", "50x50"], ["--margin", "9px"]):
        assert offcut(photo, "--alpha-file", "--force", *frame) == 0
        assert "--matte-only" in capsys.readouterr().err
    target = photo.with_name("result.png")
    assert offcut(photo, "--canvas", "50x40", "--matte-only", "-o", target) == 0
    with Image.open(target) as matte:
        assert (matte.mode, matte.size) == ("L", (50, 40))


def test_on_the_standard_output_there_is_no_place_for_it(
    photo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert offcut(photo, "-o", "-", "--alpha-file") == 2
    assert "--alpha-file" in capsys.readouterr().err


def test_an_ending_names_a_format_with_layers(photo: Path, tmp_path: Path) -> None:
    psd, ora = tmp_path / "made.psd", tmp_path / "made.ora"
    assert offcut(photo, "-o", psd, "--background", "navy") == 0
    assert [layer.name for layer in psd_of(psd.read_bytes())][:2] == ["Background", "Picture"]
    assert offcut(photo, "-o", ora) == 0
    with ZipFile(ora) as archive:
        assert archive.namelist()[0] == "mimetype"


def test_results_with_layers_are_not_told_as_left_out(
    photo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert offcut(photo, "--format", "psd") == 0
    capsys.readouterr()
    assert offcut(photo.parent, "--format", "psd") == 0
    assert "left out" not in capsys.readouterr().err


def test_a_picture_of_ones_own_that_is_called_alpha_stays_and_is_cut_out(photo: Path) -> None:
    own = photo.with_name(f"{photo.stem}-alpha.png")
    own.write_bytes(photo.read_bytes())
    assert offcut(photo.parent, "--alpha-file") == 0
    assert own.read_bytes() == photo.read_bytes()
    assert f"{photo.stem}-alpha-cutout.png" in names_in(photo.parent)


@pytest.mark.parametrize(
    "wrong", [["-o", "s.png"], ["-o", "s.psd"], ["--format", "png"], ["--sheet-pdf", "-o", "s.jpg"]]
)
def test_a_sheet_is_called_what_it_is(
    photo: Path, tmp_path: Path, wrong: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    named = [str(tmp_path / each) if each.startswith("s.") else each for each in wrong]
    arguments = ["--id-photo", "us-passport", "--crown", "45%,1%", "--chin", "44%,36%"]
    assert offcut(photo, *arguments, "--sheet", "10x15", *named) == 2
    assert "JPEG or a PDF" in capsys.readouterr().err
    assert names_in(photo.parent) == [photo.name]
