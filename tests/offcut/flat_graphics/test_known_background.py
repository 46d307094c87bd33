"""Backgrounds that are known but not constant: gradients, checkerboards, coloured screens."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from dev.quality.made_pictures.drawing import Layers, box, circle, drawing, ring
from files import saved
from numpy.typing import NDArray
from offcut.decoding.decode import decode
from offcut.flat_graphics.checkerboard import find_checkerboard
from offcut.flat_graphics.flat_background import FlatCut, cut_flat_background
from offcut.flat_graphics.smooth_surface import fit_surface
from offcut.matting.foreground import ColorLayers
from PIL import Image

SIZE = (180, 240)
INK = (28, 36, 110)
LINES: Layers = [(INK, ring(120, 90, 60, 4)), (INK, box(20, 88, 220, 92))]
ROBOT: Layers = [
    ((40, 90, 160), box(70, 80, 170, 160)),
    ((20, 20, 20), box(116, 50, 124, 84)),
    ((220, 50, 40), circle(120, 44, 14)),
]
LIGHT_ROBOT: Layers = [((215, 225, 250), shape) for _, shape in ROBOT]


def light(kind: str) -> NDArray[np.float64]:
    """Brightness over a sheet or a backdrop: shape (H, W), about 120 to 230."""
    y, x = np.mgrid[: SIZE[0], : SIZE[1]]
    x, y = x / SIZE[1] * 2 - 1, y / SIZE[0] * 2 - 1
    if kind == "from the side":
        return 180 + 45 * x - 15 * y
    if kind == "vignette":
        return 225 - 40 * (x**2 + y**2) - 8 * (x**2 + y**2) ** 2
    return 170 + 30 * y + 20 * x * y - 15 * x**2


def board(square: float, colors: tuple[int, int]) -> NDArray[np.float64]:
    """A checkerboard of squares of any size, drawn large and made smaller."""
    scale = 8
    y, x = np.mgrid[: SIZE[0] * scale, : SIZE[1] * scale] / scale
    odd = (np.floor((x + 3) / square) + np.floor((y + 5) / square)) % 2
    large = np.where(odd == 0, *colors).astype(np.uint8)
    small = Image.fromarray(large).resize((SIZE[1], SIZE[0]), Image.Resampling.BOX)
    return np.asarray(small).astype(np.float64)


def on(layers: Layers, behind: NDArray[Any], grain: float = 0) -> tuple[Any, Any]:
    """Lay drawings on a background: the picture, uint8 (H, W, 3), and its alpha (H, W)."""
    image, alpha, _ = drawing(SIZE, layers, (0, 0, 0))
    noise = np.random.default_rng(3).normal(0, grain, (*SIZE, 1)) if grain else 0.0
    behind = behind if behind.ndim == 3 else behind[..., np.newaxis]
    # `drawing` has mixed its colours with black: they are premultiplied.
    mixed = image + (1 - alpha[..., np.newaxis]) * behind + noise
    return np.clip(np.rint(mixed), 0, 255).astype(np.uint8), alpha


def cut(image: NDArray[np.uint8], alpha: NDArray[Any], quality: int | None = None) -> FlatCut:
    file = saved(image, "PNG") if quality is None else saved(image, "JPEG", quality=quality)
    small = Image.fromarray(np.rint(alpha * 255).astype(np.uint8)).resize((64, 64))
    found = cut_flat_background(decode(file), np.asarray(small, np.float32) / np.float32(255))
    assert found is not None
    return found


@pytest.mark.parametrize("quality", [None, 90])
@pytest.mark.parametrize("grain", [0, 1.5])
@pytest.mark.parametrize("kind", ["from the side", "vignette", "saddle"])
def test_ink_on_paper_in_uneven_light_is_cut_off_it(
    kind: str, grain: float, quality: int | None
) -> None:
    image, alpha = on(LINES, light(kind), grain)
    found = cut(image, alpha, quality)
    assert np.abs(found.alpha / 255 - alpha).mean() < 0.006
    assert (found.alpha[alpha == 0] > 40).mean() < 0.002


def test_a_surface_is_handed_on_as_the_background_s_colours() -> None:
    image, alpha = on(LINES, light("vignette"))
    layers = ColorLayers(np.zeros((1, 1, 4), np.uint8), np.zeros((1, 1, 4), np.uint8))
    known = cut(image, alpha).with_known_background(layers).background
    assert np.abs(known[..., 0] - light("vignette")).max() <= 2


@pytest.mark.parametrize("quality", [None, 92])
@pytest.mark.parametrize("square", [8.0, 10.0, 13.3])
@pytest.mark.parametrize("colors", [(255, 204), (204, 153), (60, 80)])
def test_the_checkerboard_of_transparency_is_cut_away(
    colors: tuple[int, int], square: float, quality: int | None
) -> None:
    image, alpha = on(ROBOT if max(colors) > 200 else LIGHT_ROBOT, board(square, colors))
    found = cut(image, alpha, quality)
    assert found.alpha[alpha == 1].mean() > 252
    assert (found.alpha[alpha == 0] > 40).mean() < 0.002


def test_a_board_of_few_large_squares_is_cut_away_or_left_to_the_network() -> None:
    for side in (160, 320):
        y, x = np.mgrid[:side, :side] // 32
        image = np.where((x + y) % 2 == 0, 255, 230).astype(np.uint8)
        image[side // 3 : side // 2, side // 3 : side // 2] = 40
        found = find_checkerboard(decode(saved(np.dstack([image] * 3), "PNG")))
        assert found is None or abs(found.down.half - 32) < 1


def test_the_board_seen_through_a_ring_is_a_hole() -> None:
    image, alpha = on([((40, 90, 160), ring(120, 90, 70, 12))], board(10, (255, 204)))
    assert cut(image, alpha).alpha[90, 120] == 0


@pytest.mark.parametrize("screen", [(24, 216, 43), (20, 60, 210)])
def test_hair_before_a_screen_has_nothing_of_its_hue(screen: tuple[int, int, int]) -> None:
    hair: Layers = [((70, 40, 25), box(60 + 6 * i, 30, 60.8 + 6 * i, 100)) for i in range(20)]
    skin: Layers = [((224, 180, 150), circle(120, 125, 45))]
    behind = np.full((*SIZE, 3), screen, np.float64)
    image, alpha = on([*hair, *skin], behind, 1.0)
    found = cut(image, alpha, 90)
    shown = found.alpha.astype(np.float64) / 255
    strongest = int(np.argmax(screen))
    own = (image - (1 - shown[..., None]) * behind) / np.maximum(shown[..., None], 1e-3)
    others = np.delete(own, strongest, axis=2).max(axis=2)
    # A JPEG keeps hue at half the resolution, so that the file itself is a little off.
    assert ((shown > 0.25) & (own[..., strongest] > others + 30)).mean() < 0.002
    assert found.alpha[125, 120] == 255


def test_a_green_thing_before_green_is_not_made_transparent() -> None:
    behind = np.full((*SIZE, 3), (24, 216, 43), np.float64)
    image, alpha = on([((20, 120, 30), circle(120, 90, 60))], behind)
    assert cut(image, alpha).alpha[90, 120] == 255


def test_a_busy_border_is_neither_surface_nor_checkerboard() -> None:
    noise = np.random.default_rng(1).integers(0, 255, (*SIZE, 3)).astype(np.uint8)
    soft = np.asarray(Image.fromarray(noise).resize((24, 18)).resize((SIZE[1], SIZE[0])))
    for image in (noise, soft):
        source = decode(saved(image, "PNG"))
        assert fit_surface(source) is None
        assert find_checkerboard(source) is None
