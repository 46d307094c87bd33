"""What signals do to the command.

Decides: that SIGTERM stops like Ctrl-C, that ignored signals stay ignored, that Ctrl-C is not for a
process that we start.
"""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

INTERRUPTED: Final = 130


def say_stopped() -> int:
    """Say that somebody has stopped the command; give its exit status."""
    print("offcut: stopped; what is finished is there", file=sys.stderr)
    return INTERRUPTED


@contextmanager
def stop_on_termination() -> Generator[None]:
    """Let SIGTERM end the work as Ctrl-C does, so that no unfinished file stays behind.

    A signal that is ignored when the process starts stays ignored: this is how a shell keeps
    Ctrl-C from its background jobs. For SIGINT, Python does the same by itself.

    Raises
    ------
    KeyboardInterrupt
        Inside of the `with` block, when the signal comes.
    """

    def stop(_signal: int, _frame: object) -> None:
        raise KeyboardInterrupt

    is_main = threading.current_thread() is threading.main_thread()
    if not is_main or signal.getsignal(signal.SIGTERM) is signal.SIG_IGN:
        yield
        return
    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def hold_back_ctrl_c() -> Generator[None]:
    """Keep Ctrl-C from a process that is started within, also while it is still loading.

    A process inherits which signals are held back. Ours gets them afterwards; where there is no
    such mask (Windows), the process itself has to ignore them.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
