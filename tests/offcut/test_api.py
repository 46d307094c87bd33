"""The Python interface: every form of a picture, and where the model comes from."""

from __future__ import annotations

import io
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import offcut
import pytest
from files import exif_block, icc_profile, jpeg_with_segments, saved
from native import REGISTRY, native_session
from offcut import OffcutError, OffcutOptions
from offcut.api import native_session as load_session
from offcut.weights.model_files import find_weights, model_folders, read_registry
from PIL import Image
from subjects import SPEC, Seeing, disc, photo_of

PIXELS = photo_of(disc(64, 80, radius=20))


def cut_out(picture: offcut.AnyPicture, **options: Any) -> offcut.Cutout:
    return offcut.remove_background(picture, OffcutOptions(**options), session=Seeing())


def test_every_form_of_a_picture_gives_the_same_cutout(tmp_path: Path) -> None:
    data = saved(PIXELS, "PNG")
    path = tmp_path / "photo.bin"
    path.write_bytes(data)
    expected = cut_out(data).encoded
    for picture in (
        bytearray(data), memoryview(data), path, str(path), PIXELS,
        Image.fromarray(PIXELS), Image.open(io.BytesIO(data)),
        np.dstack((PIXELS, np.full(PIXELS.shape[:2], 255, np.uint8))),
    ):  # fmt: skip
        assert cut_out(picture).encoded == expected


def test_grey_and_transparent_arrays_are_taken() -> None:
    grey = cut_out(PIXELS[..., 0]).rgba()
    assert np.array_equal(grey[..., 0], grey[..., 1])
    rgba = np.dstack((PIXELS, np.zeros(PIXELS.shape[:2], np.uint8)))
    assert not cut_out(rgba).alpha.any()


@pytest.mark.parametrize(
    "pixels",
    [
        PIXELS.astype(np.float32),
        PIXELS > 9,
        PIXELS[..., :2],
        PIXELS[0, 0],
        np.zeros((0, 5, 3), np.uint8),
    ],
)
def test_an_array_of_another_kind_is_a_value_error(pixels: Any) -> None:
    with pytest.raises(ValueError, match="need uint8 of shape"):
        cut_out(pixels)


def test_a_pillow_image_is_turned_upright_and_left_as_it_was() -> None:
    jpeg = jpeg_with_segments(
        saved(PIXELS, "JPEG", icc_profile=icc_profile()), (0xE1, exif_block(6))
    )
    image = Image.open(io.BytesIO(jpeg))
    cutout = cut_out(image)
    assert cutout.size == (80, 64)
    assert cutout.encoded == cut_out(jpeg).encoded
    assert (image.height, image.width) == (64, 80)
    assert image.getexif()[0x0112] == 6


def test_the_size_limit_holds_for_pillow_images_and_arrays() -> None:
    for picture in (PIXELS, Image.fromarray(PIXELS), saved(PIXELS, "PNG")):
        with pytest.raises(OffcutError) as caught:
            cut_out(picture, max_megapixels=0.001)
        assert caught.value.code == "IMAGE_TOO_LARGE"
        assert caught.value.detail["width"] == 80


def test_an_empty_or_unreadable_picture_says_so(tmp_path: Path) -> None:
    with pytest.raises(OffcutError) as caught:
        cut_out(Image.new("RGB", (0, 0)))
    assert caught.value.code == "EMPTY_FILE"
    with pytest.raises(FileNotFoundError):
        cut_out(tmp_path / "nothing.jpg")


def test_a_background_picture_may_have_any_form_as_well() -> None:
    red = np.full((9, 9, 3), (255, 0, 0), np.uint8)
    options = OffcutOptions(background="picture")
    for behind in (red, Image.fromarray(red), saved(red, "PNG")):
        cutout = offcut.remove_background(
            PIXELS, options, session=Seeing(), background_picture=behind
        )
        assert cutout.to_image().getpixel((0, 0)) == (255, 0, 0)


def test_progress_is_reported_by_stage() -> None:
    stages: list[str] = []
    offcut.remove_background(
        PIXELS, session=Seeing(), progress=lambda stage, _fraction: stages.append(stage)
    )
    assert stages[0] == "decode"
    assert stages[-1] == "encode"


def test_a_model_that_is_not_in_the_registry_is_unknown() -> None:
    with pytest.raises(OffcutError) as caught:
        cut_out(PIXELS, model="nobody")
    assert caught.value.code == "UNKNOWN_MODEL"


@pytest.mark.weights
def test_the_session_is_loaded_on_the_first_call_and_kept() -> None:
    _, spec = native_session()
    assert load_session(spec) is load_session(spec)
    cutout = offcut.remove_background(PIXELS)
    assert cutout.alpha[32, 40] > 200
    assert cutout.alpha[0, 0] < 50


def test_without_onnxruntime_the_error_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    monkeypatch.delitem(sys.modules, "offcut.runtime.native", raising=False)
    with pytest.raises(OffcutError, match=r"pip install 'offcut\[native\]'") as caught:
        load_session(replace(SPEC, id="not cached"))
    assert caught.value.code == "SESSION_FAILED"


def test_the_package_is_imported_without_onnxruntime() -> None:
    program = "import sys, offcut; print('onnxruntime' in sys.modules)"
    command = [sys.executable, "-c", f"import sys; sys.path[:0] = {sys.path!r}; {program}"]
    finished = subprocess.run(command, capture_output=True, text=True, check=True)
    assert finished.stdout.strip() == "False"


def test_the_folder_in_the_environment_comes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "weights").mkdir()
    monkeypatch.setenv("OFFCUT_MODELS", str(tmp_path))
    assert model_folders()[0] == tmp_path
    assert read_registry() == REGISTRY.read_text(encoding="utf-8")
    for place in (tmp_path / "u2netp.onnx", tmp_path / "weights" / "u2netp.onnx"):
        place.write_bytes(b"")
        assert find_weights(SPEC) == place
    (tmp_path / "registry.json").write_text('{"models": []}', encoding="utf-8")
    assert read_registry() == '{"models": []}'


def test_weights_that_are_nowhere_are_named_with_where_to_put_them() -> None:
    with pytest.raises(OffcutError, match=r"other\.onnx is in none of .*OFFCUT_MODELS") as caught:
        find_weights(replace(SPEC, file="models/weights/other.onnx"))
    assert caught.value.code == "WEIGHTS_MISMATCH"
