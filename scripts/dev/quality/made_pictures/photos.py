"""Subjects cut out of scikit-image's freely licensed photos, on backgrounds of such photos."""

from collections.abc import Callable
from typing import Final

import numpy as np
from PIL import Image

from dev.free_pictures import free_picture
from dev.quality.made_pictures import outlines, textures
from dev.quality.made_pictures.compositing import LARGE, SIZE, composite
from dev.quality.made_pictures.drawing import circle, coverage, ellipse, polygon
from dev.quality.made_pictures.textures import Colors, Plane, Size
from dev.quality.scores import Truth

Change = Callable[[Plane], Plane]
UPRIGHT: Final = (560, 420)


def make_photos() -> list[Truth]:
    """Make all of them; see the module."""
    wall = textures.photo(SIZE, "brick.png", (180, 200, 210))
    meadow = textures.photo(SIZE, "grass.png", (120, 190, 90), defocus=2)
    gravel = textures.photo(LARGE, "gravel.png", (120, 130, 150), defocus=5)
    dusk = textures.photo(SIZE, "rocket.jpg", defocus=4)
    return [
        _hairy_astronaut(meadow),
        _astronaut_at_dusk(),
        _see_through_astronaut(),
        _astronaut_on_white(),
        _cat("cat, fur, large", gravel),
        _cat("cat, low contrast", textures.clouds(SIZE, (150, 110, 80), (210, 170, 130), 3)),
        _cat("cat on white", textures.even(SIZE, (255, 255, 255))),
        _cup("cup", wall),
        _cup("cup, out of focus", textures.gradient(SIZE, (90, 120, 90), (190, 200, 170)), 4),
        _cup_behind_a_mask(wall),
        _horse("horse, thin legs", meadow, lambda matte: matte),
        _horse("horse, moving", dusk, lambda matte: outlines.motion_blur(matte, 14, 3)),
        _sprite(textures.photo(SIZE, "brick.png", (200, 170, 150))),
    ]


def _astronaut(size: Size, scale: float, left: float, top: float) -> tuple[Plane, Colors]:
    points = outlines.transform(outlines.ASTRONAUT, scale, left, top)
    body = coverage(size, polygon(points))
    colors = textures.place_photo(size, "astronaut.png", scale, left, top)
    return body, textures.extend_colors(colors, body)


def _hairy_astronaut(background: Colors) -> Truth:
    place = (0.9, 90.0, 22.0)
    body, subject = _astronaut(SIZE, *place)
    roots = outlines.transform(outlines.HAIRLINE, *place)
    hair = coverage(SIZE, outlines.hairs(roots, (296, 112), 26, 260, seed=1))
    matte = np.maximum(textures.blur(body, 0.8), hair)
    return composite("astronaut, hair", matte, subject, background)


def _astronaut_at_dusk() -> Truth:
    body, subject = _astronaut(UPRIGHT, 0.7, 40, 205)
    background = textures.photo(UPRIGHT, "rocket.jpg")
    return composite("astronaut, dusk", textures.blur(body, 1.5), subject, background)


def _see_through_astronaut() -> Truth:
    body, subject = _astronaut(SIZE, 0.9, 90, 22)
    window = textures.blur(coverage(SIZE, ellipse(460, 410, 42, 46)), 2)
    matte = outlines.see_through(textures.blur(body, 0.8), window, 0.4)
    background = textures.photo(SIZE, "gravel.png", (190, 190, 180), defocus=1)
    return composite("astronaut, see-through", matte, subject, background)


def _astronaut_on_white() -> Truth:
    """Show a photo from which the even background is cut, with highlights as white as that."""
    body, subject = _astronaut(SIZE, 0.9, 90, 22)
    background = textures.even(SIZE, (255, 255, 255))
    return composite("astronaut on white", textures.blur(body, 0.8), subject, background)


def _cat(name: str, background: Colors) -> Truth:
    height, width = size = background.shape[:2]
    unit = height / SIZE[0]
    scale, left, top = 1.25 * unit, 50 * unit, 40 * unit
    head = coverage(size, outlines.cat(scale, left, top))
    middle = (width / 2, height / 2)
    skin = outlines.around(*middle, 155 * unit, 161 * unit)
    fur = outlines.hairs(skin, middle, 20 * unit, 900, seed=2)
    matte = np.maximum(textures.blur(head, 1.2 * unit), coverage(size, fur))
    colors = textures.place_photo(size, "chelsea.png", scale, left, top)
    return composite(name, matte, textures.extend_colors(colors, head), background)


def _cup(name: str, background: Colors, blur: float = 0.6, own_alpha: Plane | None = None) -> Truth:
    place = (1.1, 10.0, 15.0)
    outline = coverage(SIZE, outlines.cup(*place))
    subject = textures.extend_colors(textures.place_photo(SIZE, "coffee.png", *place), outline)
    return composite(name, textures.blur(outline, blur), subject, background, own_alpha)


def _cup_behind_a_mask(background: Colors) -> Truth:
    """Give the file an alpha channel that is clear at one side of the saucer, and fades."""
    mask = np.clip((np.arange(SIZE[1]) - 150) / 60, 0, 1)
    own_alpha = np.rint(np.broadcast_to(mask, SIZE) * 255) / 255
    return _cup("cup, own alpha", background, own_alpha=own_alpha)


def _horse(name: str, background: Colors, change: Change) -> Truth:
    with Image.open(free_picture("horse.png")) as image:
        silhouette = image.convert("RGBA").convert("L").resize((520, 426), Image.Resampling.LANCZOS)
    matte = np.zeros(SIZE)
    matte[30 : 30 + 426, 60 : 60 + 520] = 1 - np.asarray(silhouette) / 255
    hide = textures.shade(textures.photo(SIZE, "gravel.png", (230, 140, 90), defocus=2))
    return composite(name, change(matte), hide, background)


def _sprite(background: Colors) -> Truth:
    with Image.open(free_picture("logo.png")) as image:
        logo = image.convert("RGB").resize((400, 400), Image.Resampling.LANCZOS)
    subject = np.zeros((*SIZE, 3))
    subject[40:440, 120:520] = np.asarray(logo)
    return composite("badge on a wall", coverage(SIZE, circle(320, 240, 188)), subject, background)
