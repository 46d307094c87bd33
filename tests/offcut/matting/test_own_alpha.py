"""A file that is cut out already stays as it is; one with round corners does not."""

from __future__ import annotations

import numpy as np
import pytest
from files import saved
from numpy.typing import NDArray
from offcut import run_pipeline
from offcut.matting.own_alpha import is_cut_out, share_of_shown
from PIL import Image, ImageDraw
from subjects import SPEC, FakeSession, disc, photo_of, source_of


def shape(draw: str, box: tuple[int, int, int, int], **options: int) -> NDArray[np.uint8]:
    image = Image.new("L", (120, 100))
    getattr(ImageDraw.Draw(image), draw)(box, fill=255, **options)
    return np.asarray(image)


BAR_AND_DISC = np.maximum(shape("rectangle", (10, 8, 110, 16)), shape("ellipse", (40, 40, 80, 80)))


def test_what_is_cut_out_already_stays_to_the_pixel_whatever_the_network_sees() -> None:
    pixels = np.dstack([photo_of(disc(100, 120, radius=30)), BAR_AND_DISC])
    session = FakeSession()
    cutout = run_pipeline(saved(pixels, "PNG"), session, SPEC)
    assert session.runs == 0  # a second of work whose answer would not count
    rgba = cutout.rgba()
    assert (cutout.alpha == BAR_AND_DISC).all()
    shown = BAR_AND_DISC > 0
    assert (rgba[shown] == pixels[shown]).all()


@pytest.mark.parametrize(
    ("own", "is_done"),
    [
        (BAR_AND_DISC, True),
        (shape("polygon", ((60, 5), (110, 90), (10, 90))), True),  # pyright: ignore[reportArgumentType]
        (shape("rounded_rectangle", (0, 0, 119, 99), radius=20), False),
        (shape("rounded_rectangle", (10, 10, 109, 89), radius=20), False),
        (shape("ellipse", (20, 10, 99, 89)), False),
        (shape("rectangle", (40, 20, 119, 60)), False),
        (np.zeros((100, 120), np.uint8), False),
        (np.full((100, 120), 200, np.uint8), False),
    ],
)
def test_a_cut_out_is_told_from_a_photo_with_a_shape(own: NDArray[np.uint8], is_done: bool) -> None:
    assert is_cut_out(source_of(photo_of(disc(100, 120)), own)) == is_done
    assert not is_cut_out(source_of(photo_of(disc(100, 120))))


def test_a_share_is_of_what_the_file_shows() -> None:
    share = np.array([0, 64, 128, 128, 200, 255], np.uint8)
    own = np.array([0, 128, 128, 255, 100, 255], np.uint8)
    assert share_of_shown(share, own).tolist() == [0, 128, 255, 128, 255, 255]
    assert share_of_shown(share, None) is share
