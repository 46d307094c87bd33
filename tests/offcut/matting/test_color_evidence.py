"""What colours say where the network is unsure."""

from __future__ import annotations

import numpy as np
from offcut.matting.color_evidence import weigh_colors
from PIL import Image
from subjects import disc, picture_of

SIDE = 128


def test_a_doubtful_part_takes_the_side_of_its_colour() -> None:
    inside = disc(SIDE, SIDE, radius=40) > 0
    coarse = inside.astype(np.float32)
    coarse[50:60, 50:60] = 0.4  # a part of the disc
    coarse[5:15, 5:15] = 0.6  # a part of what is around it
    weighed = weigh_colors(Image.fromarray(picture_of(disc(SIDE, SIDE, radius=40))), coarse)
    assert weighed[50:60, 50:60].min() > 0.7
    assert weighed[5:15, 5:15].max() < 0.3


def test_what_the_network_is_sure_of_stays() -> None:
    coarse = (disc(SIDE, SIDE, radius=40) / 255).astype(np.float32)
    other = picture_of(disc(SIDE, SIDE, radius=10))
    assert np.array_equal(weigh_colors(Image.fromarray(other), coarse), coarse)


def test_colours_that_say_nothing_change_nothing() -> None:
    coarse = (disc(SIDE, SIDE, radius=40, softness=30) / 255).astype(np.float32)
    grey = Image.new("RGB", (SIDE, SIDE), (90, 90, 90))
    assert np.allclose(weigh_colors(grey, coarse), coarse, atol=1e-3)


def test_an_empty_matte_stays_empty() -> None:
    coarse = np.full((SIDE, SIDE), 0.004, np.float32)
    picture = Image.fromarray(picture_of(disc(SIDE, SIDE)))
    assert np.array_equal(weigh_colors(picture, coarse), coarse)


def test_a_pixel_of_another_colour_makes_no_speck() -> None:
    inside = disc(SIDE, SIDE, radius=40) > 0
    coarse = inside.astype(np.float32)
    coarse[50:78, 50:78] = 0.45
    picture = picture_of(disc(SIDE, SIDE, radius=40))
    picture[52:76:4, 52:76:4] = picture[2, 2]  # glints that have the background's colour
    weighed = weigh_colors(Image.fromarray(picture), coarse)
    assert weighed[50:78, 50:78].min() > 0.5
