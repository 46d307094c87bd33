"""`scripts/run --headless`: every picture gets its own cut-out, or is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from dev.browser.headless import cut_out_all
from PIL import Image


def test_each_of_several_pictures_gets_its_own_cutout(
    extension: Path, photos: dict[str, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Image.open(photos["small"]) as photo:
        sizes = {"upright": (300, 400), "wide": (420, 280)}
        for name, size in sizes.items():
            photo.resize(size).save(tmp_path / f"{name}.png")
    words = tmp_path / "words.png"
    words.write_bytes(b"just words")
    out = tmp_path / "out"
    pictures = [tmp_path / "upright.png", words, tmp_path / "wide.png"]
    assert cut_out_all(extension, pictures, out) == 1
    made = {path.name: looks(path) for path in out.iterdir()}
    assert made == {f"{name}-cutout.png": ("RGBA", size) for name, size in sizes.items()}
    assert f"{words}: This file is not a picture" in capsys.readouterr().out


def looks(path: Path) -> tuple[str, tuple[int, int]]:
    with Image.open(path) as picture:
        return picture.mode, picture.size
