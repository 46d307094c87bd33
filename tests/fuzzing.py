"""How long properties are searched for counterexamples.

In the suite: the same few hundred on every machine. ``OFFCUT_FUZZ=50 pytest -k fuzz`` tries
fifty times as many, and other ones each time.
"""

from __future__ import annotations

import os

from hypothesis import settings

_TIMES = int(os.environ.get("OFFCUT_FUZZ", "0"))


def tries(count: int) -> settings:
    """Decorate a property that is tried with so many examples, or a multiple of it."""
    if _TIMES:
        return settings(max_examples=count * _TIMES, derandomize=False, database=None)
    return settings(max_examples=count)
