"""Whatever comes in and whatever is asked for: a cutout or an OffcutError, nothing else."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
from files import saved
from fuzzing import tries
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from offcut import OffcutError, OffcutOptions, run_pipeline
from offcut.decoding.decode import decode
from offcut.flat_graphics.flat_background import cut_flat_background
from PIL import Image
from subjects import SIDE, SPEC, FakeSession, disc

LEVELS = st.sampled_from([0.0, 0.2, 0.49, 0.5, 0.9, 1.0])
COLORS = st.sampled_from([(255, 255, 255), (0, 0, 0), (200, 30, 30), (250, 250, 252)])
FORMATS: st.SearchStrategy[tuple[str, dict[str, Any]]] = st.sampled_from(
    [("PNG", {}), ("JPEG", {"quality": 60}), ("WEBP", {"quality": 70}), ("BMP", {}), ("GIF", {})]
)
OPTIONS: dict[str, st.SearchStrategy[Any]] = {
    "quality": st.sampled_from(["auto", "fast", "best"]),
    "output": st.sampled_from(["cutout", "matte", "inverse"]),
    "format": st.sampled_from(["png", "webp", "jpeg"]),
    "background": st.sampled_from(["transparent", "white", "blur"]),
    "crop": st.booleans(),
    "canvas": st.sampled_from(["40x1", "1x40", "64x64"]),
    "shadow": st.booleans(),
    "feather": st.sampled_from([0.0, 0.5, 30.0]),
    "shift_edge": st.sampled_from([-50.0, -0.5, 0.0, 3.0]),
    "threshold": st.sampled_from([None, 0.001, 0.5, 1.0]),
    "max_megapixels": st.sampled_from([0.001, 1.0]),
}


@st.composite
def pictures(draw: st.DrawFn) -> NDArray[np.uint8]:
    """Paper with boxes, lines and noise on it: flat graphics, nearly flat ones, and neither."""
    height, width = draw(st.integers(1, 60)), draw(st.integers(1, 60))
    image = np.empty((height, width, 3), np.uint8)
    image[:] = draw(COLORS)
    for _ in range(draw(st.integers(0, 5))):
        top, left = draw(st.integers(0, height - 1)), draw(st.integers(0, width - 1))
        tall, wide = draw(st.integers(1, height)), draw(st.integers(1, width))
        image[top : top + tall, left : left + wide] = draw(COLORS)
    strength = draw(st.sampled_from([0, 0, 0, 1, 6, 120]))
    if strength:
        seed = draw(st.integers(0, 999))
        noise = np.random.default_rng(seed).integers(-strength, strength + 1, image.shape)
        image = np.clip(image + noise, 0, 255).astype(np.uint8)
    return image


@st.composite
def mattes(draw: st.DrawFn) -> NDArray[np.float32]:
    """What a network may see: one level, a disc, or noise."""
    kind = draw(st.sampled_from(["even", "disc", "noise"]))
    if kind == "even":
        return np.full((1, 1, SIDE, SIDE), draw(LEVELS), np.float32)
    if kind == "disc":
        return (disc(SIDE, SIDE, radius=draw(st.integers(1, 40))) / 255).astype(np.float32)[
            None, None
        ]
    noise = np.random.default_rng(draw(st.integers(0, 99))).random((1, 1, SIDE, SIDE))
    return noise.astype(np.float32)


@tries(60)
@given(pictures(), FORMATS, mattes(), st.fixed_dictionaries({}, optional=OPTIONS))
def test_any_picture_and_any_matte_give_a_cutout_or_an_error(
    picture: NDArray[np.uint8],
    form: tuple[str, dict[str, Any]],
    matte: NDArray[np.float32],
    values: dict[str, Any],
) -> None:
    file = saved(picture, form[0], **form[1])
    try:
        cutout = run_pipeline(file, FakeSession(matte), SPEC, OffcutOptions(**values))
    except OffcutError as error:
        assert error.code in {"NO_SUBJECT", "IMAGE_TOO_LARGE", "BAD_OPTION"}
        return
    assert cutout.alpha.shape == picture.shape[:2]
    with Image.open(io.BytesIO(cutout.encoded)) as image:
        image.load()
        assert (image.height, image.width) == cutout.size


@tries(60)
@given(pictures(), mattes())
def test_a_flat_cut_takes_only_what_looks_like_its_background(
    picture: NDArray[np.uint8], matte: NDArray[np.float32]
) -> None:
    found = cut_flat_background(decode(saved(picture, "PNG")), matte[0, 0])
    if found is None:
        return
    away = np.abs(picture.astype(int) - found.background[..., :3]).max(axis=2)
    assert not (away[found.alpha == 0] > 40).any()
    assert found.alpha.any()
