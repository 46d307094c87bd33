"""Tests wait for states, never for a time: what passes by itself is only their patience."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
# Where time goes by: once, between two looks at a state.
THE_WAIT = TESTS / "browser" / "waiting.py"
# Looked for in code and in the JavaScript that it sends. Spelt so that this file has none.
FIXED_WAITS = {
    "a sleep": r"\bsleep\s*\(",
    "a driver's own wait": r"\bimplicitly_wait\b|\bWebDriverWait\b",
    "a limit of its own": r"\bseconds\s*=\s*\d|\btimeout\s*=\s*\d|\.wait\(\s*\d",
    "a timer with a time": r"\bset(?:Timeout|Interval)\((?:[^;]*?),\s*\d[\d_]*\s*\)",
}
# One waits for nothing: a picture that moves. One waits for what must not come, so that no state
# tells that it has not.
NO_WAITS = {"browser/picture_kinds.py", "browser/leak_attempts.js"}


def fixed_waits(source: str) -> list[str]:
    """What in a source lets time go by, or gives up after a time of its own."""
    return [name for name, pattern in FIXED_WAITS.items() if re.search(pattern, source)]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("time.sl" + "eep(1.5)", "a sleep"),
        ("driver.implicitly" + "_wait(3)", "a driver's own wait"),
        ("until(there, 'it', sec" + "onds=15)", "a limit of its own"),
        ("setTime" + "out(() => request('engine', 'job.open', body), 300)", "a timer with a time"),
    ],
)
def test_every_kind_of_fixed_wait_is_found(source: str, found: str) -> None:
    assert fixed_waits(source) == [found]


def test_no_test_waits_for_a_time() -> None:
    sources = [path for kind in ("py", "js") for path in TESTS.rglob(f"*.{kind}")]
    assert THE_WAIT in sources
    waiting = {
        name: found
        for path in sources
        if path != THE_WAIT
        and (name := path.relative_to(TESTS).as_posix()) not in NO_WAITS
        and (found := fixed_waits(path.read_text(encoding="utf-8")))
    }
    assert waiting == {}
