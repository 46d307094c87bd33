"""What the command does with files of other kinds, and what it tells of those that it changes."""

from __future__ import annotations

import sys
import warnings
from io import BytesIO
from pathlib import Path

import pytest
from animated import gif
from command import PHOTO, names_in, offcut
from heic_files import PROFILE, heic
from offcut.cli.command import main
from offcut.network.models import ModelSpec
from PIL import Image
from subjects import Seeing

Output = pytest.CaptureFixture[str]
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' width='8' height='4'/>"


def test_an_svg_says_what_to_install(
    tmp_path: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "logo.svg").write_bytes(SVG)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert offcut(tmp_path / "logo.svg") == 1
    assert "install librsvg2-bin" in capsys.readouterr().err


def test_an_svg_is_drawn_where_its_program_is_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As the program would: 8 x 4 pixels, or enlarged as it is told.
    drawn = {"": (80, 40), "--zoom=12.800000": (1024, 512)}
    script = f"#!{sys.executable}\nimport sys\nsys.stdin.buffer.read()\n"
    for flag, size in drawn.items():
        picture = tmp_path / f"{size[0]}.png"
        Image.open(BytesIO(PHOTO)).resize(size).save(picture)
        script += f"if sys.argv[2:] == {[flag] if flag else []!r}:\n"
        script += f"    sys.stdout.buffer.write(open({str(picture)!r}, 'rb').read())\n"
    program = tmp_path / "rsvg-convert"
    program.write_text(script)
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "logo.svg").write_bytes(SVG)
    assert offcut(tmp_path / "logo.svg") == 0
    with Image.open(tmp_path / "logo-cutout.png") as made:
        assert made.size == (1024, 512)
    program.write_text(f"#!{sys.executable}\nimport sys\nsys.exit('no drawing')\n")
    assert offcut(tmp_path / "logo.svg", "--force") == 1


def test_a_file_is_read_by_what_is_in_it(tmp_path: Path) -> None:
    for name in ("AVIF", "ICO"):
        with Image.open(BytesIO(PHOTO)) as photo:
            photo.save(tmp_path / f"{name}.{name.lower()}", name)
    assert offcut(tmp_path) == 0
    assert {"AVIF-cutout.png", "ICO-cutout.png"} <= set(names_in(tmp_path))


def test_enlarging_and_a_later_frame_are_told(tmp_path: Path, capsys: Output) -> None:
    (tmp_path / "a.png").write_bytes(PHOTO)
    assert offcut(tmp_path / "a.png", "--canvas", "400x400", "--scale", "85%") == 0
    assert "enlarged" in capsys.readouterr().err
    shown = Image.open(BytesIO(PHOTO)).convert("RGBA")
    (tmp_path / "b.gif").write_bytes(gif([Image.new("RGBA", shown.size), shown]))
    assert offcut(tmp_path / "b.gif", "--frame", "0") == 0
    assert "a later frame was taken" in capsys.readouterr().err


def test_no_warning_of_python_is_seen(tmp_path: Path) -> None:
    photo = tmp_path / "a.png"
    photo.write_bytes(PHOTO)
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        assert main([str(photo)], load_session=_warn) == 0
    assert heard == []


def _warn(_spec: ModelSpec) -> Seeing:
    warnings.warn("for developers", stacklevel=1)
    return Seeing()


def test_a_heic_picture_is_read_upright_with_its_profile(photo: Path, tmp_path: Path) -> None:
    path = tmp_path / "IMG_0001.HEIC"
    path.write_bytes(heic(Image.open(photo), is_turned=True))
    assert offcut(path) == 0
    with Image.open(photo) as before, Image.open(tmp_path / "IMG_0001-cutout.png") as cutout:
        assert cutout.size == before.size[::-1]
        assert cutout.info["icc_profile"] == PROFILE


def test_a_heic_picture_says_what_to_install(
    photo: Path, tmp_path: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.heic"
    path.write_bytes(heic(Image.open(photo)))
    monkeypatch.setitem(sys.modules, "pillow_heif", None)
    assert offcut(path) == 1
    assert "pip install 'offcut[heif]'" in capsys.readouterr().err


@pytest.mark.parametrize("share", [0.05, 0.5, 0.95])
def test_a_damaged_heic_picture_is_named(
    photo: Path, tmp_path: Path, capsys: Output, share: float
) -> None:
    path = tmp_path / "a.heic"
    whole = heic(Image.open(photo))
    path.write_bytes(whole[: int(len(whole) * share)])
    assert offcut(path) == 1
    assert "damaged" in capsys.readouterr().err


def test_a_heic_picture_above_the_limit_is_not_decoded(
    photo: Path, tmp_path: Path, capsys: Output
) -> None:
    path = tmp_path / "a.heic"
    path.write_bytes(heic(Image.open(photo)))
    assert offcut(path, "--max-megapixels", "0.001") == 1
    assert "IMAGE_TOO_LARGE" in capsys.readouterr().err
