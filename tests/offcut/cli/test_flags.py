"""Every option of the pipeline has a flag of the command line."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import numpy as np
import pytest
from command import names_in, offcut, photo_in
from files import saved
from layered import magick_facts
from offcut import OffcutOptions
from offcut.cli.arguments import given_options, make_parser
from PIL import Image
from subjects import disc, photo_of


@pytest.mark.parametrize(
    "flags", [["--nonsense"], ["--quality", "good"], ["-o", "a", "--out", "b"]]
)
def test_arguments_that_cannot_be_parsed_end_with_2(photo: Path, flags: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        offcut(photo, *flags)
    assert caught.value.code == 2


def test_every_option_has_its_flag() -> None:
    flags = {action.dest for action in make_parser()._actions}
    assert {field.name for field in fields(OffcutOptions)} <= flags


def test_flags_become_options() -> None:
    text = (
        "x --quality best --model m --max-megapixels 9 --threshold 50% --shift-edge -1.5 "
        "--feather 2 --inverse --crop --margin 1,2 --canvas 9x8 --scale 0.9 --own-size "
        "--market ebay --position 0%,1% --eyes 30% --id-size 40x50 --id-head 33 --dpi 600 "
        "--background blur --background-blur 3 --outline 3% "
        "--outline-color red --shadow --shadow-offset=-1px,2px "
        "--shadow-kind cast --shadow-cast 9%,-8% "
        "--shadow-blur 4 --shadow-opacity 25% --shadow-color red --format webp "
        "--file-quality 80 --lossless --metadata all"
    )
    options = OffcutOptions.from_json(given_options(make_parser().parse_args(text.split())))
    assert options == OffcutOptions(
        quality="best", model="m", max_megapixels=9, threshold=0.5, shift_edge=-1.5, feather=2,
        output="inverse", crop=True, margin="1,2", canvas="9x8", scale=0.9, own_size=True,
        market="ebay", position="0%,1%", eyes="30%", id_size="40x50", id_head=33, dpi=600,
        background="blur", background_blur=3, outline="3%", outline_color="red",
        shadow=True, shadow_offset="-1px,2px", shadow_kind="cast", shadow_cast="9%,-8%",
        shadow_blur="4", shadow_opacity=0.25, shadow_color="red", format="webp",
        file_quality=80, lossless=True, metadata="all",
    )  # fmt: skip


def test_a_limit_of_the_files_size_is_a_flag() -> None:
    given = make_parser().parse_args(["x", "--format", "webp", "--max-kilobytes", "99.5"])
    assert given_options(given) == {"format": "webp", "max_kilobytes": 99.5}


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


def test_a_market_place_sets_what_is_not_given_and_each_check_is_reported(
    photo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = photo.with_name("shop.jpg")
    assert offcut(photo, "--market", "amazon", "--json", "-o", target) == 3  # it was enlarged
    with Image.open(target) as image:
        assert (image.format, image.size) == ("JPEG", (2000, 2000))
    checks = {each["name"]: each for each in json.loads(capsys.readouterr().out)["checks"]}
    assert checks["fill"]["value"] == pytest.approx(0.86, abs=0.002)
    assert {name for name, each in checks.items() if not each["met"]} == {"enlarged"}

    # Of so small a JPEG the blocks of the rim hold something of the subject, too.
    assert offcut(photo, "--market", "amazon", "--own-size", "--force") == 3
    said = capsys.readouterr().err
    assert "  ok   not enlarged" in said
    assert "  LOOK longest side" in said
    assert "  ok   rim pure white" in said
    assert offcut(photo, "--market", "amazon", "--own-size", "--force", "--quiet") == 3
    said = capsys.readouterr().err
    assert "photo.png" in said
    assert "LOOK longest side" in said
    assert "  ok " not in said


def test_what_a_market_place_takes_ends_with_0_and_a_failure_with_1(tmp_path: Path) -> None:
    alpha = disc(1500, 1500, radius=640)
    large = tmp_path / "large.png"
    large.write_bytes(saved(photo_of(alpha), "PNG"))
    assert offcut(large, "--market", "ebay", "--own-size") == 0
    assert offcut(large, photo_in(tmp_path), "--market", "ebay", "--own-size", "--force") == 3
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"broken")
    assert offcut(photo_in(tmp_path), broken, "--market", "ebay", "--force") == 1


def test_a_photo_for_a_passport_and_a_sheet_of_it(photo: Path) -> None:
    marks = ["--id-photo", "us-passport", "--crown", "40,10", "--chin", "40,50"]
    target = photo.with_name("id.png")
    assert offcut(photo, *marks, "-o", target) == 0
    with Image.open(target) as image:
        assert image.size == (602, 602)
        assert image.info["dpi"] == pytest.approx((300, 300), abs=0.02)
        assert image.getpixel((0, 0)) == (255, 255, 255)
    sheet = photo.with_name("sheet.pdf")
    assert offcut(photo, *marks, "--sheet", "a4", "-o", sheet) == 0
    assert sheet.read_bytes().startswith(b"%PDF-")
    assert offcut(photo, *marks, "--sheet", "10x15", "--force") == 0
    with Image.open(photo.with_name("photo-cutout.jpg")) as image:
        assert sorted(image.size) == [1181, 1772]
    assert offcut(photo, "--id-photo", "us-passport") == 2


@pytest.mark.parametrize(
    ("marks", "words"),
    [
        (["--crown", "400,10", "--chin", "40,50"], "crown must be in the picture, which has 80 x"),
        (["--crown", "40,10", "--chin", "40,500"], "chin must be in the picture"),
        (["--crown", "40,10", "--chin", "110%,50"], "chin must be in the picture"),
        (["--crown", "40,10", "--chin", "40,50", "--eyes", "60"], "eyes must be between"),
        (["--crown", "40,10", "--chin", "40,50", "--eyes", "5"], "eyes must be between"),
    ],
)
def test_marks_of_a_head_are_in_the_picture(
    photo: Path, marks: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert offcut(photo, "--id-photo", "us-passport", *marks) == 1
    assert words in capsys.readouterr().err
    assert names_in(photo.parent) == ["photo.png"]


def test_files_with_layers_say_their_resolution(photo: Path) -> None:
    marks = ["--id-photo", "us-passport", "--crown", "40,10", "--chin", "40,50"]
    psd, ora = photo.with_name("id.psd"), photo.with_name("id.ora")
    assert offcut(photo, *marks, "-o", psd) == 0
    assert magick_facts(psd, 0, "%[units] %x %y") == "PixelsPerInch 300 300"
    assert offcut(photo, *marks, "--dpi", "600", "-o", ora) == 0
    with ZipFile(ora) as archive:
        stack = ElementTree.fromstring(archive.read("stack.xml"))
    assert (stack.attrib["xres"], stack.attrib["yres"]) == ("600", "600")
    assert offcut(photo, "-o", ora) == 0
    with ZipFile(ora) as archive:
        assert b"xres" not in archive.read("stack.xml")


def test_help_names_every_option(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        offcut("--help")
    assert caught.value.code == 0
    text = capsys.readouterr().out
    for field in fields(OffcutOptions):
        assert f"--{field.name.replace('_', '-')}" in text
    assert "%%" not in text
