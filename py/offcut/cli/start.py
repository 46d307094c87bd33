"""Where the program `offcut` begins, before anything is loaded that takes time.

Decides: that Ctrl-C is answered in a line from the first moment on, also while numpy and the like
are being loaded.
"""

from __future__ import annotations

import sys
from typing import Final

INTERRUPTED: Final = 130


def main() -> int:
    """Run the command of the process's own arguments; see `offcut.cli.command.main`."""
    try:
        from offcut.cli.command import main as run  # noqa: PLC0415 (it takes half a second)

        return run()
    except KeyboardInterrupt:
        return say_stopped()


def say_stopped() -> int:
    """Say that somebody has stopped the command; give its exit status."""
    print("offcut: stopped; what is finished is there", file=sys.stderr)
    return INTERRUPTED
