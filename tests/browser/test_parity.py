"""The same bytes give the same cutout, or the same error, in Pyodide and in CPython."""

from __future__ import annotations

import base64
import io
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest
from native import SHARED_DATA, native_session
from numpy.typing import NDArray
from offcut.cli.heif import decode_if_heic
from offcut.errors import OffcutError
from offcut.pipeline import run_pipeline
from offcut_browser import OffcutBrowser
from parity_files import FILES
from PIL import Image, ImageSequence

KNOWN_BACKGROUNDS = Path(__file__).parents[1] / "cases" / "known_backgrounds"
MOST = 100.0
"""Megapixels."""
ODD_FILES = SHARED_DATA / "odd" / "dev"

# Runs a file through the engine as the popup does, but without a tab for each.
RUN_JOB = """
    const [encoded, done] = arguments;
    const bytes = Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0));
    (async () => {
        const { startJob } = await import('/ui/start_job.js');
        const jobId = await startJob('file', { kind: 'blob', blob: new Blob([bytes]) });
        const port = chrome.runtime.connect({ name: `job:${jobId}` });
        port.onMessage.addListener(async ({ state, failure, cutout }) => {
            if (state === 'failed') done({ code: failure.code, failure });
            if (state !== 'done') return;
            const reader = new FileReader();
            reader.onload = () => done({ code: '', png: reader.result.split(',')[1] });
            reader.readAsDataURL(cutout.blob);
        });
    })();"""


def in_browser(browser: OffcutBrowser, picture: bytes) -> tuple[str, NDArray[np.uint8] | None]:
    """Error code and RGBA pixels that the extension gives, as `frames_of`."""
    encoded = base64.b64encode(picture).decode()
    answer = cast("dict[str, Any]", browser.driver.execute_async_script(RUN_JOB, encoded))
    if answer["code"]:
        return answer["code"], None
    return "", frames_of(base64.b64decode(answer["png"]))


def in_cpython(picture: bytes) -> tuple[str, NDArray[np.uint8] | None]:
    """Error code and RGBA pixels that CPython gives, as `frames_of`."""
    session, spec = native_session()
    try:
        cutout = run_pipeline(decode_if_heic(picture, MOST), session, spec)
    except OffcutError as error:
        sent_to_browser = error.detail.get("browser") == 1
        return ("BROWSER" if sent_to_browser else error.code), None
    return "", frames_of(cutout.encoded)


def frames_of(file: bytes) -> NDArray[np.uint8]:
    """Pixels of all frames of a file, of shape (frames, height, width, 4)."""
    with Image.open(io.BytesIO(file)) as image:
        return np.stack(
            [np.asarray(each.convert("RGBA")) for each in ImageSequence.Iterator(image)]
        )


def assert_same(browser: OffcutBrowser, picture: bytes) -> None:
    native_code, native = in_cpython(picture)
    code, pixels = in_browser(browser, picture)
    if native_code == "BROWSER":
        assert code in ("", "NO_SUBJECT", "UNSUPPORTED_FORMAT", "CORRUPT_IMAGE", "IMAGE_TOO_LARGE")
        return
    assert code == native_code
    if native is None or pixels is None:
        return
    assert pixels.shape == native.shape
    difference = np.abs(pixels.astype(int) - native.astype(int))
    assert (difference[..., 3] <= 2).mean() >= 0.999
    # Colours count where they are seen.
    seen = difference[..., :3].max(axis=-1) * (native[..., 3] / 255)
    assert (seen <= 4).mean() >= 0.995


@pytest.fixture(autouse=True)
def _on_the_popup(browser: OffcutBrowser) -> None:
    if not browser.driver.current_url.endswith("/popup/popup.html"):
        browser.open("/popup/popup.html")


@pytest.mark.weights
@pytest.mark.parametrize("suffix", ["jpg", "png", "webp", "tiff", "gif", "bmp"])
def test_a_photo_gives_the_same_cutout_in_both(
    browser: OffcutBrowser, photos: dict[str, Path], tmp_path: Path, suffix: str
) -> None:
    path = tmp_path / f"photo.{suffix}"
    with Image.open(photos["small"]) as photo:
        photo.save(path, quality=80)  # which only JPEG and WebP heed
    assert_same(browser, path.read_bytes())


@pytest.mark.weights
def test_a_turned_photo_with_a_profile_gives_the_same_cutout_in_both(
    browser: OffcutBrowser, photos: dict[str, Path], tmp_path: Path
) -> None:
    path = tmp_path / "turned.jpg"
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90 degrees
    profile = bytearray(128)
    profile[:4], profile[16:20], profile[36:40] = (128).to_bytes(4, "big"), b"RGB ", b"acsp"
    with Image.open(photos["small"]) as photo:
        wide = photo.resize((512, 300))
        wide.save(path, exif=exif, icc_profile=bytes(profile), quality=85)
    assert_same(browser, path.read_bytes())
    _, pixels = in_browser(browser, path.read_bytes())
    assert pixels is not None
    assert pixels.shape == (1, 512, 300, 4)


@pytest.mark.weights
@pytest.mark.parametrize("name", FILES)
def test_a_file_that_decoders_disagree_about_gives_the_same_in_both(
    browser: OffcutBrowser, name: str
) -> None:
    assert_same(browser, FILES[name])


@pytest.mark.weights
@pytest.mark.parametrize("name", ["checker.png", "ink.jpg", "hair.jpg"])
def test_a_known_background_goes_the_same_in_both(browser: OffcutBrowser, name: str) -> None:
    assert_same(browser, (KNOWN_BACKGROUNDS / name).read_bytes())


@pytest.mark.weights
@pytest.mark.parametrize(
    "path",
    [path for path in sorted(ODD_FILES.glob("*")) if path.suffix != ".tsv"]
    or [pytest.param(None, marks=pytest.mark.skip("needs the shared odd files"))],
    ids=lambda path: getattr(path, "name", "none"),
)
def test_an_odd_file_gives_the_same_in_both(browser: OffcutBrowser, path: Path) -> None:
    assert_same(browser, path.read_bytes())
