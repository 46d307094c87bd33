"""Names of files that would give orders to a terminal, are too long, or mean something else."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from command import PHOTO, offcut

Output = pytest.CaptureFixture[str]
EVIL = "\x1b]0;title\x07\x1b[31mred\u202egnp\x9b2J\n"


@pytest.mark.skipif(sys.platform == "win32", reason="it allows no such names")
@pytest.mark.parametrize("kind", ["a picture", "broken", "missing", "a folder", "a flag", "a bar"])
def test_no_name_gives_orders_to_the_terminal(
    photo: Path, kind: str, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    evil = photo.with_name(f"{EVIL}.png")
    if kind in ("a picture", "broken", "a bar"):
        evil.write_bytes(PHOTO if kind != "broken" else b"broken")
    if kind == "a folder":
        evil.mkdir()
    if kind == "a bar":
        monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
        monkeypatch.setenv("COLUMNS", "200")
    if kind == "a flag":
        with pytest.raises(SystemExit):
            offcut(photo, f"--{EVIL}")
    else:
        offcut(evil)
    said = capsys.readouterr().err
    assert "\\x1b[31mred\\u202egnp\\x9b2J\\n" in said
    for order in "\x1b\x07\x9b\u202e":
        assert order not in said


def test_other_names_are_said_as_they_are(photo: Path, capsys: Output) -> None:
    name = "Bildschirmfoto 9.41\u202fPM caf\u00e9 \u732b \U0001f469\u200d\U0001f4bb.png"
    photo.with_name(name).write_bytes(PHOTO)
    assert offcut(photo.with_name(name)) == 0
    assert name in capsys.readouterr().err


def test_a_pdf_is_a_sheet(photo: Path, capsys: Output) -> None:
    assert offcut(photo, "-o", photo.with_name("one.pdf")) == 2
    assert "only a --sheet of an --id-photo can be a PDF" in capsys.readouterr().err


@pytest.mark.parametrize("is_result", [True, False])
def test_a_name_longer_than_a_disk_takes_is_said_in_words(
    photo: Path, is_result: bool, capsys: Output
) -> None:
    if is_result:
        long = photo.with_name("n" * 250 + ".png")
        long.write_bytes(PHOTO)
    else:
        long = photo.with_name("n" * 300 + ".png")
    assert offcut(long, photo) == 1
    said = capsys.readouterr().err
    assert "its name is longer than this disk takes" in said
    assert "1 done, 1 failed" in said
