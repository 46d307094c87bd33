"""What SIGTERM does to the command.

Decides: that SIGTERM stops like Ctrl-C, and that ignored signals stay ignored.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Generator
from contextlib import contextmanager


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
