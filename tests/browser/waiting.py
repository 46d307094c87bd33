"""Waiting for a state: the only place in the tests that lets time go by.

A wait ends with its state, so the deadline costs a passing test nothing: it only says when a
state will not come any more, also on a slow and busy machine.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import TypeVar

from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException

DEADLINE = float(os.environ.get("OFFCUT_DEADLINE", "120"))
"""Seconds after which every wait of the browser tests is in vain."""
INTERVAL = 0.05
PROMPT_GUARD = 0.5
# A page that is being built or drawn anew has not got there yet.
NOT_YET = (NoSuchElementException, StaleElementReferenceException)

T = TypeVar("T")


def until(condition: Callable[[], T | None], what: str) -> T:
    """Ask again and again until the answer is truthy, and give it.

    Raises
    ------
    AssertionError
        After `DEADLINE`, with `what` was waited for and the last answer.
    """
    deadline = time.monotonic() + DEADLINE
    while True:
        last: object
        try:
            answer = condition()
        except NOT_YET as error:
            last = error.msg
        else:
            if answer:
                return answer
            last = answer
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {DEADLINE:g} s in vain for {what}; last: {last!r}")
        time.sleep(INTERVAL)


def outlast_prompt_guard() -> None:
    """Let the half second pass in which the browser's prompts ignore keys, once one is seen.

    The one time that is no state: Chromium compares the moment of the key with that of the
    prompt, both by the screen's clock, however slow the machine is.
    """
    time.sleep(2 * PROMPT_GUARD)


def let_pass(seconds: float) -> None:
    """Let the time go by in which a machine is asleep: it is the state that is tried."""
    time.sleep(seconds)
