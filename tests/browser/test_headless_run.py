"""`scripts/run --headless`: every picture gets its own cut-out, or is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from dev.browser.headless import cut_out_all
from PIL import Image, ImageDraw


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


def test_no_picture_gets_the_cutout_of_another(extension: Path, tmp_path: Path) -> None:
    colors = {"red": (200, 40, 40), "green": (40, 160, 60), "blue": (40, 60, 200)}
    for name in ("red", "green"):
        drawn_disc(colors[name]).save(tmp_path / f"{name}.png")
    drawing = tmp_path / "blue.svg"  # which says no size: its job takes another way
    drawing.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8">'
        '<rect width="8" height="8" fill="#fff"/>'
        '<circle cx="4" cy="4" r="2" fill="rgb(40,60,200)"/></svg>'
    )
    cut = tmp_path / "cut.png"
    cut.write_bytes((tmp_path / "red.png").read_bytes()[:200])
    other = tmp_path / "Red.png"
    drawn_disc(colors["green"]).save(other)
    out = tmp_path / "out"
    pictures = [tmp_path / "red.png", drawing, cut, other, tmp_path / "green.png", drawing]
    assert cut_out_all(extension, pictures, out) == 1
    assert {path.name: middle_of(path) for path in out.iterdir()} == {
        "red-cutout.png": colors["red"],
        "blue-cutout.png": colors["blue"],
        "Red-2-cutout.png": colors["green"],
        "green-cutout.png": colors["green"],
        "blue-2-cutout.png": colors["blue"],
    }


def test_a_large_picture_gives_no_warning(
    extension: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    # Pillow warns of what has more than 89 megapixels.
    picture = tmp_path / "large.png"
    large = Image.new("RGB", (10_000, 9_000), "white")
    large.paste((200, 40, 40), (3000, 3000, 6000, 6000))
    large.save(picture, compress_level=1)
    assert cut_out_all(extension, [picture], tmp_path / "out") == 0
    assert "Warning" not in "".join(capfd.readouterr())


def drawn_disc(color: tuple[int, int, int]) -> Image.Image:
    picture = Image.new("RGB", (320, 320), "white")
    ImageDraw.Draw(picture).ellipse((80, 80, 240, 240), fill=color)
    return picture


def middle_of(path: Path) -> object:
    with Image.open(path) as picture:
        return picture.convert("RGB").getpixel((picture.width // 2, picture.height // 2))


def looks(path: Path) -> tuple[str, tuple[int, int]]:
    with Image.open(path) as picture:
        return picture.mode, picture.size
