"""Whatever options are valid can be rendered, or are refused by name."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
from fuzzing import tries
from hypothesis import given
from hypothesis import strategies as st
from offcut import OffcutError, OffcutOptions, render
from PIL import Image
from subjects import disc, source_of, subject_of

LENGTHS = st.sampled_from(["0", "1px", "33.3%", "7px", "150%", "99999px", "9999%"])
SIGNED = LENGTHS | LENGTHS.map(lambda text: "-" + text)
SHARES = st.floats(0.001, 1)
PERCENTS = st.sampled_from(["0%", "100%", "50%", "12.3% 77%"])
COLORS = st.sampled_from(["black", "#fff", "#01020304", "transparent", "#0000"])

OPTIONS: dict[str, st.SearchStrategy[Any]] = {
    "max_megapixels": st.just(1.0),
    "threshold": st.none() | SHARES,
    "shift_edge": st.floats(-50, 50),
    "feather": st.floats(0, 250),
    "output": st.sampled_from(["cutout", "matte", "inverse"]),
    "crop": st.booleans(),
    "margin": st.sampled_from(["0", "3px 50%", "1px 2px 3px 4px", "99999px"]),
    "aspect": st.none() | st.sampled_from(["1:1", "100:1", "1:100", "16:9"]),
    "canvas": st.none() | st.sampled_from(["1x1", "999x1", "1x999", "64x48", "777x555"]),
    "scale": st.none() | SHARES,
    "position": PERCENTS,
    "background": COLORS | st.sampled_from(["blur", "picture"]),
    "background_blur": st.floats(1, 20),
    "shadow": st.booleans(),
    "shadow_offset": st.tuples(SIGNED, SIGNED).map(",".join),
    "shadow_blur": LENGTHS,
    "shadow_opacity": st.floats(0, 1),
    "shadow_color": COLORS,
    "format": st.sampled_from(["png", "webp", "jpeg"]),
    "file_quality": st.integers(1, 100),
    "lossless": st.booleans(),
    "metadata": st.sampled_from(["none", "all"]),
}
SOFT = disc(40, 56, radius=12, softness=5)
OWN = np.where(disc(40, 56, radius=15) > 0, 200, 0).astype(np.uint8)
SUBJECTS = [
    subject_of(SOFT),
    subject_of(np.minimum(SOFT, OWN), own_alpha=OWN),
    subject_of(np.full((1, 1), 255, np.uint8)),
    subject_of(np.zeros((3, 700), np.uint8)),
]
BEHIND = source_of(np.full((5, 9, 3), 77, np.uint8), np.full((5, 9), 128, np.uint8))


@tries(300)
@given(st.sampled_from(range(len(SUBJECTS))), st.fixed_dictionaries({}, optional=OPTIONS))
def test_valid_options_give_a_picture_or_an_error_that_names_one(
    number: int, values: dict[str, Any]
) -> None:
    try:
        cutout = render(SUBJECTS[number], OffcutOptions(**values), background_picture=BEHIND)
    except OffcutError as error:
        assert error.code == "BAD_OPTION"
        assert error.detail["option"] in {"aspect", "canvas", "lossless", "margin", "scale"}
        return
    with Image.open(io.BytesIO(cutout.encoded)) as image:
        image.load()
        assert (image.height, image.width) == cutout.size
    if cutout.options.format == "png" and image.mode == "RGBA":
        pixels = np.asarray(image)
        assert not pixels[pixels[..., 3] == 0].any()
