"""A local picture through the popup: what comes out, and what is said when nothing can."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from offcut_browser import OffcutBrowser
from PIL import Image


def test_the_cutout_has_the_size_of_the_picture_and_a_transparent_background(
    browser: OffcutBrowser, photos: dict[str, Path]
) -> None:
    assert browser.cut_out(photos["small"]) == "done", browser.failure()
    with Image.open(io.BytesIO(browser.cutout_bytes())) as cutout:
        assert cutout.format == "PNG"
        assert cutout.mode == "RGBA"
        assert cutout.size == (512, 512)
        alpha = np.asarray(cutout)[..., 3]
    assert alpha[200, 230] == 255, "the face is the subject"
    assert alpha[20, 480] == 0, "the upper right corner is background"


def test_the_page_tells_size_and_time(browser: OffcutBrowser, photos: dict[str, Path]) -> None:
    assert browser.cut_out(photos["small"]) == "done"
    assert "512 \N{MULTIPLICATION SIGN} 512" in browser.text("facts")
    timings = browser.timings()
    stages = {"fetch", "start_python", "load_model", "decode", "inference", "encode", "total"}
    assert stages <= timings.keys()
    parts = sum(timings[name] for name in ("decode", "inference", "encode"))
    assert parts <= timings["total"]


def test_download_saves_the_cutout_under_the_pictures_name(
    browser: OffcutBrowser, photos: dict[str, Path]
) -> None:
    assert browser.cut_out(photos["small"]) == "done"
    shown = browser.cutout_bytes()
    saved = browser.download()
    assert saved.name == "astronaut-cutout.png"
    assert saved.read_bytes() == shown
    saved.unlink()


def noise_free(path: Path) -> Path:
    """A picture without any subject."""
    Image.new("RGB", (300, 200), (120, 130, 140)).save(path)
    return path


def write(path: Path, content: bytes) -> Path:
    """A file of some bytes."""
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("name", "code", "words"),
    [
        ("empty.png", "EMPTY_FILE", "empty"),
        ("text.jpg", "UNSUPPORTED_FORMAT", "JPEG, PNG or WebP"),
        ("half.jpg", "CORRUPT_IMAGE", "damaged"),
        ("flat.png", "NO_SUBJECT", "subject"),
        ("huge.png", "IMAGE_TOO_LARGE", "megapixels"),
    ],
)
def test_a_bad_file_gets_a_sentence_that_says_what_to_do(
    browser: OffcutBrowser,
    photos: dict[str, Path],
    tmp_path: Path,
    name: str,
    code: str,
    words: str,
) -> None:
    path = tmp_path / name
    if name == "half.jpg":
        content = photos["small"].read_bytes()
        write(path, content[: len(content) // 2])
    elif name == "flat.png":
        noise_free(path)
    elif name == "huge.png":
        Image.new("1", (20_000, 10_000)).save(path)
    else:
        write(path, b"" if name == "empty.png" else b"This is no picture at all.\n" * 9)
    assert browser.cut_out(path) == "failed"
    assert browser.failure()["code"] == code
    assert words in browser.text("failure-text")
    assert not browser.element("retry").is_displayed()


def test_what_python_cannot_decode_is_decoded_by_the_browser(
    browser: OffcutBrowser, tmp_path: Path
) -> None:
    drawing = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30">
        <rect width="40" height="30" fill="#cfe8ff"/>
        <circle cx="20" cy="15" r="9" fill="#d22"/><circle cx="17" cy="12" r="2" fill="#fff"/>
        </svg>"""
    path = tmp_path / "ball.svg"
    path.write_text(drawing)
    assert browser.cut_out(path) == "done"
    with Image.open(io.BytesIO(browser.cutout_bytes())) as cutout:
        assert max(cutout.size) == 1024
        alpha = np.asarray(cutout)[..., 3]
    height, width = alpha.shape
    assert alpha[height // 2, width // 2] == 255
    assert alpha[2, 2] == 0
