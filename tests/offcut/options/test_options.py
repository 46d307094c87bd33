"""Options: every value is checked at the door, by name, and survives a trip through JSON."""

from __future__ import annotations

import inspect
import json
import math
from dataclasses import FrozenInstanceError
from typing import Any

import pytest
from fuzzing import tries
from hypothesis import given
from hypothesis import strategies as st
from offcut import OffcutError, OffcutOptions
from offcut.options.colors import Color, parse_color
from offcut.options.lengths import (
    Length,
    parse_aspect,
    parse_margins,
    parse_offset,
    parse_position,
    parse_size,
)
from offcut.options.option_rules import ABOVE_ZERO, Choice, Number
from offcut.options.options import RULES

VALID: dict[str, st.SearchStrategy[Any]] = {
    "quality": st.sampled_from(["auto", "fast", "best"]),
    "model": st.none() | st.text(min_size=1),
    "max_megapixels": st.floats(1, 200),
    "threshold": st.none() | st.floats(0.01, 1),
    "shift_edge": st.floats(-50, 50) | st.integers(-50, 50),
    "feather": st.floats(0, 250),
    "output": st.sampled_from(["cutout", "matte", "inverse"]),
    "crop": st.booleans(),
    "margin": st.sampled_from(["0", "5%", "1px 2px", "1,2,3,4%"]),
    "aspect": st.sampled_from(["16:9", "1/1", "1.91:1"]),
    "position": st.sampled_from(["50%", "0% 100%", "12.5%,3%"]),
    "background": st.sampled_from(["transparent", "blur", "picture", "#fff", "#01020304", "Red"]),
    "background_blur": st.floats(1, 20),
    "outline": st.sampled_from(["0", "3%", "12px"]),
    "outline_color": st.sampled_from(["white", "#00f8"]),
    "shadow": st.booleans(),
    "shadow_offset": st.sampled_from(["0 0", "-3px,8%"]),
    "shadow_blur": st.sampled_from(["0", "5%"]),
    "shadow_opacity": st.floats(0, 1),
    "shadow_color": st.sampled_from(["navy", "#00f8"]),
    "format": st.sampled_from(["png", "webp"]),
    "file_quality": st.integers(1, 100),
    "lossless": st.booleans(),
    "metadata": st.sampled_from(["none", "all"]),
}

JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
NEARLY_VALID = st.from_regex(r"-?[0-9]{0,6}(px|%|:|x|,| |\.|#|/)[0-9a-f]{0,8}(%|px)?")


@given(st.fixed_dictionaries({}, optional=VALID))
def test_options_survive_a_trip_through_json(values: dict[str, Any]) -> None:
    options = OffcutOptions.from_json(values)
    assert OffcutOptions.from_json(json.loads(json.dumps(options.to_json()))) == options


@tries(100)
@given(st.dictionaries(st.sampled_from([*RULES]) | st.text(), JSON_VALUES | NEARLY_VALID))
def test_any_json_gives_options_or_the_name_of_the_bad_one(values: dict[str, Any]) -> None:
    try:
        options = OffcutOptions.from_json(values)
    except OffcutError as error:
        assert error.code == "BAD_OPTION"
        assert str(error.detail["option"]) in {name[:40] for name in values}
        assert str(error.detail["option"]) in error.message
    else:
        assert OffcutOptions.from_json(options.to_json()) == options


@given(JSON_VALUES.filter(lambda value: not isinstance(value, dict)))
def test_json_that_is_no_object_is_a_bad_option(value: Any) -> None:
    with pytest.raises(OffcutError, match="must be an object"):
        OffcutOptions.from_json(value)


@pytest.mark.parametrize(
    ("values", "option", "problem"),
    [
        ({"qualty": "fast"}, "qualty", "does not exist"),
        ({"quality": "good"}, "quality", "must be one of auto, fast, best, not 'good'"),
        ({"quality": None}, "quality", "must be a text, not null"),
        ({"model": ""}, "model", "must not be empty"),
        ({"model": 3}, "model", "must be a text, not int"),
        ({"crop": 1}, "crop", "must be true or false, not int"),
        ({"max_megapixels": 0}, "max_megapixels", "must be above 0 and at most 200"),
        ({"max_megapixels": True}, "max_megapixels", "must be a number, not bool"),
        ({"feather": -1}, "feather", "must be at least 0 and at most 250"),
        ({"feather": math.nan}, "feather", "must be at least 0 and at most 250"),
        ({"shift_edge": math.inf}, "shift_edge", "must be at least -50 and at most 50"),
        ({"file_quality": 90.5}, "file_quality", "must be a whole number"),
        ({"margin": "5 em"}, "margin", "must be a length such as 12px or 5%, not 'em'"),
        ({"margin": "-5%"}, "margin", "must not be negative, as '-5%' is"),
        ({"margin": "1 2 3"}, "margin", "must be one, two or four lengths, not '1 2 3'"),
        ({"aspect": "16:0"}, "aspect", "must be a ratio such as 16:9, at most 100:1, not '16:0'"),
        ({"canvas": "1200"}, "canvas", "must be width x height in pixels, such as 1200x800"),
        ({"canvas": "20000x20000"}, "canvas", "is larger than 100 megapixels"),
        ({"canvas": "9x9", "aspect": "1:1"}, "aspect", "cannot be combined with a canvas"),
        ({"scale": 0.5}, "scale", "needs a canvas"),
        ({"position": "101%"}, "position", "must be percentages from 0% to 100%"),
        ({"background": "rgb(0,0,0)"}, "background", "must be a colour such as white or #ff8800"),
        ({"shadow_color": "#12345"}, "shadow_color", "must be a colour"),
        ({"shadow_offset": "3px"}, "shadow_offset", "must be two lengths, right and down"),
        ({"format": "bmp"}, "format", "must be one of png, webp, jpeg, gif, psd, ora, not 'bmp'"),
        ({"outline": "-1px"}, "outline", "must not be negative, as '-1px' is"),
        ({"outline": "26%"}, "outline", "must be at most 200px or 25%"),
        ({"max_kilobytes": 9}, "max_kilobytes", "needs the format jpeg, or webp that is not"),
        ({"format": "jpeg", "lossless": True}, "lossless", "cannot be combined with"),
    ],
)
def test_a_bad_value_is_named_with_what_is_wrong(
    values: dict[str, Any], option: str, problem: str
) -> None:
    with pytest.raises(OffcutError) as caught:
        OffcutOptions.from_json(values)
    assert caught.value.code == "BAD_OPTION"
    assert caught.value.detail == {"option": option}
    assert caught.value.message.startswith(f"Option {option} {problem}")


@pytest.mark.parametrize("name", RULES)
def test_the_docstring_tells_every_option_with_its_range(name: str) -> None:
    lines = (inspect.getdoc(OffcutOptions) or "").splitlines()
    (line,) = [line for line in lines if line.split(" : ")[0] == name]
    match RULES[name]:
        case Number(least=least, most=most):
            begin = "above 0, at most" if least == ABOVE_ZERO else f"{least:g} to"
            assert f"{begin} {most:g}" in line
        case Choice(choices=choices):
            assert all(f'"{choice}"' in line for choice in choices)
        case _:
            assert ("None" in line) == RULES[name].optional


def test_options_cannot_be_changed() -> None:
    options = OffcutOptions()
    with pytest.raises(FrozenInstanceError):
        options.crop = True  # pyright: ignore[reportAttributeAccessIssue]


def test_one_two_and_four_margins_are_read_as_in_css() -> None:
    one, two, three, four = (Length(value, "px") for value in (1.0, 2.0, 3.0, 4.0))
    assert parse_margins("1") == (one, one, one, one)
    assert parse_margins("1px 2px") == (one, two, one, two)
    assert parse_margins("1px,2px , 3 4px") == (one, two, three, four)


def test_percentages_are_of_the_whole() -> None:
    assert parse_offset("-50% 8px").x.pixels(300) == -150
    assert parse_offset("-50% 8px").y.pixels(300) == 8


def test_sizes_are_written_width_first_and_kept_height_first() -> None:
    assert parse_size("1200x800") == (800, 1200)
    assert parse_aspect("16:9") == pytest.approx(16 / 9)
    assert parse_position("25% 75%") == (0.25, 0.75)
    assert parse_position("25%") == (0.25, 0.25)


@pytest.mark.parametrize(
    ("text", "color"),
    [
        ("#f80", Color(255, 136, 0, 255)),
        ("#f808", Color(255, 136, 0, 136)),
        (" #FF8800 ", Color(255, 136, 0, 255)),
        ("#ff880080", Color(255, 136, 0, 128)),
        ("rebeccapurple", Color(102, 51, 153, 255)),
        ("White", Color(255, 255, 255, 255)),
        ("transparent", Color(0, 0, 0, 0)),
    ],
)
def test_colours_are_read_as_in_css(text: str, color: Color) -> None:
    assert parse_color(text) == color
