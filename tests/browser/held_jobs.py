"""Holds jobs where they look for their subject: none is over before a test has looked at it."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress

from devtools import DevTools, TargetGoneError
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
def held(devtools: DevTools) -> Generator[Callable[[], object]]:
    """Hold what looks for its subject meanwhile; gives a wait until there is such a job.

    There is an engine with its Python, whose worker Chromium lists by its name.
    """
    evaluate = devtools.evaluate
    python = until(lambda: devtools.workers().get("python"), "Python's worker")
    evaluate(python, HOLD)
    try:
        yield lambda: until(lambda: evaluate(python, "self.asking.length"), "a job that is held")
    finally:
        with suppress(TargetGoneError):  # a test has ended it
            evaluate(python, "self.goOn()")
