"""The matte as a file of its own fits the picture, whatever the result is cropped to."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import numpy as np
import pytest
from numpy.testing import assert_array_equal
from offcut import OffcutOptions, encode_alpha, render
from PIL import Image
from subjects import disc, photo_of, subject_of

ALPHA = disc(60, 91, radius=22, softness=6)
SUBJECT = subject_of(ALPHA, photo_of(ALPHA))


def matte(**options: Any) -> Image.Image:
    return Image.open(BytesIO(encode_alpha(render(SUBJECT, OffcutOptions(**options)))))


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"crop": True, "margin": "3px", "background": "white", "format": "jpeg"},
        {"canvas": "400x300", "scale": 0.5, "shadow": True},
        {"output": "inverse", "format": "psd"},
        {"output": "matte", "crop": True},
    ],
    ids=str,
)
def test_it_is_grey_and_of_the_pictures_size(options: dict[str, Any]) -> None:
    image = matte(**options)
    assert (image.format, image.mode) == ("PNG", "L")
    assert_array_equal(np.asarray(image), ALPHA)


def test_the_options_for_the_edge_are_in_it() -> None:
    expected = render(SUBJECT, OffcutOptions(output="matte", feather=4, shift_edge=2))
    assert_array_equal(np.asarray(matte(feather=4, shift_edge=2)), expected.rgba()[..., 0])
    assert set(np.unique(np.asarray(matte(threshold=0.5)))) == {0, 255}
