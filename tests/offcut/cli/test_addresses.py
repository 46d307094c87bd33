"""Pictures and results at addresses: an S3 server, ZIPs, and what other systems have named."""

from __future__ import annotations

import json
import unicodedata
import zipfile
from pathlib import Path

import pytest
from bucket import files_of
from command import PHOTO, names_in, offcut
from offcut.cli.addresses import write_whole

Output = pytest.CaptureFixture[str]
COMPOSED, DECOMPOSED = "caf\u00e9.png", "cafe\u0301.png"
CONFUSING = ("A.png", "a.png", "sub/A.png", COMPOSED, DECOMPOSED, "b.JPG", "b.jpg")


def archive_of(path: Path, names: tuple[str, ...]) -> str:
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, PHOTO)
    return f"zip://::{path}"


def alike(names: list[str]) -> set[str]:
    """The names as a disk tells them apart that knows neither case nor ways of writing accents."""
    return {unicodedata.normalize("NFC", name).casefold() for name in names}


def test_a_zip_gives_each_of_its_pictures_one_result(tmp_path: Path) -> None:
    clutter = ("__MACOSX/._A.png", "._a.png", "notes.txt", "@eaDir/a.png")
    archive = archive_of(tmp_path / "photos.zip", (*CONFUSING, *clutter))
    assert offcut(archive, "--out", tmp_path / "out") == 0
    made = names_in(tmp_path / "out")
    assert len(made) == len(alike(made)) == len(CONFUSING)
    assert sum(name.startswith("sub/") for name in made) == 1


def test_a_zip_with_two_entries_of_one_name_is_refused(tmp_path: Path, capsys: Output) -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        archive = archive_of(tmp_path / "photos.zip", ("a.png", "a.png"))
    assert offcut(archive, "--out", tmp_path / "out") == 2
    assert "has a.png twice" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["../a.png", "sub/../../a.png", "..\\\\a.png", "/a.png"])
def test_a_picture_that_lies_outside_of_its_zip_does_not_vanish(
    tmp_path: Path, name: str, capsys: Output
) -> None:
    archive = archive_of(tmp_path / "photos.zip", ("b.png", name))
    assert offcut(archive, "--out", tmp_path / "out") == 2
    assert "outside" in capsys.readouterr().err
    assert names_in(tmp_path) == ["photos.zip"]


def test_what_is_no_picture_may_lie_anywhere_in_a_zip(tmp_path: Path) -> None:
    archive = archive_of(tmp_path / "photos.zip", ("b.png", "../readme.txt", "../._b.png"))
    assert offcut(archive, "--out", tmp_path / "out") == 0
    assert names_in(tmp_path / "out") == ["b-cutout.png"]


@pytest.mark.parametrize("source", ["s3://pictures", "s3://pictures/*.png", "s3://pictures/a.png"])
def test_a_bucket_without_credentials_is_said_in_words(
    bucket: str, source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    files_of("s3").pipe_file(f"{bucket}/a.png", PHOTO)
    files_of("s3").clear_instance_cache()
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    assert offcut(source, "--out", tmp_path / "out") in (1, 2)
    said = capsys.readouterr().err
    assert "there are no credentials for it" in said
    assert "Error" not in said
    files_of("s3").clear_instance_cache()


def test_pictures_at_addresses_need_a_place_for_results(tmp_path: Path, capsys: Output) -> None:
    assert offcut(archive_of(tmp_path / "photos.zip", ("a.png",))) == 2
    assert "--out" in capsys.readouterr().err


def test_an_address_of_an_unknown_kind_is_wrong_usage(tmp_path: Path, capsys: Output) -> None:
    assert offcut("nowhere://a.png", "--out", tmp_path / "out") == 2
    said = capsys.readouterr().err
    assert said == "offcut: nowhere://a.png: this kind of address is not known\n"


def test_a_bucket_is_read_and_written_as_a_folder_is(bucket: str, tmp_path: Path) -> None:
    files = files_of("s3")
    for name in CONFUSING:
        files.pipe_file(f"pictures/in/{name}", PHOTO)
        target = tmp_path / "in" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(PHOTO)
    if len(names_in(tmp_path / "in")) < len(CONFUSING):
        pytest.skip("this disk does not tell them apart")
    assert offcut(f"{bucket}/in", "--out", f"{bucket}/out") == 0
    assert offcut(tmp_path / "in", "--out", tmp_path / "out") == 0
    made = {name.removeprefix("pictures/out/") for name in files.find("pictures/out")}
    assert made == set(names_in(tmp_path / "out"))
    for name in made:
        assert files.cat_file(f"pictures/out/{name}") == (tmp_path / "out" / name).read_bytes()


def test_what_cannot_be_had_is_a_failure_of_that_picture(bucket: str, capsys: Output) -> None:
    files_of("s3").pipe_file("pictures/a.png", PHOTO)
    inputs = [f"{bucket}/missing.png", f"{bucket}/a.png"]
    assert offcut(*inputs, "--out", f"{bucket}/out", "--json") == 1
    missing, made = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert (missing["failure"]["code"], missing["failure"]["stage"]) == ("FILE_ERROR", "read")
    assert (made["status"], made["output"]) == ("done", f"{bucket}/out/a-cutout.png")


def test_where_files_grow_a_result_has_its_name_only_when_it_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "a.png"
    target.write_bytes(b"old")

    def full(_self: object, _from: str, _to: str, **_rest: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("fsspec.implementations.local.LocalFileSystem.mv", full)
    with pytest.raises(OSError, match="No space"):
        write_whole(f"file://{target}", b"new")
    assert target.read_bytes() == b"old"
    assert names_in(tmp_path) == ["a.png"]
