"""`--strokes FILE`: corrections that were drawn elsewhere."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from command import PHOTO, names_in, offcut, photo_in
from PIL import Image


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
