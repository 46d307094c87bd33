"""Of an animation comes the frame that a person means, and words that say which it is."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from animated import SIZE, ApngFrame, apng, disc, gif, nothing, webp
from decoded import alpha_of, rgb_of
from files import png_chunk
from numpy.testing import assert_array_equal
from offcut.decoding.decode import decode
from offcut.source_image import SourceImage
from PIL import Image

GREEN = (40, 160, 60)


def assert_shows(source: SourceImage, expected: Image.Image) -> None:
    pixels = np.asarray(expected)
    assert_array_equal(alpha_of(source), pixels[..., 3])
    shown = pixels[..., 3] > 0
    assert_array_equal(rgb_of(source)[shown], pixels[shown, :3])


def test_a_plain_picture_outside_of_the_animation_is_never_shown() -> None:
    square = nothing((20, 20, 200, 255))
    frames = [ApngFrame(disc()), ApngFrame(disc(GREEN))]
    source = decode(apng(square, frames, shows_still=False))
    assert_shows(source, disc())
    assert source.notices == ("FIRST_FRAME_ONLY",)
    single = decode(apng(square, frames[:1], shows_still=False))
    assert_shows(single, disc())
    assert single.notices == ()


def test_the_first_frame_may_be_smaller_than_the_canvas_and_see_through() -> None:
    small = disc().crop((8, 4, 33, 28))
    frames = [ApngFrame(small, left=8, top=4, blend=1)]
    source = decode(apng(nothing((20, 20, 200, 255)), frames, shows_still=False))
    assert_shows(source, disc())


def test_a_plain_picture_that_is_the_first_frame_is_taken() -> None:
    frames = [ApngFrame(disc()), ApngFrame(disc(GREEN))]
    source = decode(apng(disc(), frames, shows_still=True))
    assert_shows(source, disc())
    assert source.notices == ("FIRST_FRAME_ONLY",)


@pytest.mark.parametrize(
    "empty",
    [nothing(), nothing((9, 9, 9, 0)), nothing((255, 255, 255, 255))],
    ids=["clear", "hidden colours", "one colour"],
)
def test_an_apng_that_begins_empty_gives_its_first_frame_with_something_in_it(
    empty: Image.Image,
) -> None:
    frames = [ApngFrame(empty), ApngFrame(empty), ApngFrame(disc())]
    source = decode(apng(empty, frames, shows_still=True))
    assert_shows(source, disc())
    assert source.notices == ("LATER_FRAME_TAKEN",)


def test_a_frame_is_laid_over_what_is_left_of_those_before_it() -> None:
    white = nothing((255, 255, 255, 255))
    for disposal, ground in ((0, (255, 255, 255, 255)), (1, (0, 0, 0, 0)), (2, (0, 0, 0, 0))):
        frames = [ApngFrame(white, disposal=disposal), ApngFrame(disc(), blend=1)]
        source = decode(apng(white, frames, shows_still=True))
        expected = nothing(ground)
        expected.alpha_composite(disc())
        assert_array_equal(rgb_of(source), np.asarray(expected)[..., :3])
        assert source.notices == ("LATER_FRAME_TAKEN",)


@pytest.mark.parametrize("write", [gif, webp])
def test_a_gif_or_webp_that_begins_empty_gives_its_first_frame_with_something_in_it(
    write: Callable[[list[Image.Image]], bytes],
) -> None:
    data = write([nothing(), nothing(), disc(), disc(GREEN)])
    source = decode(data)
    assert_shows(source, disc())
    assert source.notices == ("LATER_FRAME_TAKEN",)


def test_a_gif_of_one_colour_first_is_played_on() -> None:
    white = nothing((255, 255, 255, 255)).convert("RGB")
    second = white.copy()
    second.paste((200, 40, 40), (10, 10, 20, 20))
    source = decode(gif([white, second]))
    assert rgb_of(source)[15, 15].tolist() == [200, 40, 40]
    assert rgb_of(source)[2, 2].tolist() == [255, 255, 255]
    assert source.notices == ("LATER_FRAME_TAKEN",)


@pytest.mark.parametrize("write", [gif, webp])
def test_an_animation_that_shows_nothing_at_all_is_its_first_frame(
    write: Callable[[list[Image.Image]], bytes],
) -> None:
    data = write([nothing(), nothing(), nothing()])
    source = decode(data)
    assert source.size == (SIZE[1], SIZE[0])
    assert alpha_of(source).max() == 0


def test_a_broken_animation_is_the_plain_picture() -> None:
    whole = apng(disc(), [ApngFrame(disc(GREEN)), ApngFrame(disc())], shows_still=False)
    outside = bytearray(whole)
    at = outside.index(b"fcTL")
    outside[at + 8 : at + 12] = (SIZE[0] + 1).to_bytes(4, "big")
    outside[at - 4 : at + 34] = png_chunk(b"fcTL", bytes(outside[at + 4 : at + 30]))
    assert_shows(decode(bytes(outside)), disc())
    empty = apng(disc(), [], shows_still=False)
    assert_shows(decode(empty), disc())


def test_a_later_frame_that_is_broken_spoils_nothing() -> None:
    data = gif([nothing(), disc()])
    source = decode(data[:-40] + b";")
    assert source.size == (SIZE[1], SIZE[0])
