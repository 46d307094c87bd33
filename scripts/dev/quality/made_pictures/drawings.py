"""Subjects and backgrounds drawn by numbers, with a camera's grain."""

import numpy as np

from dev.quality.made_pictures import outlines, textures
from dev.quality.made_pictures.compositing import SIZE, SMALL, composite
from dev.quality.made_pictures.drawing import Rgb, box, circle, coverage, ellipse, union
from dev.quality.made_pictures.textures import Colors, Size
from dev.quality.scores import Truth


def make_drawings() -> list[Truth]:
    """Make all of them; see the module."""
    return [
        _mug(),
        _pierced_board(),
        _plant("plant", textures.clouds(SIZE, (200, 180, 170), (235, 225, 215), 16)),
        _plant("plant on white", textures.even(SIZE, (255, 255, 255))),
        _moving_figure(),
        _jar(),
        _hair_all_round(),
        _grey_on_grey(),
        _soft_ball(),
    ]


def _surface(dark: Rgb, light: Rgb, seed: int, size: Size = SIZE) -> Colors:
    return textures.shade(textures.clouds(size, dark, light, seed))


def _mug() -> Truth:
    matte = textures.blur(coverage(SIZE, outlines.mug(290, 110, 300)), 0.7)
    background = textures.gradient(SIZE, (190, 210, 235), (225, 220, 205))
    return composite(
        "mug with a handle", matte, _surface((20, 60, 60), (70, 130, 120), 11), background
    )


def _pierced_board() -> Truth:
    holes = [circle(x, y, 30, fill=0) for x in (230, 410) for y in (150, 330)]
    matte = coverage(SIZE, union(box(130, 50, 510, 430), *holes))
    background = textures.clouds(SIZE, (40, 60, 80), (90, 110, 130), 13)
    return composite(
        "pierced board", matte, _surface((150, 60, 30), (220, 120, 60), 12), background
    )


def _plant(name: str, background: Colors) -> Truth:
    matte = textures.blur(coverage(SIZE, outlines.plant(320, 450, 400, seed=14)), 0.6)
    return composite(name, matte, _surface((20, 80, 30), (90, 150, 60), 15), background)


def _moving_figure() -> Truth:
    matte = outlines.motion_blur(coverage(SMALL, outlines.figure(160, 15, 210)), 6, 0)
    background = textures.gradient(SMALL, (150, 170, 190), (90, 100, 90))
    subject = _surface((130, 30, 40), (220, 90, 70), 17, SMALL)
    return composite("moving figure, small", matte, subject, background)


def _jar() -> Truth:
    jar = union(box(215, 110, 425, 430), ellipse(320, 110, 105, 28))
    matte = outlines.see_through(
        textures.blur(coverage(SIZE, jar), 0.7), coverage(SIZE, box(233, 130, 407, 300)), 0.35
    )
    background = textures.stripes(SIZE, (60, 90, 110), (110, 150, 160), 90)
    return composite("glass jar", matte, _surface((90, 60, 30), (230, 180, 90), 18), background)


def _hair_all_round() -> Truth:
    middle = (320.0, 240.0)
    hair = outlines.hairs(outlines.around(*middle, 130, 130), middle, 32, 600, seed=19)
    matte = np.maximum(
        textures.blur(coverage(SIZE, circle(*middle, 132)), 0.7), coverage(SIZE, hair)
    )
    background = textures.gradient(SIZE, (30, 50, 40), (60, 90, 60))
    return composite(
        "hair all round", matte, _surface((220, 170, 60), (255, 230, 150), 20), background
    )


def _grey_on_grey() -> Truth:
    matte = textures.blur(coverage(SIZE, circle(320, 240, 150)), 1)
    background = textures.gradient(SIZE, (128, 128, 130), (140, 140, 142))
    return composite("grey on grey", matte, _surface((95, 95, 98), (165, 165, 160), 21), background)


def _soft_ball() -> Truth:
    matte = textures.blur(coverage(SIZE, circle(320, 240, 150)), 5)
    background = textures.clouds(SIZE, (20, 60, 110), (70, 110, 160), 22)
    return composite("soft ball", matte, _surface((230, 200, 60), (250, 240, 180), 23), background)
