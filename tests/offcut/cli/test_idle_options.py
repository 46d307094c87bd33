"""Options that would do nothing are wrong usage; the table of them is held against the pixels."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from command import names_in, offcut
from offcut import OffcutOptions, render
from offcut.cli.idle_options import NEEDS
from subjects import disc, photo_of, subject_of

Output = pytest.CaptureFixture[str]
ALPHA = disc(60, 80, radius=18, softness=4)
SUBJECT = subject_of(ALPHA, photo_of(ALPHA))
HEAD = {"crown": "40,10", "chin": "40,50"}
ID = {"id_photo": "us-passport", "dpi": 30.0, "background": "white", **HEAD}
OWN = ID | {"id_photo": "own"}
SHEET = ID | {"sheet": "10x15", "format": "jpeg"}
SHADOW = {"shadow": True}
# A flag, a value, options beside which it is idle, and options beside which it acts.
CASES: list[tuple[str, Any, dict[str, Any], dict[str, Any]]] = [
    ("background", "red", {"output": "matte"}, {"output": "inverse"}),
    ("shadow", True, {"output": "matte"}, {}),
    ("outline", "9%", {"output": "matte"}, {}),
    ("shadow_kind", "cast", {}, SHADOW),
    ("shadow_offset", "9px 9px", {}, SHADOW),
    ("shadow_offset", "9px 9px", SHADOW | {"shadow_kind": "contact"}, SHADOW),
    ("shadow_cast", "9% 9%", SHADOW, SHADOW | {"shadow_kind": "cast"}),
    ("shadow_blur", "9%", {}, SHADOW),
    ("shadow_opacity", 0.9, {}, SHADOW),
    ("shadow_color", "red", {}, SHADOW),
    ("outline_color", "red", {}, {"outline": "9%"}),
    ("background_blur", 9.0, {"background": "red"}, {"background": "blur"}),
    ("crown", "40,12", {}, ID),
    ("chin", "40,48", {}, ID),
    ("eyes", "20", {}, ID),
    ("dpi", 60.0, {}, ID),
    ("id_size", "50x60", ID, OWN),
    ("id_head", 20.0, ID, OWN),
    ("margin", "9px", ID, {}),
    ("position", "0% 0%", {}, {"aspect": "3:1"}),
    ("position", "0% 0%", {"crop": True}, {"canvas": "90x90"}),
    ("max_kilobytes", 2.0, SHEET, {"format": "jpeg", "file_quality": 100}),
    ("file_quality", 20, {}, {"format": "jpeg"}),
    ("file_quality", 20, SHEET, {"format": "webp"}),
    ("file_quality", 20, {"format": "webp", "lossless": True}, {"format": "webp"}),
]


def made(options: dict[str, Any]) -> bytes:
    return render(SUBJECT, OffcutOptions(**options)).encoded


@pytest.mark.parametrize(("name", "value", "idle", "acting"), CASES)
def test_what_is_said_to_do_nothing_does_nothing_and_else_it_does(
    name: str, value: Any, idle: dict[str, Any], acting: dict[str, Any]
) -> None:
    def is_met(beside: dict[str, Any]) -> bool:
        options = OffcutOptions(**(beside | {name: value}))
        return all(need.is_met(options) for need in NEEDS if name in need.flags)

    assert not is_met(idle)
    assert made(idle | {name: value}) == made(idle)
    assert is_met(acting)
    assert made(acting | {name: value}) != made(acting)


def test_every_need_has_its_case() -> None:
    tried = {(name, next(n.words for n in NEEDS if name in n.flags and not n.is_met(options)))
             for name, _, idle, _ in CASES for options in [OffcutOptions(**idle)]}  # fmt: skip
    stated = {(flag, need.words) for need in NEEDS for flag in need.flags}
    # A picture is behind it as a colour is; a sheet's EXIF is what its own test tells.
    assert {flag for flag, _ in stated} - {flag for flag, _ in tried} == {
        "background_picture", "metadata",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        (["--shadow-kind", "drop"], "--shadow-kind does nothing without --shadow"),
        (["--outline-color", "white"], "--outline-color does nothing without --outline"),
        (["--dpi", "600"], "--dpi does nothing without --id-photo"),
        (["--matte-only", "--background-picture", "p.png"], "--background-picture does nothing"),
        (["--file-quality", "80"], "--format jpeg or webp"),
        (["--scheduler", "tcp://x:1", "--quality", "fast", "--memory", "4G"], "--memory does"),
        (["--scheduler", "tcp://x:1", "--quality", "fast", "--threads", "2"], "--threads does"),
    ],
)
def test_a_flag_that_does_nothing_is_wrong_usage_before_any_work(
    photo: Path, flags: list[str], words: str, capsys: Output
) -> None:
    assert offcut(photo, *flags) == 2
    assert words in capsys.readouterr().err
    assert names_in(photo.parent) == ["photo.png"]


def test_what_a_market_place_adds_counts(photo: Path) -> None:
    assert offcut(photo, "--market", "zalando", "--position", "50%", "--file-quality", "80") == 3
