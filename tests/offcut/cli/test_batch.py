"""Which pictures the command finds, what their results are called, and what is left as it is."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest
from command import PHOTO, names_in, offcut
from offcut.cli.command import main
from offcut.network.models import ModelSpec
from PIL import Image
from subjects import Seeing


def make_older(path: Path, seconds: int = 100) -> None:
    status = path.stat()
    os.utime(path, (status.st_atime - seconds, status.st_mtime - seconds))


# ---- names ------------------------------------------------------------------------------


def test_a_cutout_is_put_beside_its_picture(photo: Path) -> None:
    assert offcut(photo) == 0
    with Image.open(photo.with_name("photo-cutout.png")) as image:
        assert (image.mode, image.size) == ("RGBA", (80, 64))


@pytest.mark.parametrize(
    ("flags", "name"),
    [
        (["--matte-only"], "photo-matte.png"),
        (["--inverse"], "photo-background.png"),
        (["--format", "webp"], "photo-cutout.webp"),
        (["--format", "jpeg"], "photo-cutout.jpg"),
    ],
)
def test_the_name_tells_what_it_is(photo: Path, flags: list[str], name: str) -> None:
    assert offcut(photo, *flags) == 0
    assert (photo.parent / name).is_file()


def test_the_ending_of_a_named_file_chooses_the_format(photo: Path) -> None:
    target = photo.parent / "deep" / "er" / "result.WEBP"
    assert offcut(photo, "-o", target) == 0
    with Image.open(target) as image:
        assert image.format == "WEBP"


def test_pictures_of_one_name_do_not_share_a_result(tmp_path: Path) -> None:
    for name in ("a.png", "a.webp", "one/a.png", "two/a.png"):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(PHOTO)
    files = [tmp_path / "in" / name for name in ("a.png", "a.webp", "one/a.png", "two/a.png")]
    assert offcut(*files, "--out", tmp_path / "out") == 0
    assert names_in(tmp_path / "out") == [
        "a-png-2-cutout.png", "a-png-3-cutout.png", "a-png-cutout.png", "a-webp-cutout.png",
    ]  # fmt: skip


def test_names_that_differ_in_case_alone_are_two_pictures(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    for name in ("A.png", "a.png", "b.JPG", "b.jpg"):
        (folder / name).write_bytes(PHOTO)
    if len(names_in(folder)) < 4:
        pytest.skip("this disk does not tell A from a")
    assert offcut(folder, "--out", out) == 0
    # No two are one name where a disk does not tell A from a.
    assert names_in(out) == [
        "A-png-cutout.png", "a-png-2-cutout.png", "b-JPG-cutout.png", "b-jpg-2-cutout.png",
    ]  # fmt: skip
    assert len({name.casefold() for name in names_in(out)}) == 4


def test_names_that_differ_in_how_accents_are_written_are_two_pictures(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    composed, decomposed = "caf\u00e9", "cafe\u0301"
    for name in (composed, decomposed):
        (folder / f"{name}.png").write_bytes(PHOTO)
    if len(names_in(folder)) < 2:
        pytest.skip("this disk does not tell them apart")
    assert offcut(folder, "--out", out) == 0
    made = names_in(out)
    assert len({unicodedata.normalize("NFC", name) for name in made}) == 2


def test_one_picture_that_is_named_twice_is_one(tmp_path: Path) -> None:
    photo = tmp_path / "a.png"
    photo.write_bytes(PHOTO)
    (tmp_path / "link").symlink_to(tmp_path)
    assert offcut(photo, tmp_path / "." / "a.png", tmp_path / "link" / "a.png") == 0
    assert names_in(tmp_path) == ["a-cutout.png", "a.png"]


def test_a_picture_that_is_read_is_never_overwritten(photo: Path) -> None:
    other = photo.with_name("photo-cutout.png")
    other.write_bytes(PHOTO)
    assert offcut(photo, other, "--force") == 0
    assert other.read_bytes() == PHOTO
    assert names_in(photo.parent) == [
        "photo-cutout-cutout.png", "photo-cutout.png", "photo-png-cutout.png", "photo.png",
    ]  # fmt: skip


def test_a_result_may_not_be_named_like_its_picture(
    photo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert offcut(photo, "-o", photo.parent / "." / "photo.png") == 2
    assert "would overwrite" in capsys.readouterr().err
    assert photo.read_bytes() == PHOTO


# ---- inputs -----------------------------------------------------------------------------


def test_a_folder_is_searched_with_all_its_folders_and_keeps_their_places(tmp_path: Path) -> None:
    for name in ("x.png", "sub/y.PNG", "sub/notes.txt", "z-cutout.png", "out/old.png"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(PHOTO)
    assert offcut(tmp_path, "--out", tmp_path / "out") == 0
    assert names_in(tmp_path / "out") == ["old.png", "sub/y-cutout.png", "x-cutout.png"]


CLUTTER = (
    "._a.png", ".hidden.png", "@eaDir/a.png/SYNOPHOTO_THUMB_M.jpg", "__MACOSX/._a.png",
    "__MACOSX/a.png", "#recycle/b.png", "@Recycle/b.png", ".Trashes/501/b.png", ".DS_Store",
    "$RECYCLE.BIN/S-1-5/b.png", "Thumbs.db", "sub/@eaDir/b.jpg", "sub/.AppleDouble/b.png",
)  # fmt: skip


def test_what_macs_and_network_disks_put_into_a_folder_is_passed_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in (*CLUTTER, "a.png", "sub/c.png"):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(PHOTO if name in ("a.png", "sub/c.png") else b"\0\5\x16\7")
    assert offcut(tmp_path / "in", "--out", tmp_path / "out") == 0
    assert names_in(tmp_path / "out") == ["a-cutout.png", "sub/c-cutout.png"]
    said = capsys.readouterr().err
    assert not any(name.split("/")[0] in said for name in CLUTTER if not name.startswith("sub"))
    assert "left out" not in said


def test_what_is_named_by_itself_is_taken_whatever_it_is_called(tmp_path: Path) -> None:
    hidden = tmp_path / ".shots" / "@eaDir"
    hidden.mkdir(parents=True)
    (hidden / ".a.png").write_bytes(PHOTO)
    (hidden / "b.png").write_bytes(PHOTO)
    assert offcut(hidden / ".a.png", hidden) == 0
    assert names_in(hidden) == [".a-cutout.png", ".a.png", "b-cutout.png", "b.png"]


def test_pictures_of_other_kinds_in_a_folder_are_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("a.png", "b.HEIC", "c.heic", "d.svg", "notes.txt"):
        (tmp_path / name).write_bytes(PHOTO)
    assert offcut(tmp_path) == 0
    assert "left out: 2 .heic, 1 .svg" in capsys.readouterr().err
    assert offcut(tmp_path, "--force", "--quiet") == 0
    assert capsys.readouterr().err == ""


def test_patterns_are_resolved_where_the_shell_did_not(tmp_path: Path) -> None:
    for name in ("a1.png", "a2.png", "b.png"):
        (tmp_path / name).write_bytes(PHOTO)
    assert offcut(tmp_path / "a*.png", tmp_path / "a1.png") == 0
    assert names_in(tmp_path) == [
        "a1-cutout.png", "a1.png", "a2-cutout.png", "a2.png", "b.png",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["nothing*.png", "empty"])
def test_a_pattern_or_folder_without_pictures_is_wrong_usage(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty").mkdir()
    assert offcut(tmp_path / name) == 2
    assert "no picture is found by" in capsys.readouterr().err


# ---- what is done already ---------------------------------------------------------------


def test_a_result_that_is_newer_is_not_made_again(photo: Path) -> None:
    result = photo.with_name("photo-cutout.png")
    result.write_bytes(b"done")
    assert offcut(photo) == 0
    assert result.read_bytes() == b"done"
    assert offcut(photo, "--force") == 0
    assert result.read_bytes() != b"done"


def test_a_result_that_is_older_is_made_again(photo: Path) -> None:
    result = photo.with_name("photo-cutout.png")
    result.write_bytes(b"old")
    make_older(result)
    assert offcut(photo) == 0
    assert result.read_bytes() != b"old"


def test_an_empty_file_is_no_result(photo: Path) -> None:
    result = photo.with_name("photo-cutout.png")
    result.write_bytes(b"")
    assert offcut(photo) == 0
    assert result.stat().st_size > 0


def test_no_model_is_loaded_when_nothing_is_to_be_done(photo: Path) -> None:
    photo.with_name("photo-cutout.png").write_bytes(b"done")

    def fail(_spec: ModelSpec) -> Seeing:
        raise AssertionError("loaded")

    assert main([str(photo)], load_session=fail) == 0


@pytest.mark.parametrize("is_whole_folder", [True, False])
def test_a_result_of_another_picture_of_that_name_is_not_taken_for_ones_own(
    tmp_path: Path, is_whole_folder: bool
) -> None:
    first, later = tmp_path / "a.jpg", tmp_path / "a.bmp"
    first.write_bytes(PHOTO)
    assert offcut(first) == 0
    former = (tmp_path / "a-cutout.png").read_bytes()
    with Image.open(first) as photo:
        height = photo.height
        photo.resize((80, 50)).save(later)
    os.utime(later, (1, 1))  # it was made long ago, and came here afterwards
    named = [[tmp_path]] if is_whole_folder else [[later], [first]]
    for inputs in named:
        assert offcut(*inputs) == 0
    assert (tmp_path / "a-cutout.png").read_bytes() == former
    for name, wanted in (("a-bmp-cutout.png", 50), ("a-jpg-cutout.png", height)):
        with Image.open(tmp_path / name) as result:
            assert result.height == wanted
    before = {path: path.stat().st_mtime_ns for path in tmp_path.glob("*-cutout.png")}
    for inputs in named:
        assert offcut(*inputs) == 0
    assert before == {path: path.stat().st_mtime_ns for path in tmp_path.glob("*-cutout.png")}
