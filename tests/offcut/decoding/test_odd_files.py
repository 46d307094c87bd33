"""Real odd files, where they are at hand: each gives the right picture or the right code.

They are evaluation data and no part of the project; see their own list for where they
come from.
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from offcut.decoding.decode import decode
from offcut.decoding.sniff import READ_BY_BROWSERS
from offcut.errors import DecodeError

FOLDER = Path(__file__).parents[4] / "shared" / "data" / "odd" / "dev"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason=f"no odd files in {FOLDER}")

REFUSED = {
    "bmp-jpeg-inside.bmp": "UNSUPPORTED_FORMAT",
    "bmp-short-file.bmp": "CORRUPT_IMAGE",
    "exr-hdr-gradient.exr": "UNSUPPORTED_FORMAT",
    "gif-zero-width.gif": "CORRUPT_IMAGE",
    "git-lfs-pointer-named.webp": "UNSUPPORTED_FORMAT",
    "html-page-named.jpg": "UNSUPPORTED_FORMAT",
    "ico-decompression-bomb.ico": "IMAGE_TOO_LARGE",
    "jpeg-20000x14000-in-1MB.jpg": "IMAGE_TOO_LARGE",
    "jpeg-corrupt-header.jpg": "CORRUPT_IMAGE",
    "jpeg-truncated-half.jpg": "CORRUPT_IMAGE",
    "jpeg2000-photo.jp2": "UNSUPPORTED_FORMAT",
    "png-broken-data-stream.png": "CORRUPT_IMAGE",
    "png-no-ihdr.png": "CORRUPT_IMAGE",
    "png-suite-xc1n0g08-colour-type-1.png": "CORRUPT_IMAGE",
    "png-suite-xcrn0g04-added-cr-bytes.png": "CORRUPT_IMAGE",
    "png-suite-xd0n2c08-bit-depth-0.png": "CORRUPT_IMAGE",
    "png-suite-xdtn0g01-no-idat.png": "CORRUPT_IMAGE",
    "png-suite-xlfn0g04-added-lf-bytes.png": "CORRUPT_IMAGE",
    "png-truncated-half.png": "CORRUPT_IMAGE",
    "same-photo-hopper.ppm": "UNSUPPORTED_FORMAT",
    "svg-chart.svg": "UNSUPPORTED_FORMAT",
    "svg-check.svg": "UNSUPPORTED_FORMAT",
    "tiff-float32.tiff": "UNSUPPORTED_FORMAT",
    "zero-bytes.png": "EMPTY_FILE",
}
NOTICES = {
    "apng-bouncing-ball.png": {"FIRST_FRAME_ONLY"},
    "gif-animated-rotating.gif": {"FIRST_FRAME_ONLY"},
    "gif-decompression-bomb-extents.gif": {"FIRST_FRAME_ONLY"},
    "jpeg-cmyk-adobe.jpg": {"CONVERTED_CMYK"},
    "png-16bit-gray-alpha.png": {"REDUCED_TO_8_BIT", "PROFILE_DROPPED"},
    "png-16bit-rgb.png": {"REDUCED_TO_8_BIT"},
    "png-split-idat-1-byte.png": {"REDUCED_TO_8_BIT"},
    "tiff-16bit-rgb.tiff": {"REDUCED_TO_8_BIT"},
    "webp-animated-anim.webp": {"FIRST_FRAME_ONLY"},
    "webp-very-narrow-13x169.webp": {"FIRST_FRAME_ONLY"},
}


def manifest() -> list[dict[str, str]]:
    """Rows of the folder's own list; none where there is no folder."""
    if not FOLDER.is_dir():
        return []
    with (FOLDER / "MANIFEST.tsv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


ROWS = manifest()


@pytest.mark.parametrize("row", ROWS, ids=[row["file"] for row in ROWS])
def test_an_odd_file_gives_its_picture_or_its_code(row: dict[str, str]) -> None:
    data = (FOLDER / row["file"]).read_bytes()
    if row["file"] in REFUSED:
        with pytest.raises(DecodeError) as caught:
            decode(data)
        assert caught.value.code == REFUSED[row["file"]]
        return
    source = decode(data)
    # Browsers measured these sizes, upright; they read no TIFF.
    seen = row["chromium_bitmap"]
    expected = f"{row['width']}x{row['height']}" if "Error" in seen else seen
    assert f"{source.image.width}x{source.image.height}" == expected
    assert set(source.notices) == NOTICES.get(row["file"], set())


def test_what_is_refused_and_browsers_show_is_sent_to_browsers() -> None:
    for row in ROWS:
        is_shown = "x" in row["chromium_img"] and not row["chromium_img"].startswith("Inv")
        if REFUSED.get(row["file"]) == "UNSUPPORTED_FORMAT" and is_shown:
            with pytest.raises(DecodeError) as caught:
                decode((FOLDER / row["file"]).read_bytes())
            assert caught.value.detail["browser"] == 1, row["file"]
            assert caught.value.detail["format"] in READ_BY_BROWSERS


def test_every_turned_portrait_is_the_portrait() -> None:
    upright = np.asarray(decode((FOLDER / "same-photo-hopper.jpg").read_bytes()).image)
    for turned in sorted(FOLDER.glob("exif-orientation-*-hopper.jpg")):
        pixels = np.asarray(decode(turned.read_bytes()).image)
        difference = np.abs(pixels.astype(int) - upright.astype(int)).mean()
        # Compressed once more: measured up to 5; a wrong turn gives 60 and more.
        assert difference < 10, turned.name


def test_the_same_portrait_in_every_container_looks_the_same() -> None:
    reference = np.asarray(decode((FOLDER / "same-photo-hopper.png").read_bytes()).image)
    outcomes: Counter[str] = Counter()
    for path in sorted(FOLDER.glob("same-photo-hopper.*")):
        try:
            source = decode(path.read_bytes())
        except DecodeError as error:
            outcomes[error.code] += 1
            continue
        difference = np.abs(np.asarray(source.image).astype(int) - reference.astype(int)).mean()
        assert difference < 12, path.name
        outcomes["decoded"] += 1
    assert outcomes == {"decoded": 4, "UNSUPPORTED_FORMAT": 1}
