"""Networks that see a disc, for processes of the command: each is loaded by a name."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from offcut.network.inference import Feeds, Session
from offcut.network.models import ModelSpec
from subjects import Seeing

MARK = "OFFCUT_TEST_MARK"
"""Names a file: while it is there, the next picture ends its process, or tells its parent."""
RED = (250, 0, 0)
"""The colour of pictures that always end the process that works on them."""


def seeing(_spec: ModelSpec) -> Session:
    """Load a network that sees a disc in everything."""
    return Seeing()


class _Dying:
    def run(self, feeds: Feeds, fetch: str) -> NDArray[np.float32]:
        """Answer as `offcut.network.inference.Session` says, unless the process is to end."""
        (pixels,) = feeds.values()
        red, green = pixels[0, 0].mean(), pixels[0, 1].mean()
        if _take_mark() or red > green + 0.8:
            os.kill(os.getpid(), signal.SIGKILL)
        return Seeing().run(feeds, fetch)


def dying(_spec: ModelSpec) -> Session:
    """Load a network that ends its process once for the mark, and always for a red picture."""
    return _Dying()


class _Interrupting:
    def run(self, feeds: Feeds, fetch: str) -> NDArray[np.float32]:
        """Answer as above; press Ctrl-C once, which every process of the group gets."""
        if _take_mark():
            os.killpg(os.getpgrp(), signal.SIGINT)
        return Seeing().run(feeds, fetch)


def interrupting(_spec: ModelSpec) -> Session:
    """Load a network that presses Ctrl-C for the mark."""
    return _Interrupting()


def _take_mark() -> bool:
    try:
        Path(os.environ[MARK]).unlink()
    except (KeyError, FileNotFoundError):
        return False
    return True
