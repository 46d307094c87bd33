"""Holds jobs where they look for their subject: none is over before a test has looked at it."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress

from devtools import TargetGoneError
from offcut_browser import OffcutBrowser
from waiting import until

# In Python's worker, which asks the model for a matte.
HOLD = """(() => {
    const { postMessage } = MessagePort.prototype;
    self.asking = [];
    MessagePort.prototype.postMessage = function (message, ...more) {
        const ask = () => postMessage.call(this, message, ...more);
        if (message?.type === 'model.run') self.asking.push(ask);
        else ask();
    };
    self.goOn = () => {
        MessagePort.prototype.postMessage = postMessage;
        for (const ask of self.asking) ask();
    };
})()"""


@contextmanager
def held(browser: OffcutBrowser, former: str = "") -> Generator[Callable[[], object]]:
    """Hold what looks for its subject meanwhile; gives a wait until there is such a job.

    There is an engine with its Python, or one comes by itself, which is not the `former` one.
    """
    evaluate = browser.devtools.evaluate

    def started() -> str:
        python = python_of(browser)
        return "" if python == former else python

    python = until(started, "Python's worker")
    evaluate(python, HOLD)
    try:
        yield lambda: until(lambda: evaluate(python, "self.asking.length"), "a job that is held")
    finally:
        with suppress(TargetGoneError):  # a test has ended it
            evaluate(python, "self.goOn()")


def python_of(browser: OffcutBrowser) -> str:
    """Target of the worker that has Python; empty if there is none."""
    return browser.devtools.workers().get("python", "")
