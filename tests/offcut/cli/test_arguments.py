"""The command line offers every option, and refuses what the options refuse, in their words."""

from __future__ import annotations

from pathlib import Path

import pytest
from command import offcut
from offcut import OffcutError, OffcutOptions
from offcut.cli.arguments import given_options, make_parser, parse_arguments
from offcut.options.option_rules import Choice, Number
from offcut.options.options import RULES

NUMBERS = {name: rule for name, rule in RULES.items() if isinstance(rule, Number)}


def flag(name: str) -> str:
    return "--" + name.replace("_", "-")


@pytest.mark.parametrize("name", RULES)
def test_every_option_has_a_flag(name: str) -> None:
    assert f"{flag(name)} " in make_parser().format_help().replace("\n", " ")


@pytest.mark.parametrize("name", NUMBERS)
def test_a_number_beyond_its_range_is_refused_as_by_the_options(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    beyond = NUMBERS[name].most + 1
    value = int(beyond) if NUMBERS[name].whole else beyond
    with pytest.raises(OffcutError) as caught:
        OffcutOptions.from_json({name: value})
    assert offcut(tmp_path / "photo.png", flag(name), str(value)) == 2
    assert caught.value.message in capsys.readouterr().err


def test_choices_are_those_of_the_options() -> None:
    for name, rule in RULES.items():
        if isinstance(rule, Choice):
            for choice in rule.choices:
                given = given_options(parse_arguments(["in.png", flag(name), choice]))
                assert given == {name: choice}


def test_a_share_may_be_written_as_a_percentage() -> None:
    given = given_options(parse_arguments(["in.png", "--threshold", "40%"]))
    assert given == {"threshold": 0.4}
