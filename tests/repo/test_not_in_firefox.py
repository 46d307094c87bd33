"""Every test that is left out in Firefox is there, and has a reason."""

from __future__ import annotations

import json

from tracked import ROOT

FOLDER = ROOT / "tests" / "browser"
LISTED: dict[str, dict[str, str]] = json.loads(
    (FOLDER / "not_in_firefox.json").read_text(encoding="utf-8")
)


def test_what_is_left_out_in_firefox_is_there() -> None:
    for file, names in LISTED.items():
        source = (FOLDER / file).read_text(encoding="utf-8")
        absent = [name for name in names if f"def {name.partition('[')[0]}(" not in source and name]
        assert absent == [], file


def test_every_exception_has_a_reason() -> None:
    reasons = [why for names in LISTED.values() for why in names.values()]
    assert reasons
    assert all(len(why.split()) >= 3 for why in reasons)
