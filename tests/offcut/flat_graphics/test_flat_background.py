"""Flat graphics are cut exactly, and nothing else is touched."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytest
from dev.quality.made_pictures.drawing import Layers, Rgb, box, circle, drawing, letters, ring
from files import saved
from numpy.typing import NDArray
from offcut import run_pipeline
from offcut.decoding.decode import decode
from offcut.errors import SubjectError
from offcut.flat_graphics.flat_background import FlatCut, cut_flat_background
from PIL import Image, ImageFilter
from subjects import SPEC, FakeSession, disc, source_of

BLIND = np.zeros((64, 64), np.float32)
RED, BLUE, BLACK, WHITE = (200, 40, 40), (30, 90, 200), (20, 20, 20), (255, 255, 255)
LOGO: Layers = [
    ((240, 140, 20), circle(80, 100, 55)),
    ((20, 60, 120), letters(150, 50, "Acme 80", 60)),
    ((90, 90, 90), letters(150, 130, "good goods since 1990", 18)),
]
DRAWINGS: dict[str, tuple[tuple[int, int], Layers, Rgb]] = {
    "disc": ((200, 240), [(RED, circle(120, 95, 60))], WHITE),
    "ring": ((200, 240), [(BLUE, ring(120, 100, 70, 9))], WHITE),
    "letters": ((160, 400), [(BLACK, letters(20, 30, "Bagel 80", 70))], WHITE),
    "light letters": ((160, 400), [((250, 250, 240), letters(20, 30, "Bagel 80", 70))], BLUE),
    "logo": ((200, 420), LOGO, WHITE),
    "clip art": (
        (240, 240),
        [(BLACK, circle(120, 120, 90)), ((255, 210, 120), circle(120, 120, 84)),
         (WHITE, circle(90, 100, 18)), (WHITE, circle(150, 100, 18))],
        WHITE,
    ),
    "button": (
        (120, 240),
        [(BLUE, box(20, 20, 220, 100)), (WHITE, letters(45, 30, "Sale 50", 40))],
        WHITE,
    ),
}  # fmt: skip


def cut(file: bytes, coarse: NDArray[np.float32] = BLIND) -> FlatCut | None:
    return cut_flat_background(decode(file), coarse)


def jpeg(image: NDArray[np.uint8], quality: int) -> bytes:
    return saved(image, "JPEG", quality=quality)


def seen(alpha: NDArray[Any]) -> NDArray[np.float32]:
    """What a network of 64 pixels sees of a matte."""
    small = Image.fromarray(np.rint(alpha * 255).astype(np.uint8)).resize((64, 64))
    return np.asarray(small, np.float32) / np.float32(255)


# ---- what is cut ------------------------------------------------------------------------


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_drawing_on_paper_is_cut_exactly(name: str) -> None:
    image, alpha, _ = drawing(*DRAWINGS[name])
    found = cut(saved(image, "PNG"), seen(alpha))
    assert found is not None
    assert found.is_drawn
    error = np.abs(found.alpha / 255 - alpha)
    assert error.mean() < 0.0005
    soft = (alpha > 0.01) & (alpha < 0.99)
    assert error[soft].mean() < 0.01


@pytest.mark.parametrize("quality", [95, 80, 60])
@pytest.mark.parametrize("name", [name for name in DRAWINGS if name != "light letters"])
def test_a_compressed_drawing_is_cut_without_its_noise(name: str, quality: int) -> None:
    image, alpha, _ = drawing(*DRAWINGS[name])
    found = cut(jpeg(image, quality), seen(alpha))
    assert found is not None
    error = np.abs(found.alpha / 255 - alpha)
    assert error.mean() < {95: 0.002, 80: 0.006, 60: 0.01}[quality]
    far = np.asarray(Image.fromarray(alpha == 0).convert("L").filter(ImageFilter.MinFilter(17)))
    assert not found.alpha[far > 0].any()


def test_nothing_of_the_paper_is_left_in_the_colours() -> None:
    image, alpha, colors = drawing(*DRAWINGS["logo"])
    cutout = run_pipeline(saved(image, "PNG"), FakeSession(BLIND[None, None]), SPEC)
    edge = (alpha > 0.1) & (alpha < 0.99)
    own = np.abs(cutout.rgba()[..., :3] - colors).mean(axis=2)[edge].mean()
    mixed = np.abs(image - colors).mean(axis=2)[edge].mean()
    assert own < 0.05 * mixed


def test_a_drawing_is_cut_where_the_network_sees_nothing() -> None:
    image, alpha, _ = drawing(*DRAWINGS["letters"])
    cutout = run_pipeline(saved(image, "PNG"), FakeSession(BLIND[None, None]), SPEC)
    assert np.abs(cutout.alpha / 255 - alpha).mean() < 0.0005


def test_a_large_hole_is_one_unless_the_network_sees_it_filled() -> None:
    layers: Layers = [(BLACK, circle(120, 100, 80)), (RED, circle(120, 100, 70)),
                      (WHITE, circle(120, 100, 35))]  # fmt: skip
    image, alpha, _ = drawing((200, 240), layers)
    open_alpha = np.where(np.hypot(*(np.mgrid[:200, :240] - [[[99.5]], [[119.5]]])) < 35, 0, alpha)
    for truth in (alpha, open_alpha):
        found = cut(saved(image, "PNG"), seen(truth))
        assert found is not None
        assert (found.alpha[100, 120] > 0) == (truth[100, 120] > 0)


# ---- what is left to the network --------------------------------------------------------


def with_shadow(strength: float) -> NDArray[np.uint8]:
    """A dark disc on white with a soft shadow under it."""
    image, alpha, _ = drawing((300, 400), [((60, 70, 80), circle(200, 130, 80))])
    shape = Image.new("L", (400, 300))
    shape.paste(255, (120, 190, 300, 240))
    shade = np.asarray(shape.filter(ImageFilter.GaussianBlur(14))) / 255 * strength
    lit = alpha + (1 - alpha) * (1 - shade)
    return np.rint(image * lit[..., None]).astype(np.uint8)


def on_wall() -> NDArray[np.uint8]:
    """A disc on a plain wall, with the light and the grain of a photo."""
    image, alpha, _ = drawing((300, 400), [(RED, circle(200, 150, 80))])
    y, x = np.mgrid[:300, :400]
    grain = np.random.default_rng(3).normal(0, 2.5, (300, 400))
    wall = (200 + x / 40 - y / 60 + grain)[..., None]
    return np.clip(image * alpha[..., None] + wall * (1 - alpha[..., None]), 0, 255).astype(
        np.uint8
    )


def framed() -> NDArray[np.uint8]:
    """A photo in a white frame."""
    image = np.full((300, 400, 3), 255, np.uint8)
    image[30:-30, 30:-30] = on_wall()[30:-30, 30:-30]
    return image


@pytest.mark.parametrize("quality", [None, 90, 75])
@pytest.mark.parametrize(
    "image", [with_shadow(0.5), with_shadow(0.1), framed()],
    ids=["shadow", "faint shadow", "frame"],
)  # fmt: skip
def test_what_is_not_certain_is_left_to_the_network(
    image: NDArray[np.uint8], quality: int | None
) -> None:
    file = saved(image, "PNG") if quality is None else jpeg(image, quality)
    assert cut(file, (disc(64, 64, radius=20) / 255).astype(np.float32)) is None


def test_a_photo_on_white_keeps_the_highlights_that_the_network_sees_as_subject() -> None:
    _, alpha, _ = drawing((240, 320), [(RED, circle(160, 120, 90))])
    texture = np.random.default_rng(1).integers(40, 200, (240, 320, 3))
    texture[60:180, 60:90] = 255  # burnt out, and open to the background
    image = np.rint(texture * alpha[..., None] + 255 * (1 - alpha[..., None])).astype(np.uint8)
    found = cut(saved(image, "PNG"), seen(alpha))
    assert found is not None
    assert not found.is_drawn
    assert found.alpha[120, 76] == 0
    refined = np.rint(alpha * 255).astype(np.uint8)
    assert found.join(refined)[120, 76] == 255


def test_a_photo_on_white_is_not_cut_where_the_network_sees_nothing() -> None:
    image = np.full((200, 200, 3), 255, np.uint8)
    image[50:150, 50:150] = np.random.default_rng(1).integers(0, 200, (100, 100, 3))
    assert cut(saved(image, "PNG")) is None


@pytest.mark.parametrize("color", [WHITE, BLACK])
def test_a_blank_sheet_has_no_subject(color: Rgb) -> None:
    file = saved(np.full((50, 60, 3), color, np.uint8), "PNG")
    with pytest.raises(SubjectError):
        run_pipeline(file, FakeSession(BLIND[None, None]), SPEC)


def test_a_picture_with_an_alpha_channel_of_its_own_is_left_alone() -> None:
    image, alpha, _ = drawing(*DRAWINGS["disc"])
    source = source_of(image, np.rint(alpha * 255).astype(np.uint8))
    assert cut_flat_background(source, BLIND) is None


@pytest.mark.parametrize("size", [(1, 1), (1, 300), (300, 1), (2, 2), (3, 5), (5, 400)])
def test_pictures_of_hardly_any_pixels_are_answered(size: tuple[int, int]) -> None:
    image = np.full((*size, 3), 255, np.uint8)
    image[size[0] // 2, size[1] // 2] = 0
    buffer = io.BytesIO()
    Image.fromarray(image).save(buffer, "PNG")
    found = cut(buffer.getvalue())
    assert found is None or found.alpha.shape == size
