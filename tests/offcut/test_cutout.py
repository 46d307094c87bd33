"""Rendering what was found, again and in every format, without asking the network."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from files import exif_with_thumbnail, four_blocks, icc_profile, jpeg_with_segments, saved
from offcut import Cutout, OffcutError, OffcutOptions, render, run_pipeline
from offcut.errors import Cancelled
from offcut.progress import Progress
from PIL import Image
from subjects import SPEC, FakeSession, disc, photo_of, subject_of

PIXELS = photo_of(disc(64, 80, radius=20))


def cut_out(data: bytes, **options: Any) -> Cutout:
    return run_pipeline(data, FakeSession(), SPEC, OffcutOptions(**options))


def opened(cutout: Cutout) -> Image.Image:
    return Image.open(io.BytesIO(cutout.encoded))


def photo_with_metadata() -> bytes:
    """A JPEG with a profile, and EXIF that turns it and holds a thumbnail."""
    thumbnail = saved(four_blocks(16, 16), "JPEG")
    jpeg = saved(PIXELS, "JPEG", icc_profile=icc_profile())
    return jpeg_with_segments(jpeg, (0xE1, exif_with_thumbnail(6, thumbnail)))


def test_a_cutout_is_rendered_again_without_another_run() -> None:
    session = FakeSession()
    first = run_pipeline(saved(PIXELS, "PNG"), session, SPEC)
    again = render(first, OffcutOptions(output="matte", format="webp", lossless=True))
    assert session.runs == 1
    assert again.media_type == "image/webp"
    assert np.array_equal(np.asarray(opened(again).convert("L")), first.alpha)
    assert again.timings["inference"] == first.timings["inference"]
    assert first.options == OffcutOptions()


def test_rendering_again_with_the_same_options_gives_the_same_file() -> None:
    first = cut_out(saved(PIXELS, "PNG"), crop=True, shadow=True, background="navy")
    assert render(first, first.options).encoded == first.encoded


@pytest.mark.parametrize(
    ("options", "mode"),
    [
        ({}, "RGBA"),
        ({"output": "matte"}, "L"),
        ({"background": "white"}, "RGB"),
        ({"format": "webp"}, "RGBA"),
        ({"format": "jpeg"}, "RGB"),
        ({"format": "jpeg", "output": "matte"}, "L"),
        ({"format": "jpeg", "output": "inverse", "background": "blur"}, "RGB"),
    ],
)
def test_the_file_is_in_the_format_and_the_channels_asked_for(
    options: dict[str, Any], mode: str
) -> None:
    cutout = cut_out(saved(PIXELS, "PNG"), **options)
    with opened(cutout) as image:
        assert image.format == options.get("format", "png").upper()
        assert cutout.media_type == f"image/{options.get('format', 'png')}"
        assert image.mode == mode
        assert (image.height, image.width) == cutout.size
        assert cutout.to_image().mode == mode


def test_the_size_is_that_of_the_finished_picture_and_the_matte_stays_the_sources() -> None:
    cutout = cut_out(saved(PIXELS, "PNG"), canvas="300x200", scale=0.5)
    assert cutout.size == (200, 300)
    assert cutout.rgba().shape == (200, 300, 4)
    assert cutout.alpha.shape == (64, 80)


def test_painting_gives_the_pixels_of_the_file() -> None:
    cutout = cut_out(saved(PIXELS, "PNG"), crop=True)
    assert np.array_equal(np.asarray(opened(cutout)), cutout.rgba())


@pytest.mark.parametrize("format", ["png", "webp", "jpeg"])
def test_by_default_the_profile_is_all_that_is_kept(format: str) -> None:
    cutout = cut_out(photo_with_metadata(), format=format)
    with opened(cutout) as image:
        assert image.info["icc_profile"] == icc_profile()
        assert "exif" not in image.info
        assert not image.getexif()


@pytest.mark.parametrize("format", ["png", "webp", "jpeg"])
def test_exif_is_kept_on_request_upright_and_without_the_thumbnail(format: str) -> None:
    cutout = cut_out(photo_with_metadata(), format=format, metadata="all")
    thumbnail = saved(four_blocks(16, 16), "JPEG")
    with opened(cutout) as image:
        assert (image.height, image.width) == (80, 64)
        assert image.getexif()[0x0112] == 1
        assert thumbnail[2:] not in cutout.encoded
    with Image.open(io.BytesIO(photo_with_metadata())) as original:
        assert original.getexif()[0x0112] == 6


def test_a_matte_has_no_profile() -> None:
    with opened(cut_out(photo_with_metadata(), output="matte")) as image:
        assert "icc_profile" not in image.info


def test_notices_of_the_decoder_are_passed_on() -> None:
    gif = io.BytesIO()
    frames = [Image.fromarray(PIXELS), Image.fromarray(255 - PIXELS)]
    frames[0].save(gif, "GIF", save_all=True, append_images=frames[1:])
    assert cut_out(gif.getvalue(), format="jpeg").notices == ("FIRST_FRAME_ONLY",)


def test_a_cutout_is_saved_as_it_was_encoded(tmp_path: Path) -> None:
    cutout = cut_out(saved(PIXELS, "PNG"), format="jpeg")
    for name in ("a.jpg", "b.JPEG", "c.bin"):
        cutout.save(tmp_path / name)
        assert (tmp_path / name).read_bytes() == cutout.encoded


def test_a_cutout_is_not_saved_under_the_name_of_another_format(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"a\.png is no name for a jpeg file"):
        cut_out(saved(PIXELS, "PNG"), format="jpeg").save(tmp_path / "a.png")
    assert not list(tmp_path.iterdir())


def test_a_size_that_the_format_cannot_hold_is_an_encode_error() -> None:
    with pytest.raises(OffcutError) as caught:
        render(subject_of(disc(8, 8, radius=2)), OffcutOptions(canvas="17000x1", format="webp"))
    assert caught.value.code == "ENCODE_FAILED"


def test_rendering_can_be_cancelled() -> None:
    with pytest.raises(Cancelled):
        render(subject_of(disc()), OffcutOptions(), Progress(is_cancelled=lambda: True))
