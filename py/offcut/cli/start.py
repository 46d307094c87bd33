"""Where the program `offcut` begins, before anything is loaded that takes time.

Decides: that Ctrl-C is answered in a line from the first moment on, also while numpy and the like
are being loaded.
"""

from __future__ import annotations

from offcut.cli.signals import say_stopped


def main() -> int:
    """Run the command of the process's own arguments; see `offcut.cli.command.main`."""
    try:
        from offcut.cli.command import main as run  # noqa: PLC0415 (it takes half a second)

        return run()
    except KeyboardInterrupt:
        return say_stopped()
