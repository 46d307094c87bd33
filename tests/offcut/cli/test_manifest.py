"""The manifest: what it says is done, when that is no longer so, and what is no manifest."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bucket import files_of
from command import PHOTO, offcut
from files import saved
from subjects import disc, photo_of

Output = pytest.CaptureFixture[str]
OTHER = saved(photo_of(disc(50, 70, radius=15)), "PNG")


def rows(manifest: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in manifest.read_text().splitlines()]


def test_a_later_call_makes_only_what_is_not_done_the_same_way(
    bucket: str, tmp_path: Path, capsys: Output
) -> None:
    files, manifest = files_of("s3"), tmp_path / "manifest.jsonl"
    for name in ("a", "b", "c"):
        files.pipe_file(f"pictures/in/{name}.png", PHOTO)
    call = [f"{bucket}/in", "--out", f"{bucket}/out", "--manifest", manifest, "--json"]

    def statuses(*flags: str) -> str:
        assert offcut(*call, *flags) == 0
        reports = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        return " ".join(report["status"] for report in reports)

    assert statuses() == "done done done"
    assert [row["status"] for row in rows(manifest)] == ["done"] * 3
    assert statuses() == "skipped skipped skipped"
    files.pipe_file("pictures/in/a.png", OTHER)
    files.pipe_file("pictures/in/b.png", PHOTO)  # anew, but the same
    files.rm_file("pictures/out/c-cutout.png")
    assert statuses() == "done skipped done"
    assert statuses("--shadow") == "done done done"
    assert statuses("--shadow") == "skipped skipped skipped"
    with manifest.open("a") as file:
        file.write('{"input": "s3://pictures/in/a.p')  # of a process that was killed
    assert statuses("--shadow") == "skipped skipped skipped"
    assert [Path(row["output"]).name for row in rows(manifest)] == [
        "a-cutout.png", "b-cutout.png", "c-cutout.png",
    ]  # fmt: skip
    assert statuses("--shadow", "--force") == "done done done"


def damage(file: Path, how: str) -> None:
    """Empty a file, cut it off, or let something be behind it."""
    data = file.read_bytes()
    file.write_bytes({"emptied": b"", "cut off": data[:-1], "longer": data + b"."}[how])


@pytest.mark.parametrize("how", ["emptied", "cut off", "longer"])
@pytest.mark.parametrize("name", ["photo-cutout.png", "photo-cutout-alpha.png"])
def test_a_result_that_is_not_as_it_was_written_is_made_again(
    photo: Path, name: str, how: str, capsys: Output
) -> None:
    manifest, result = photo.with_name("m.jsonl"), photo.with_name(name)
    call = [photo, "--manifest", manifest, "--alpha-file", "--json"]

    def status() -> str:
        assert offcut(*call) == 0
        return json.loads(capsys.readouterr().out)["status"]

    assert status() == "done"
    before = result.read_bytes()
    assert status() == "skipped"
    damage(result, how)
    assert status() == "done"
    assert result.read_bytes() == before
    assert status() == "skipped"
    # Where the picture's file is written anew, its content decides, but not of what is damaged.
    photo.write_bytes(photo.read_bytes())
    assert status() == "skipped"
    damage(result, how)
    assert status() == "done"


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.png", None), ("a.png", PHOTO), ("notes.txt", b"Buy milk."), ("m.jsonl", b"[1]\n{}\n")],
)
def test_what_is_no_manifest_is_neither_read_nor_overwritten(
    photo: Path, name: str, content: bytes | None, capsys: Output
) -> None:
    file = photo.with_name(name)
    if content is not None:
        file.write_bytes(content)
    assert offcut(photo, "--manifest", file) == 2
    said = capsys.readouterr().err
    assert str(file) in said
    assert "manifest" in said
    assert "codec" not in said
    assert (file.read_bytes() if file.exists() else None) == content


def test_a_manifest_of_which_one_line_was_begun_is_one(photo: Path) -> None:
    manifest = photo.with_name("m.jsonl")
    manifest.write_bytes(b'{"input": "a')
    assert offcut(photo, "--manifest", manifest) == 0
